"""The first answer of a drawn digit needs few modules; the rest is fetched when a call needs it."""

import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from export.setup.machine import ROOT
from export.site import bundle
from inkling.image.canvas import light_of
from inkling.image.lightness import lightness, upright
from worker.warmup import ring

# What the worker imports of Inkling and Pillow for the drawing of one digit.
PROGRAM = """
import asyncio, sys
from types import SimpleNamespace
from worker import api
from worker.warmup import ring

async def start():
    api.ready()

asyncio.run(start())
drawn = ring()
pixels = drawn.repeat(4)
data = SimpleNamespace(to_py=lambda: pixels)
image = SimpleNamespace(data=data, height=drawn.shape[0], width=drawn.shape[1])
print(api.read_canvas(image)["label"])
print("\\n".join(sys.modules))
"""


@pytest.fixture(scope="module")
def modules():
    """Return the modules that are there after the first answer, which was a 0."""
    program = [sys.executable, "-c", PROGRAM]
    said = subprocess.run(program, cwd=ROOT / "site", capture_output=True, text=True, check=True)
    label, *names = said.stdout.split()
    assert label == "0"
    return names


def test_a_drawn_digit_is_read_without_pillow(modules):
    assert not [name for name in modules if name.partition(".")[0] == "PIL"]


def test_a_drawn_digit_is_read_without_what_is_fetched_later(modules):
    later = [name.removesuffix(".py").rstrip("/").replace("/", ".") for name in bundle.LATER]
    assert not [name for name in modules if name in later]


@pytest.mark.parametrize("shape", [(160, 160), (160, 300)])
def test_the_short_way_finds_the_lightness_that_pillow_finds(shape):
    drawn = np.pad(ring(), ((0, 0), (0, shape[1] - 160)), constant_values=255)
    light, size = light_of(drawn)
    picture, full = upright(Image.fromarray(drawn))
    assert size == full
    assert np.array_equal(light, lightness(picture))


def test_a_picture_that_is_no_canvas_goes_the_general_way():
    light, size = light_of(np.full((900, 1200), 255, np.uint8))
    assert size == (1200, 900) and max(light.shape) < 900

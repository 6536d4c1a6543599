"""The short way to a drawing's ink finds what the long way finds, or leaves it to that."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from inkling.image.flat_paper import drawn_ink
from inkling.image.glyph import glyph
from inkling.image.ink import _photographed
from inkling.image.segment import single
from training.evaluation.canvas import draw_on_canvas, glyph_page
from training.synth.photo import add_noise

FIXTURES = Path(__file__).parents[2] / "fixtures"
SAME = 1e-5


def lightness_of(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.convert("L"), np.float32) / 255


def scribble(seed: int) -> np.ndarray:
    """Lines of any width anywhere, some rubbed out, on paper of any tone: mostly no digit."""
    random = np.random.default_rng(seed)
    side = int(random.choice([101, 160, 190, 280]))
    picture = Image.new("L", (3 * side, 3 * side), 255)
    pen = ImageDraw.Draw(picture)
    for _ in range(random.integers(1, 4)):
        width = int(side * random.uniform(0.02, 0.6))
        points = [tuple(point) for point in random.integers(0, 3 * side, (3, 2)).tolist()]
        tone = 255 if random.random() < 0.2 else int(random.integers(0, 200))
        pen.line(points, fill=tone, width=width, joint="curve")
    light = lightness_of(picture.reduce(3))
    tones = np.sort(random.choice(256, 2, replace=False)) / 255
    light = (tones[0] + (tones[1] - tones[0]) * light).astype(np.float32)
    return 1 - light if random.random() < 0.5 else light


def agree(light: np.ndarray) -> bool:
    """Whether the short way is taken; and then it must give what the long way gives."""
    ink = drawn_ink(light)
    if ink is None:
        return False
    slow = _photographed(light, None, with_lines=False)
    assert np.abs(ink - slow).max() <= SAME
    ours, theirs = single(ink), single(slow)
    assert (ours is None) == (theirs is None)
    if ours is not None:
        assert ours.box == theirs.box
        assert np.abs(glyph(ours.ink) - glyph(theirs.ink)).max() <= SAME
    return True


def test_most_digits_drawn_on_a_canvas_go_the_short_way_to_the_same_ink():
    digits = [json.loads((FIXTURES / f"{digit}.json").read_text()) for digit in (0, 3, 7)]
    short = [
        agree(lightness_of(draw_on_canvas(strokes, seed)))
        for strokes in digits
        for seed in range(6)
    ]
    assert sum(short) > len(short) / 2


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_whatever_is_scribbled_either_way_finds_the_same_ink(seed):
    agree(scribble(seed))


@pytest.mark.parametrize("seed", range(10))
def test_an_enlarged_glyph_is_the_same_either_way(seed):
    page = glyph_page(np.random.default_rng(seed).integers(0, 256, (28, 28)).astype(np.uint8))
    agree(lightness_of(page))


def test_a_photo_goes_the_long_way():
    strokes = json.loads((FIXTURES / "3.json").read_text())
    photo = add_noise(draw_on_canvas(strokes, 1).convert("RGB"), np.random.default_rng(0))
    assert drawn_ink(lightness_of(photo)) is None


def test_an_empty_canvas_has_no_ink():
    assert not drawn_ink(np.ones((280, 280), np.float32)).any()


def test_ink_said_to_be_of_the_other_tone_goes_the_long_way():
    light = lightness_of(draw_on_canvas(json.loads((FIXTURES / "3.json").read_text()), 2))
    assert drawn_ink(light, dark_ink=light[0, 0] == 0) is None

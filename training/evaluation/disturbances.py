"""Corrupt pictures in ten ways, each in several degrees, for the robustness curves.

A picture is a page with dark ink on white, in mode "L". After MNIST-C (N. Mu, J. Gilmer, "MNIST-C:
a robustness benchmark for computer vision", 2019, arXiv 1906.02337). Its purely artistic
corruptions are left out; those of photographed paper are added.
"""

import io
import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter

from training.evaluation import canvas

WHITE = 255
RULE_GAP = canvas.SIDE / 8  # pixels between ruled lines: a digit spans four gaps
RULE_WIDTH = 2  # pixels
PENUMBRA = 0.03  # of the page: width of a shadow's edge


class Disturbance(NamedTuple):
    """A kind of corruption."""

    axis: str  # what the values mean, for the plot
    values: tuple[float, ...]  # in order of the plot
    neutral: float  # the value that changes nothing
    apply: Callable[[Image.Image, float, np.random.Generator], Image.Image]


def disturb(picture: Image.Image, name: str, value: float, seed: int) -> Image.Image:
    """Apply one of DISTURBANCES to a picture in mode "L"; `neutral` returns it unchanged."""
    found = DISTURBANCES[name]
    if value == found.neutral:
        return picture
    # The same seed at every degree, so that a curve varies the degree alone.
    return found.apply(picture, value, np.random.default_rng(seed))


def _shift(picture, value, random):
    angle = random.uniform(0, 2 * math.pi)
    across, down = (value / 100 * canvas.SIDE * way(angle) for way in (math.cos, math.sin))
    back = (1, 0, -across, 0, 1, -down)  # from a pixel to where it came from
    bilinear = Image.Resampling.BILINEAR
    return picture.transform(picture.size, Image.Transform.AFFINE, back, bilinear, fillcolor=WHITE)


def _rotate(picture, value, random):
    turn = value * random.choice([-1, 1])
    return picture.rotate(turn, Image.Resampling.BICUBIC, fillcolor=WHITE)


def _scale(picture, value, random):
    """Scale to `value` per cent of the page's height, as a camera further away would."""
    size = tuple(round(side * value / (100 * canvas.PAGE_HEIGHT)) for side in picture.size)
    page = Image.new("L", picture.size, WHITE)
    small = picture.resize(size, Image.Resampling.BOX)
    page.paste(small, tuple((a - b) // 2 for a, b in zip(picture.size, size, strict=True)))
    return page


def _change_thickness(picture, value, random):
    """Make strokes `value` pixels wider, or narrower if it is negative."""
    strongest = np.min if value > 0 else np.max  # dark ink grows, or white paper does
    return Image.fromarray(_grow(np.asarray(picture), round(abs(value) / 2), strongest))


def _grow(page: np.ndarray, radius: int, strongest: Callable) -> np.ndarray:
    """Return the strongest value within an octagon of a radius around each pixel."""
    plus, corners = [(0, 1), (2, 1), (1, 0), (1, 2), (1, 1)], [(0, 0), (0, 2), (2, 0), (2, 2)]
    rows, columns = page.shape
    for step in range(radius):
        # A plus and a square in turns make an octagon, which is nearly a disc.
        around = plus + (step % 2) * corners
        padded = np.pad(page, 1, mode="edge")
        page = strongest([padded[y : y + rows, x : x + columns] for y, x in around], axis=0)
    return page


def _add_noise(picture, value, random):
    return _to_picture(np.asarray(picture) + random.normal(0, value * WHITE, picture.size[::-1]))


def _blur(picture, value, random):
    return picture.filter(ImageFilter.GaussianBlur(value))


def _fade(picture, value, random):
    """Make the ink fainter."""
    return _to_picture(WHITE - (WHITE - np.asarray(picture, float)) * value)


def _compress(picture, value, random):
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=int(value))
    return Image.open(file)


def _rule(picture, value, random):
    """Print horizontal lines as in an exercise book, of darkness `value`."""
    rows = np.arange(picture.height)
    line = (rows + random.uniform(0, RULE_GAP)) % RULE_GAP < RULE_WIDTH
    page = np.where(line, WHITE * (1 - value), WHITE)[:, None]
    return _to_picture(np.minimum(np.asarray(picture, float), page))


def _cast_shadow(picture, value, random):
    """Cast a shadow with a clear edge over half of the page."""
    angle = random.uniform(0, 2 * math.pi)
    y, x = (np.mgrid[: picture.height, : picture.width] / picture.width) - 0.5
    across = (x * math.cos(angle) + y * math.sin(angle)) / PENUMBRA
    shade = 1 - value / (1 + np.exp(-np.clip(across, -30, 30)))
    return _to_picture(np.asarray(picture, float) * shade)


def _to_picture(values: np.ndarray) -> Image.Image:
    return Image.fromarray(np.clip(np.rint(values), 0, WHITE).astype(np.uint8))


DISTURBANCES = {
    "shift": Disturbance("off the middle, % of the page", (0, 10, 20, 30, 35, 40), 0, _shift),
    "rotation": Disturbance("degrees", (0, 10, 20, 30, 45, 60), 0, _rotate),
    "scale": Disturbance("height, % of the page", (50, 25, 15, 10, 7, 5), 50, _scale),
    "thickness": Disturbance(
        "stroke wider by, pixels", (-10, -6, 0, 8, 16, 24), 0, _change_thickness
    ),
    "blur": Disturbance("radius, pixels", (0, 3, 6, 9, 12, 16), 0, _blur),
    "noise": Disturbance(
        "standard deviation, of white", (0, 0.1, 0.2, 0.3, 0.4, 0.5), 0, _add_noise
    ),
    "contrast": Disturbance("ink, of full black", (1, 0.4, 0.2, 0.1, 0.05, 0.03), 1, _fade),
    "JPEG": Disturbance("quality", (100, 40, 20, 10, 5, 2), 100, _compress),
    "ruled lines": Disturbance("darkness", (0, 0.1, 0.2, 0.4, 0.7, 1), 0, _rule),
    "shadow": Disturbance("darkness", (0, 0.1, 0.2, 0.35, 0.5, 0.7), 0, _cast_shadow),
}

"""What befalls a picture on its way to the reader, each in several degrees.

A picture is a page with dark ink on white, in mode "L". After MNIST-C (N. Mu, J. Gilmer, "MNIST-C:
a robustness benchmark for computer vision", 2019, arXiv 1906.02337), without its purely artistic
corruptions and with what happens to photographed paper.
"""

import io
import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter

from training import canvas

WHITE = 255
RULE_GAP = canvas.SIDE / 8  # between ruled lines: a digit spans four gaps
RULE_WIDTH = 2  # pixels
PENUMBRA = 0.03  # of the page: how soft a shadow's edge is


class Disturbance(NamedTuple):
    """axis: what the values are, for people. values: from harmless on; `neutral` does nothing.
    apply: (picture in mode "L", value, random) -> picture."""

    axis: str
    values: tuple[float, ...]
    neutral: float
    apply: Callable[[Image.Image, float, np.random.Generator], Image.Image]


def disturbed(picture: Image.Image, name: str, value: float, seed: int) -> Image.Image:
    """A picture in mode "L" with one disturbance of DISTURBANCES; `neutral` leaves it as it is."""
    found = DISTURBANCES[name]
    if value == found.neutral:
        return picture
    # The same seed at every severity, so that a curve compares like with like.
    return found.apply(picture, value, np.random.default_rng(seed))


def _shifted(picture, value, random):
    angle = random.uniform(0, 2 * math.pi)
    across, down = (value / 100 * canvas.SIDE * way(angle) for way in (math.cos, math.sin))
    back = (1, 0, -across, 0, 1, -down)  # from a pixel to where it came from
    bilinear = Image.Resampling.BILINEAR
    return picture.transform(picture.size, Image.Transform.AFFINE, back, bilinear, fillcolor=WHITE)


def _rotated(picture, value, random):
    turn = value * random.choice([-1, 1])
    return picture.rotate(turn, Image.Resampling.BICUBIC, fillcolor=WHITE)


def _scaled(picture, value, random):
    """Smaller on the same page, resampled by area as a camera further away would."""
    size = tuple(round(side * value / (100 * canvas.PAGE_HEIGHT)) for side in picture.size)
    page = Image.new("L", picture.size, WHITE)
    small = picture.resize(size, Image.Resampling.BOX)
    page.paste(small, tuple((a - b) // 2 for a, b in zip(picture.size, size, strict=True)))
    return page


def _thickened(picture, value, random):
    """Strokes so many pixels wider, or narrower, grown by octagons."""
    strongest = np.min if value > 0 else np.max  # dark ink grows, or white paper does
    return Image.fromarray(_grown(np.asarray(picture), round(abs(value) / 2), strongest))


def _grown(page: np.ndarray, radius: int, strongest: Callable) -> np.ndarray:
    """The strongest value around each pixel, as far as the radius."""
    plus, corners = [(0, 1), (2, 1), (1, 0), (1, 2), (1, 1)], [(0, 0), (0, 2), (2, 0), (2, 2)]
    rows, columns = page.shape
    for step in range(radius):
        # A plus and a square by turns make an octagon, which is nearly a disc.
        around = plus + (step % 2) * corners
        padded = np.pad(page, 1, mode="edge")
        page = strongest([padded[y : y + rows, x : x + columns] for y, x in around], axis=0)
    return page


def _noisy(picture, value, random):
    return _picture(np.asarray(picture) + random.normal(0, value * WHITE, picture.size[::-1]))


def _blurred(picture, value, random):
    return picture.filter(ImageFilter.GaussianBlur(value))


def _faded(picture, value, random):
    """Fainter ink on the same paper."""
    return _picture(WHITE - (WHITE - np.asarray(picture, float)) * value)


def _compressed(picture, value, random):
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=int(value))
    return Image.open(file)


def _ruled(picture, value, random):
    """Level lines as of a school book, as dark as the value says."""
    rows = np.arange(picture.height)
    line = (rows + random.uniform(0, RULE_GAP)) % RULE_GAP < RULE_WIDTH
    page = np.where(line, WHITE * (1 - value), WHITE)[:, None]
    return _picture(np.minimum(np.asarray(picture, float), page))


def _shaded(picture, value, random):
    """A shadow with a clear edge across half of the page, through the digit."""
    angle = random.uniform(0, 2 * math.pi)
    y, x = (np.mgrid[: picture.height, : picture.width] / picture.width) - 0.5
    across = (x * math.cos(angle) + y * math.sin(angle)) / PENUMBRA
    shade = 1 - value / (1 + np.exp(-np.clip(across, -30, 30)))
    return _picture(np.asarray(picture, float) * shade)


def _picture(values: np.ndarray) -> Image.Image:
    return Image.fromarray(np.clip(np.rint(values), 0, WHITE).astype(np.uint8))


DISTURBANCES = {
    "shift": Disturbance("off the middle, % of the page", (0, 10, 20, 30, 35, 40), 0, _shifted),
    "rotation": Disturbance("degrees", (0, 10, 20, 30, 45, 60), 0, _rotated),
    "scale": Disturbance("height, % of the page", (50, 25, 15, 10, 7, 5), 50, _scaled),
    "thickness": Disturbance("stroke wider by, pixels", (-10, -6, 0, 8, 16, 24), 0, _thickened),
    "blur": Disturbance("radius, pixels", (0, 3, 6, 9, 12, 16), 0, _blurred),
    "noise": Disturbance("standard deviation, of white", (0, 0.1, 0.2, 0.3, 0.4, 0.5), 0, _noisy),
    "contrast": Disturbance("ink, of full black", (1, 0.4, 0.2, 0.1, 0.05, 0.03), 1, _faded),
    "JPEG": Disturbance("quality", (100, 40, 20, 10, 5, 2), 100, _compressed),
    "ruled lines": Disturbance("darkness", (0, 0.1, 0.2, 0.4, 0.7, 1), 0, _ruled),
    "shadow": Disturbance("darkness", (0, 0.1, 0.2, 0.35, 0.5, 0.7), 0, _shaded),
}

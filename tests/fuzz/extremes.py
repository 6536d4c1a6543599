"""Whole pictures that are as much work as a picture of the size allowed can be."""

import functools
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from inkling.decoding import MAX_PIXELS
from tests.fuzz.seeds import encoded

SIDE = 800  # what a picture is brought to before it is read
LARGEST = (8_000, MAX_PIXELS // 8_000)
QUICKLY = {"compress_level": 1}
BLANKS = (
    *(("PNG", mode, LARGEST, QUICKLY) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")),
    ("PNG", "L", (MAX_PIXELS // 4, 4), QUICKLY),
    ("JPEG", "RGB", LARGEST, {}),
    ("JPEG", "RGB", LARGEST, {"progressive": True}),
    ("JPEG", "CMYK", LARGEST, {}),
    ("GIF", "P", LARGEST, {}),
    ("BMP", "1", LARGEST, {}),
    ("BMP", "RGB", (6_000, 4_000), {}),
    ("WEBP", "RGBA", (6_000, 4_000), {"lossless": True, "method": 0}),  # slow to make
)


def extremes() -> list[tuple[str, Callable[[], bytes]]]:
    """(name, what makes the file): one at a time, for together they would fill the memory."""
    patterns = [(name, functools.partial(_drawn, pixels, "PNG")) for name, pixels in _patterns()]
    blanks = [
        (f"largest {kind}, {mode}", functools.partial(_blank, mode, size, kind, **options))
        for kind, mode, size, options in BLANKS
    ]
    return patterns + blanks


def _drawn(pixels: np.ndarray, kind: str) -> bytes:
    return encoded(Image.fromarray((pixels * 255).astype(np.uint8)), kind)


def _blank(mode: str, size: tuple[int, int], kind: str, **options) -> bytes:
    return encoded(Image.new(mode, size), kind, **options)


def _patterns():
    """(SIDE, SIDE) of 0 and 1: as many marks, holes, branches and lines as fit."""
    chance = np.random.default_rng(3)
    rows, columns = np.indices((SIDE, SIDE))
    yield "noise", chance.random((SIDE, SIDE))
    yield "specks", chance.random((SIDE, SIDE)) > 0.98
    yield "salt and pepper", chance.random((SIDE, SIDE)) > 0.5
    for pitch in (2, 4, 8, 16):
        dots = (rows % pitch < pitch // 2) & (columns % pitch < pitch // 2)
        yield f"dots every {pitch} pixels", dots
        yield f"mesh of {pitch} pixels", ~dots
        yield f"checkers of {pitch} pixels", (rows // pitch + columns // pitch) % 2 == 0
        yield f"stripes of {pitch} pixels", columns // pitch % 2 == 0
    yield "digits, hundreds", ~_page_of_digits()
    spiral = np.hypot(rows - SIDE / 2, columns - SIDE / 2)
    turn = np.arctan2(rows - SIDE / 2, columns - SIDE / 2)
    yield "spiral", np.sin(spiral / 3 + turn) > 0.3


def _page_of_digits() -> np.ndarray:
    page = Image.new("1", (SIDE, SIDE))
    pen = ImageDraw.Draw(page)
    for row in range(10, SIDE, 24):
        pen.text((6, row), "0123456789 " * 10, fill=1)
    return np.asarray(page)

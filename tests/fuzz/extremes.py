"""Intact pictures that take the most work of all pictures within the allowed size."""

import functools
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from inkling.image.decode import MAX_PIXELS
from tests.fuzz.seeds import encode

SIDE = 800  # pixels to which a picture is reduced before it is read
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
    """Return (name, function that makes the file): all files together would fill the memory."""
    patterns = [
        (name, functools.partial(_encode_pattern, pixels, "PNG")) for name, pixels in _patterns()
    ]
    blanks = [
        (f"largest {kind}, {mode}", functools.partial(_blank, mode, size, kind, **options))
        for kind, mode, size, options in BLANKS
    ]
    return patterns + blanks


def _encode_pattern(pixels: np.ndarray, kind: str) -> bytes:
    return encode(Image.fromarray((pixels * 255).astype(np.uint8)), kind)


def _blank(mode: str, size: tuple[int, int], kind: str, **options) -> bytes:
    return encode(Image.new(mode, size), kind, **options)


def _patterns():
    """Yield (name, (SIDE, SIDE) of 0 .. 1) with very many components, holes and lines."""
    generator = np.random.default_rng(3)
    rows, columns = np.indices((SIDE, SIDE))
    yield "noise", generator.random((SIDE, SIDE))
    yield "specks", generator.random((SIDE, SIDE)) > 0.98
    yield "salt and pepper", generator.random((SIDE, SIDE)) > 0.5
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

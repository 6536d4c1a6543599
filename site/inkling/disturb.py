"""Makes pictures harder to read in one way at a time, by a given amount."""

from functools import cache
from random import Random

import numpy as np
from PIL import Image, ImageFilter

ROOM = 56  # pixels: side of the sheet that a digit is laid on, so that nothing is cut off
FINE = 4  # times: thickness is changed at this size, in quarters of a pixel
SEED = 1  # of the noise: the same at every try

# Each amount that is offered, least first; 0 changes nothing.
AMOUNTS = {
    "rotation": (-60, -45, -30, -15, 0, 15, 30, 45, 60),  # degrees, clockwise
    "shift": (-14, -10, -5, 0, 5, 10, 14),  # pixels to the right
    "thickness": (-1.0, -0.5, 0, 0.5, 1.0, 1.5, 2.0),  # pixels added to each side of a stroke
    "noise": (0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5),  # standard deviation, of white
}


def disturbed(picture: np.ndarray, kind: str, amount: float) -> np.ndarray:
    """A digit, white on black, on a larger sheet, disturbed.

    picture: (h, w) uint8, at most ROOM each. kind: one of AMOUNTS. Returns (ROOM, ROOM) uint8.
    """
    sheet = np.zeros((ROOM, ROOM), np.uint8)
    top, left = ((ROOM - side) // 2 for side in picture.shape)
    sheet[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    if amount == 0:
        return sheet
    return {"rotation": _turned, "shift": _shifted, "thickness": _thickened, "noise": _noisy}[kind](
        sheet, amount
    )


def _turned(sheet, degrees):
    return np.asarray(Image.fromarray(sheet).rotate(-degrees, Image.Resampling.BICUBIC))


def _shifted(sheet, pixels):
    return np.roll(sheet, int(pixels), axis=1)


def _thickened(sheet, pixels):
    size = 2 * round(abs(pixels) * FINE) + 1
    kind = ImageFilter.MaxFilter if pixels > 0 else ImageFilter.MinFilter
    large = Image.fromarray(sheet).resize((ROOM * FINE,) * 2, Image.Resampling.BICUBIC)
    small = large.filter(kind(size)).resize((ROOM,) * 2, Image.Resampling.BOX)
    return np.asarray(small)


def _noisy(sheet, deviation):
    return np.clip(sheet + 255 * deviation * _noise(sheet.shape), 0, 255).astype(np.uint8)


@cache
def _noise(shape):
    """Of standard deviation 1. By Python's own generator: the page does not carry numpy's."""
    random = Random(SEED)
    return np.reshape([random.gauss() for _ in range(shape[0] * shape[1])], shape)

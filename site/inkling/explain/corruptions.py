"""Corrupt a digit in one way at a time, by a given amount, to measure robustness."""

from functools import cache
from random import Random

import numpy as np
from PIL import Image, ImageFilter

SHEET_SIDE = 56  # pixels: the digit is laid on a sheet so large that nothing is cut off
UPSCALE = 4  # thickness is changed at this scale, in quarters of a pixel
SEED = 1  # of the noise: the same at every try

# The amounts that are offered, least first; 0 changes nothing.
AMOUNTS = {
    "rotation": (-60, -45, -30, -15, 0, 15, 30, 45, 60),  # degrees, clockwise
    "shift": (-14, -10, -5, 0, 5, 10, 14),  # pixels to the right
    "thickness": (-1.0, -0.5, 0, 0.5, 1.0, 1.5, 2.0),  # pixels added to each side of a stroke
    "noise": (0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5),  # standard deviation, of white
}


def corrupt(picture: np.ndarray, kind: str, amount: float) -> np.ndarray:
    """Return a corrupted digit, white on black, on a larger sheet.

    picture: (h, w) uint8, at most SHEET_SIDE each. kind: one of AMOUNTS. Returns (SHEET_SIDE,
    SHEET_SIDE) uint8.
    """
    sheet = np.zeros((SHEET_SIDE, SHEET_SIDE), np.uint8)
    top, left = ((SHEET_SIDE - side) // 2 for side in picture.shape)
    sheet[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    if amount == 0:
        return sheet
    return {"rotation": _rotate, "shift": _shift, "thickness": _thicken, "noise": _add_noise}[kind](
        sheet, amount
    )


def _rotate(sheet, degrees):
    return np.asarray(Image.fromarray(sheet).rotate(-degrees, Image.Resampling.BICUBIC))


def _shift(sheet, pixels):
    return np.roll(sheet, int(pixels), axis=1)


def _thicken(sheet, pixels):
    size = 2 * round(abs(pixels) * UPSCALE) + 1
    kind = ImageFilter.MaxFilter if pixels > 0 else ImageFilter.MinFilter
    large = Image.fromarray(sheet).resize((SHEET_SIDE * UPSCALE,) * 2, Image.Resampling.BICUBIC)
    small = large.filter(kind(size)).resize((SHEET_SIDE,) * 2, Image.Resampling.BOX)
    return np.asarray(small)


def _add_noise(sheet, deviation):
    return np.clip(sheet + 255 * deviation * _noise(sheet.shape), 0, 255).astype(np.uint8)


@cache
def _noise(shape):
    """Return noise of standard deviation 1. The page lacks numpy's random generator."""
    random = Random(SEED)
    return np.reshape([random.gauss() for _ in range(shape[0] * shape[1])], shape)

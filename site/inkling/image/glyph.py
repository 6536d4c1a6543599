"""Ink -> glyph: one digit's ink in the frame that the network was trained on.

The frame is MNIST's (Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied
to document recognition", Proc. IEEE 86(11), 1998). Ink is resampled by area, so that its longer
side has 20 pixels. Its centre of mass lies on the middle pixel, (14, 14), of 28 x 28.
"""

import math
from typing import NamedTuple

import numpy as np

from ..numeric import quantile
from .filters import bounding_box, enlarge


class Frame(NamedTuple):
    """Side of the glyph and of the box that the ink fits, in pixels. Travels with the weights."""

    side: int = 28
    box: int = 20


MNIST_FRAME = Frame()
INK = 0.1  # ink weaker than this does not stretch the box: it is the fringe of a stroke
FAINT = 0.02  # glyph pixels below this are not part of a stroke
COARSE = 0.8  # picture pixels to one of the glyph's: a smaller digit is enlarged smoothly
CORE = 0.9  # quantile of a glyph's inked pixels that is fully inked in MNIST


def ink_box(ink: np.ndarray) -> tuple[int, int, int, int] | None:
    """Return the ink's box (left, top, right, bottom), the last two exclusive; None if blank.

    ink: (H, W) float32, 0 paper .. 1 ink.
    """
    return bounding_box(ink > INK)


def glyph(ink: np.ndarray, frame: Frame = MNIST_FRAME) -> np.ndarray:
    """Frame the ink of one digit.

    ink: (H, W) float32, 0 paper .. 1 ink, of any size.
    Returns (side, side) float32, 0 .. 1; all zero if there is no ink.
    """
    box = ink_box(ink)
    if box is None:
        return np.zeros((frame.side, frame.side), np.float32)
    left, top, right, bottom = box
    step = max(right - left, bottom - top) / frame.box  # picture pixels to one of the glyph's
    crop = ink[top:bottom, left:right]
    if step < COARSE:
        crop, step = enlarge(crop, math.ceil(1 / step)), step * math.ceil(1 / step)
    mass, (height, width) = crop.sum(), crop.shape
    y = float(crop.sum(axis=1) @ (np.arange(height) + 0.5) / mass) / step
    x = float(crop.sum(axis=0) @ (np.arange(width) + 0.5) / mass) / step
    rows = _by_area(crop, step, _margin(y, crop.shape[0] / step, frame), frame.side)
    columns = _by_area(rows.T, step, _margin(x, crop.shape[1] / step, frame), frame.side)
    return _full_tone(columns.T.astype(np.float32))


def slant(glyph: np.ndarray) -> float:
    """Return the slant of a glyph (side, side) with ink in it, in columns to a row.

    It is how far the ink moves to the right on its way down, on average; 0 for a dash.
    """
    rows, columns = (np.arange(length) for length in glyph.shape)
    by_row, by_column = glyph.sum(axis=1), glyph.sum(axis=0)
    down = rows - (by_row @ rows) / by_row.sum()
    across = columns - (by_column @ columns) / by_column.sum()
    return float(down @ glyph @ across / max(down**2 @ by_row, FAINT))


def _full_tone(glyph: np.ndarray) -> np.ndarray:
    """Raise the grey lines of a pen thinner than a glyph pixel until their core is ink."""
    inked = glyph[glyph > FAINT]
    core = quantile(inked, CORE) if len(inked) else 1.0
    return np.clip(glyph / np.float32(min(core, 1.0)), 0, 1)


def _margin(centre: float, length: float, frame: Frame) -> int:
    """Return the glyph pixels before the ink that centre its mass on the middle pixel.

    It is a whole number, so that ink which is in the frame already is copied, not blurred. It is
    never so large that ink would be lost at the far side.
    """
    return int(np.clip(round((frame.side + 1) / 2 - centre), 0, np.floor(frame.side - length)))


def _by_area(values: np.ndarray, step: float, margin: int, side: int) -> np.ndarray:
    """Sum (L, W) over each glyph pixel's stretch of the first axis: (side, W) float64.

    By running sums, read between two pixels where a stretch ends there. That takes as many
    additions as there are pixels. A matrix of weights would take `side` times as many products.
    """
    length, width = values.shape
    total = np.zeros((length + 1, width))
    np.cumsum(values, axis=0, out=total[1:])
    edges = np.clip((np.arange(side + 1) - margin) * step, 0, length)
    before = edges.astype(np.intp)
    after = np.minimum(before + 1, length)
    at_edges = total[before] + (edges - before)[:, None] * (total[after] - total[before])
    return np.diff(at_edges, axis=0) / step

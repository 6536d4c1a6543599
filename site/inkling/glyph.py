"""Ink -> glyph: one digit's ink in the frame that the network was trained on.

The frame is MNIST's (Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied
to document recognition", Proc. IEEE 86(11), 1998): the ink's longer side fits a box of 20 pixels,
resampled by area, and its centre of mass lies on the middle pixel, (14, 14), of 28 x 28.
"""

from typing import NamedTuple

import numpy as np


class Frame(NamedTuple):
    """Side of the glyph and of the box that the ink fits, in pixels. Travels with the weights."""

    side: int = 28
    box: int = 20


MNIST_FRAME = Frame()
INK = 0.1  # ink weaker than this does not stretch the box: it is the fringe of a stroke
FAINT = 0.02  # glyph pixels below this are not part of a stroke
CORE = 0.9  # quantile of a glyph's inked pixels that is fully inked in MNIST


def ink_box(ink: np.ndarray) -> tuple[int, int, int, int] | None:
    """The box around the ink, (left, top, right, bottom), the last two exclusive; None if blank.

    ink: (H, W) float32, 0 paper .. 1 ink.
    """
    inked = ink > INK
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    if not len(rows):
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


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
    mass = crop.sum()
    y = float(crop.sum(axis=1) @ (np.arange(bottom - top) + 0.5) / mass) / step
    x = float(crop.sum(axis=0) @ (np.arange(right - left) + 0.5) / mass) / step
    down = _area_weights(crop.shape[0], step, _margin(y, crop.shape[0] / step, frame), frame.side)
    across = _area_weights(crop.shape[1], step, _margin(x, crop.shape[1] / step, frame), frame.side)
    # In WebAssembly einsum takes half the time of matmul for these long, thin products.
    rows = np.einsum("ih,hw->iw", down, crop)
    return _full_tone(np.einsum("iw,jw->ij", rows, across))


def _full_tone(glyph: np.ndarray) -> np.ndarray:
    """A pen thinner than a glyph pixel leaves grey lines: raise them until their core is ink."""
    inked = glyph[glyph > FAINT]
    core = _quantile(inked, CORE) if len(inked) else 1.0
    return np.clip(glyph / np.float32(min(core, 1.0)), 0, 1)


def _quantile(values: np.ndarray, share: float) -> float:
    """np.quantile of some values, in a sixth of the time: it is made for many more."""
    place = share * (len(values) - 1)
    below, above = int(place), min(int(place) + 1, len(values) - 1)
    ordered = np.partition(values, (below, above))
    return float(ordered[below] + (ordered[above] - ordered[below]) * (place - below))


def _margin(centre: float, length: float, frame: Frame) -> int:
    """Glyph pixels before the ink so that its centre of mass is on the middle pixel.

    A whole number, so that ink which is in the frame already is copied, not blurred; and never
    so large that ink would be lost at the far side.
    """
    return int(np.clip(round((frame.side + 1) / 2 - centre), 0, np.floor(frame.side - length)))


def _area_weights(length: int, step: float, margin: int, side: int) -> np.ndarray:
    """(side, length): share of each glyph pixel that each picture pixel covers, along one axis."""
    edges = (np.arange(side + 1) - margin) * step
    pixels = np.arange(length)
    overlap = np.minimum(edges[1:, None], pixels + 1) - np.maximum(edges[:-1, None], pixels)
    return (np.clip(overlap, 0, None) / step).astype(np.float32)

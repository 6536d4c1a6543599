"""Ink -> the image of one text line, brought to one height for the line network.

A sign's place tells which it is. So a line is scaled by its digits, not by its own box. A minus
stays in the middle of the band of digits, a decimal mark at its foot.
"""

from typing import NamedTuple

import numpy as np

from ..numeric import median
from .text_lines import typical_height

HEIGHT = 32  # rows of a line image
DIGIT_HEIGHT = 20  # rows of it that a typical digit takes
MARGIN = 8  # blank columns on either side
TALL = 0.6  # typical heights: lower components do not count towards the band of digits
MAX_WIDTH = 2_048  # columns: about a hundred digits


class Band(NamedTuple):
    """Where a line's digits stand, in pixels from the picture's top."""

    top: float
    bottom: float


class LineImage(NamedTuple):
    """A line, scaled for the line network."""

    pixels: np.ndarray  # (HEIGHT, W) float32, 0 paper .. 1 ink
    left: float  # x in the ink map of column 0
    scale: float  # pixels of the ink map for each column
    band: Band  # of the digits, in the ink map


def digit_band(boxes: np.ndarray) -> Band:
    """Return the band of a line's digits.

    boxes: (n, 4) left, top, right, bottom of its connected components, n > 0.
    """
    heights = boxes[:, 3] - boxes[:, 1]
    tall = boxes[heights >= TALL * typical_height(heights)]
    return Band(median(tall[:, 1]), median(tall[:, 3]))


def line_image(ink: np.ndarray, band: Band, left: float, right: float) -> LineImage:
    """Cut a line out of an ink map and scale its digits to DIGIT_HEIGHT.

    ink: (H, W) float32, 0 paper .. 1 ink. left, right: columns between which the line lies.
    """
    from PIL import Image  # not needed for the page's first answer

    scale = max(band.bottom - band.top, 1.0) / DIGIT_HEIGHT
    scale = max(scale, (right - left) / (MAX_WIDTH - 2 * MARGIN))
    middle = (band.top + band.bottom) / 2
    width = max(1, round((right - left) / scale)) + 2 * MARGIN
    x0, y0 = left - MARGIN * scale, middle - HEIGHT / 2 * scale
    x1, y1 = x0 + width * scale, y0 + HEIGHT * scale
    padded, (dx, dy) = _pad_to_hold(ink, (x0, y0, x1, y1))
    picture = Image.fromarray(padded)
    box = (x0 + dx, y0 + dy, x1 + dx, y1 + dy)
    small = picture.resize((width, HEIGHT), Image.Resampling.BILINEAR, box=box)
    return LineImage(np.clip(np.asarray(small, np.float32), 0, 1), x0, scale, band)


def _pad_to_hold(ink: np.ndarray, box) -> tuple[np.ndarray, tuple[int, int]]:
    """Crop an ink map to a box, with blank paper where the box reaches beyond it.

    Returns the part and what to add to x and y of the map to get those of the part.
    """
    height, width = ink.shape
    left, top = int(np.floor(box[0])) - 1, int(np.floor(box[1])) - 1
    right, bottom = int(np.ceil(box[2])) + 1, int(np.ceil(box[3])) + 1
    part = np.zeros((bottom - top, right - left), np.float32)
    rows, columns = np.clip((top, bottom), 0, height), np.clip((left, right), 0, width)
    inside = ink[slice(*rows), slice(*columns)]
    y, x = max(-top, 0), max(-left, 0)
    part[y : y + inside.shape[0], x : x + inside.shape[1]] = inside
    return part, (-left, -top)

"""Ink -> one line image for each text line, level and scaled by its digits."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from ..image.component_rules import frames
from ..image.components import Components
from ..image.filters import dilate
from ..image.segment import Writing, part_of
from ..numeric import median
from .line_image import MARGIN as BLANK
from .line_image import Band, LineImage, digit_band, line_image
from .text_lines import text_lines

RULE_WIDTH = 0.9  # of the picture's width: a component as wide is a rule, not a character
JOINED = 0.6  # of the digits' height: a rule as high has digits that stand on it
LEVEL = 0.4  # of the digits' height: a line that rises no further counts as level
STEEPEST = 0.3  # rows for each column
MARGIN = 0.5  # digit heights, left and right of a picture's only line


class CutLine(NamedTuple):
    """One line, cut out of the ink."""

    ink: np.ndarray  # (H, W) float32, level: its own ink alone
    image: LineImage
    slope: float  # of the line before it was levelled, in rows for each column


def cut_lines(ink: np.ndarray, writing: Writing) -> list[CutLine]:
    """Return each line's own ink and its line image, from the top."""
    boxes = writing.marks.boxes
    groups = [writing.all[line] for line in text_lines(boxes[writing.all])]
    if len(groups) == 1:
        ink = _without(ink, writing.marks, frames(writing.marks))
        return [_only_line(ink, boxes[groups[0]])]
    lines = []
    for members in groups:
        own = np.zeros_like(ink)
        part = part_of(ink, writing.marks, members)
        left, top, right, bottom = part.box
        own[top:bottom, left:right] = part.ink
        own, members, slope = _level(own, boxes[members])
        lines.append(CutLine(own, line_image(own, digit_band(members), left, right), slope))
    return lines


def rise(boxes: np.ndarray, band: Band) -> float:
    """Return how far a line rises or falls from column to column, in rows; 0 for a level one.

    boxes: (n, 4) of its components. It is the median over pairs of tall ones that stand apart
    (Theil and Sen). So a single long stem does not tilt it.
    """
    height = band.bottom - band.top
    boxes = boxes[boxes[:, 3] - boxes[:, 1] >= JOINED * height]
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    first, second = np.triu_indices(len(boxes), 1)
    across, down = (middle[second] - middle[first]).T
    apart = np.abs(across) >= height / 2
    if not apart.any():
        return 0.0
    slope = median(down[apart] / across[apart])
    level = abs(slope) * (boxes[:, 2].max() - boxes[:, 0].min()) < LEVEL * height
    return 0.0 if level else float(np.clip(slope, -STEEPEST, STEEPEST))


def levelled(ink: np.ndarray, slope: float) -> np.ndarray:
    """Shift each column up or down, so that a line of this slope becomes level about the middle."""
    height, width = ink.shape
    shifts = np.rint(slope * (np.arange(width) - width / 2)).astype(int)
    rows = np.arange(height)[:, None] + shifts
    inside = (rows >= 0) & (rows < height)
    return np.where(inside, np.take_along_axis(ink, np.clip(rows, 0, height - 1), 0), 0)


def _without(ink: np.ndarray, components: Components, chosen: np.ndarray) -> np.ndarray:
    """Return the ink without some components and the fringe around them."""
    gone = np.append(False, chosen)[components.labels]
    return (
        np.where(dilate(gone, 1) & (gone | (components.labels == 0)), 0, ink) if gone.any() else ink
    )


def _only_line(ink: np.ndarray, boxes: np.ndarray) -> CutLine:
    """Cut out a picture's only line, with faint ink and ink at the edge that no component has."""
    width = ink.shape[1]
    narrow = boxes[:, 2] - boxes[:, 0] < RULE_WIDTH * width
    band = digit_band(boxes[narrow] if narrow.any() else boxes)
    tall = boxes[:, 3] - boxes[:, 1] >= JOINED * (band.bottom - band.top)
    boxes = boxes[tall | narrow]
    ink, level, slope = _level(ink, boxes[narrow[tall | narrow]])
    if len(level):
        band = digit_band(level)
    more = MARGIN * (band.bottom - band.top)
    left, right = boxes[:, 0].min() - more, boxes[:, 2].max() + more
    return CutLine(ink, line_image(ink, band, max(left, 0), min(right, width)), slope)


def _level(ink: np.ndarray, boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Level a line; return its ink, the boxes of its components there, and the slope it had."""
    slope = rise(boxes, digit_band(boxes)) if len(boxes) else 0.0
    if not slope:
        return ink, boxes, 0.0
    middle = (boxes[:, 0] + boxes[:, 2]) / 2
    down = np.rint(slope * (middle - ink.shape[1] / 2)).astype(boxes.dtype)
    return levelled(ink, slope), boxes - np.stack([0 * down, down, 0 * down, down], axis=1), slope


def other_views(line: CutLine, changes: Iterable[tuple[float, float]]) -> list[CutLine]:
    """Return a line cut out with other bands, as its band is a guess.

    changes: the size of each band and its shift downwards, in heights of the band.
    """
    image, (top, bottom) = line.image, line.image.band
    margin = BLANK * image.scale
    left, right = image.left + margin, image.left + image.pixels.shape[1] * image.scale - margin
    middle, half = (top + bottom) / 2, (bottom - top) / 2
    views = []
    for size, shift in changes:
        centre = middle + shift * 2 * half
        band = Band(centre - size * half, centre + size * half)
        views.append(line._replace(image=line_image(line.ink, band, left, right)))
    return views

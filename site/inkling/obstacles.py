"""Refused picture -> what is in the way: a line at its edge, faint or small writing, and the like.

Each fact is found by itself, from lightness and ink. Only certain obstacles are told; a picture
without any of these is refused without a reason. `record_format.REMEDIES` says what helps.
"""

from typing import TYPE_CHECKING

import numpy as np

from .errors import TooDenseError
from .image.canvas import light_of
from .image.form_lines import FOREGROUND, Lines, find_edge_lines, union
from .image.ink import ink_map
from .image.legibility import is_faint, is_small
from .image.segment import SOLID, Part, Writing, part_of, writing
from .numeric import median
from .reader import Reader
from .record_format import (
    DARK_INK,
    EDGE_LINES,
    FAINT,
    LIGHT_INK,
    LINE_AT_EDGE,
    SEVERAL_MARKS,
    SMALL,
)

if TYPE_CHECKING:
    from .image.pixels import PictureLike

SURE = 0.9  # least confidence of a reading that shows what was in the way
STRETCH = 4.0  # times the contrast: ink that is then read was too faint
MOST = 0.8  # of all ink is in the writing: else it may be a piece of it
AS_LONG = 0.5  # of the longest mark: a longer one is another sign, not dust or a part
SHARED = 0.1  # of the narrower mark's width, at most, lies above or below another sign


def find_obstacle(
    reader: Reader,
    image: "PictureLike",
    number: bool = False,
    dark_ink: bool | None = None,
    letter: bool = False,
) -> str | None:
    """Return what is in the way of reading a picture that was refused, or None.

    number: whether all its marks were read, as by `Reader.read`. letter: whether letters were read,
    one or a code; these have no polarity to choose, and are not read again. dark_ink: as it was
    read.
    Returns a key of `record_format.REMEDIES`. Raises what the reading raises.
    """
    light, _ = light_of(image)
    try:
        ink = ink_map(light, dark_ink)
        found = writing(ink)
        members = found.all if number else found.one
        if not len(members):
            pale = not letter and _is_read(reader, _stretched(light), number)
            return FAINT if pale else None
        part = part_of(ink, found.marks, members)
        return (
            edge_line(light, part, dark_ink)
            or (None if number else several_marks(found))
            or faint(light, part)
            or small(ink, part)
            or (None if letter or dark_ink is not None else _polarity(reader, light, ink, number))
        )
    except TooDenseError:
        return None


def edge_line(light: np.ndarray, part: Part, dark_ink: bool | None = None) -> str | None:
    """Return at which edge of a picture, (H, W) float32, a line is part of the writing."""
    lines = find_edge_lines(ink_map(light, dark_ink, with_lines=True), FOREGROUND)
    left, top, right, bottom = part.box
    inked = part.ink > SOLID
    touched: Lines = {
        edge: line for edge, line in lines.items() if (line[top:bottom, left:right] & inked).any()
    }
    if not touched or not (inked & ~union(touched)[top:bottom, left:right]).any():
        return None
    return LINE_AT_EDGE[next(iter(touched))] if len(touched) == 1 else EDGE_LINES


def several_marks(found: Writing) -> str | None:
    """Return SEVERAL_MARKS if marks of similar length stand side by side, or one above another."""
    boxes = found.marks.boxes[found.all]
    length = (boxes[:, 2:] - boxes[:, :2]).max(axis=1)
    long = boxes[length >= AS_LONG * length.max()]
    apart = any(
        _is_apart(long[i], other, axis)
        for i in range(len(long))
        for other in long[i + 1 :]
        for axis in (0, 1)
    )
    return SEVERAL_MARKS if apart else None


def faint(light: np.ndarray, part: Part) -> str | None:
    """Return FAINT if the writing hardly departs from the paper around it."""
    return FAINT if is_faint(light, part) else None


def small(ink: np.ndarray, part: Part) -> str | None:
    """Return SMALL if the writing has too few pixels at working size, and is no mere piece."""
    whole = float(part.ink.sum()) >= MOST * float(ink.sum())
    return SMALL if whole and is_small(part) else None


def _polarity(reader: Reader, light: np.ndarray, ink: np.ndarray, number: bool) -> str | None:
    """Return the polarity of the ink if the picture is read with the other one than was taken."""
    paper = light[ink == 0]
    was_dark = not paper.size or median(light[ink > SOLID]) < median(paper)
    if not _is_read(reader, light, number, not was_dark):
        return None
    return LIGHT_INK if was_dark else DARK_INK


def _is_read(reader: Reader, light: np.ndarray, number: bool, dark_ink: bool | None = None) -> bool:
    """Return whether a picture is read surely; beside one digit there may be other ink."""
    if number:
        reading = reader.read(light, dark_ink=dark_ink)
        return bool(reading.text) and reading.confidence >= SURE
    digit = reader.read_digit(light, dark_ink=dark_ink)
    return digit.label is not None and float(digit.probabilities.max()) >= SURE


def _stretched(light: np.ndarray) -> np.ndarray:
    """Return lightness with more contrast around the paper's tone."""
    middle = median(light)
    return np.clip(0.5 + STRETCH * (light - middle), 0, 1).astype(np.float32)


def _is_apart(one: np.ndarray, other: np.ndarray, axis: int) -> bool:
    """Return whether two boxes share hardly any of the narrower one's extent along an axis."""
    start, end = max(one[axis], other[axis]), min(one[axis + 2], other[axis + 2])
    narrower = min(one[axis + 2] - one[axis], other[axis + 2] - other[axis])
    return bool(end - start <= SHARED * narrower)

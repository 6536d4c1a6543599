"""Ink map -> the marks that are writing: those of one digit, or of a number."""

from typing import NamedTuple

import numpy as np

from .component_rules import (
    CLOSE,
    DOT,
    DOT_LENGTH,
    above,
    along_edge,
    at_edge,
    frames,
    is_empty_frame,
    lengths,
    near,
    solid,
    spanning,
    within_rim,
)
from .components import Components, connected_components
from .filters import dilate

SOLID = 0.4  # ink at least this strong belongs to a stroke; the fringe around it follows
SHORTEST = 0.012  # of the picture's longer side: a digit that is shorter cannot be read
GRAIN = 0.06  # of the picture's longer side: marks shorter than this may be the paper's grain
GRAIN_SHARE = 0.05  # of all the ink: if no mark is longer nor has more, there is only grain
CROWD = 500  # marks: no page that can be read has as many so small
SPANNING = 0.02  # what a mark from edge to edge (a table, a frame) counts beside a free one
GRAZED = 0.6  # of its longer side: a stroke that runs off the picture takes no more of its edge
CUT = 0.5  # what a stroke cut by the picture's edge counts beside a free one,
CUT_SHARE = 0.3  # and how large it must be, of the main mark's area, to belong to the same digit
MAX_MARKS = 400  # of writing on a page: a photo of fur or leaves has more
EDGE = 0.15  # what a mark at the picture's edge (a shadow, a finger) counts beside a free one


class Part(NamedTuple):
    """One digit's ink alone, (h, w) float32, and its box (left, top, right, bottom) in the map."""

    ink: np.ndarray
    box: tuple[int, int, int, int]


class Writing(NamedTuple):
    """marks: the ink's components. one: (n,) int, those of the picture's one digit, if it holds
    one. all: (m,) int, those that may be writing, if it holds a number or a page. Both are empty
    where there is no ink.
    """

    marks: Components
    one: np.ndarray
    all: np.ndarray


def single(ink: np.ndarray) -> Part | None:
    """Return the picture's one digit: its main mark and the parts near it; None without ink.

    ink: (H, W) float32, 0 paper .. 1 ink. Dust is left out, and the rest of a line at the edge.
    Where a mark stands free, so are shadows that come in from the edge. Raises TooDenseError.
    """
    marks = connected_components(ink > SOLID)
    if _only_grain(marks, ink.shape):
        return None
    one = _members_of_one(marks, ink.shape)
    return part_of(ink, marks, one) if len(one) else None


def single_letter(ink: np.ndarray) -> Part | None:
    """Return the picture's one letter, as `single` does; the dot of an i is not taken for dust.

    ink: (H, W) float32, 0 paper .. 1 ink. Raises TooDenseError.
    """
    marks = connected_components(ink > SOLID)
    if _only_grain(marks, ink.shape):
        return None
    one = _members_of_one(marks, ink.shape, letter=True)
    return part_of(ink, marks, one) if len(one) else None


def writing(ink: np.ndarray) -> Writing:
    """Return the marks of one digit, as `single` finds them, and those of a number or a page.

    ink: (H, W) float32, 0 paper .. 1 ink. Of a number, too, dust and frames are left out. So are
    marks that take more of the picture's edge than a stroke would. Raises TooDenseError.
    """
    marks = connected_components(ink > SOLID)
    nothing = np.zeros(0, np.intp)
    if not len(marks.areas) or _too_short(marks, ink.shape):
        return Writing(marks, nothing, nothing)
    grain = _only_grain(marks, ink.shape)
    if grain and len(marks.areas) > CROWD:
        return Writing(marks, nothing, nothing)
    one = nothing if grain else _members_of_one(marks, ink.shape)
    return Writing(marks, one, _members_of_all(marks, ink.shape))


def _members_of_one(found: Components, shape: tuple[int, int], letter: bool = False) -> np.ndarray:
    free, framing = ~at_edge(found.boxes, shape), frames(found, closed=letter)
    cut = ~free & ~_is_shade(found, shape)
    at_one_edge = np.where(cut, CUT, EDGE)
    weight = np.where(free, 1, np.where(spanning(found.boxes, shape), SPANNING, at_one_edge))
    main = int(np.argmax(found.areas * weight * ~framing))
    if within_rim(found.boxes[main], shape) or is_empty_frame(found, main, shape):
        return np.zeros(0, np.intp)
    large = found.areas >= CUT_SHARE * found.areas[main]
    joined = free | ~free[main] | (cut & large & near(found.boxes, main, CLOSE))
    if letter:
        beside = near(found.boxes, main) | above(found.boxes, main)
        return np.flatnonzero(solid(found, main, DOT, DOT_LENGTH) & joined & beside & ~framing)
    return np.flatnonzero(solid(found, main) & joined & near(found.boxes, main) & ~framing)


def _is_shade(found: Components, shape: tuple[int, int]) -> np.ndarray:
    """Return which marks take more of the picture's edge than a stroke would, (n,) bool."""
    shade = at_edge(found.boxes, shape)
    for i in np.flatnonzero(shade):
        shade[i] = along_edge(found, i) > GRAZED
    return shade


def _members_of_all(found: Components, shape: tuple[int, int]) -> np.ndarray:
    framing, shade = frames(found), _is_shade(found, shape)
    weight = np.where(shade, np.where(spanning(found.boxes, shape), SPANNING, EDGE), 1)
    main = int(np.argmax(found.areas * weight * ~framing))
    if within_rim(found.boxes[main], shape):
        return np.zeros(0, np.intp)
    members = np.flatnonzero(solid(found, main) & (~shade | shade[main]) & ~framing)
    alone = len(members) == 1 and is_empty_frame(found, main, shape)
    return np.zeros(0, np.intp) if alone else members


def _only_grain(found: Components, shape: tuple[int, int]) -> bool:
    """Return whether all marks are small and many, as a sensor's noise or rough paper leaves.

    Or as small as the rest of an erased line.
    """
    if not len(found.areas):
        return True
    longest = lengths(found.boxes).max()
    share = found.areas.max() / found.areas.sum()
    grain = longest < GRAIN * max(shape) and share < GRAIN_SHARE
    return grain or _too_short(found, shape)


def _too_short(found: Components, shape: tuple[int, int]) -> bool:
    return bool(lengths(found.boxes).max() < SHORTEST * max(shape))


def part_of(ink: np.ndarray, found: Components, members: np.ndarray) -> Part:
    """Return the members' ink with its fringe, except where other components reach."""
    boxes = found.boxes[members]
    left, top = np.maximum(boxes[:, :2].min(axis=0) - 1, 0)
    right, bottom = np.minimum(boxes[:, 2:].max(axis=0) + 1, ink.shape[::-1])
    labels = found.labels[top:bottom, left:right]
    chosen = np.zeros(len(found.boxes) + 1, bool)
    chosen[members + 1] = True
    ours = chosen[labels]
    kept = dilate(ours, 1) & (ours | (labels == 0))
    return Part(ink[top:bottom, left:right] * kept, (int(left), int(top), int(right), int(bottom)))

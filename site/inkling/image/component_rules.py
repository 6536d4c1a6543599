"""Tell the marks of a picture apart: dust, a frame, a part of a digit, cut by the edge.

A mark is a connected component of the ink. Boxes are (n, 4) int: left, top, right, bottom, the last
two exclusive; a picture's shape is (height, width).
"""

import numpy as np

from ..errors import TooDenseError
from .components import Components

# Large ones that are looked at as frames, each beside all marks: dust is not counted.
MAX_LARGE_MARKS = 1_000
SPECK = 0.02  # of the largest mark's area: anything smaller is dust
SPECK_LENGTH = 0.08  # of the largest mark's longer side: likewise
DOT = 0.006  # of the largest mark's area: in a letter, only smaller marks are dust: an i has a dot
DOT_LENGTH = 0.035  # of the largest mark's longer side: likewise
NEAR = 0.6  # of the main mark's longer side: parts of one digit are no further apart
ABOVE = 1.3  # of the main mark's longer side: an i's dot stands no higher above its stem
CLOSE = 0.12  # of the main mark's longer side: likewise, of what the picture's edge cuts off
FRAMED = 0.35  # of a frame's longer side: what is in it is at least as long, or only dust in a 0;
# of several marks in it, or in a rectangle, it is enough if they are as long beside its shorter one
HOLLOW = 0.05  # of a frame's area, at most, lies in the middle half of its box
BAND = 0.2  # of its box's shorter side: a rectangle that is tilted a little strays no further, and
ALONG = 0.9  # of each side of the box has ink so near; a 0 is round, and has it along four fifths
THIN = 0.3  # of the box is ink, at most, in a row of cells drawn with a broad pen
BESIDE = 0.15  # of the picture's side: hardly a digit stands in so little of it, at its edge
STRAY = 0.03  # of such a mark, at most, lies further inside
CORNER = 0.08  # of the picture's side
RIM = 0.03  # of the picture's sides: what lies wholly this near an edge is cut off by it


def lengths(boxes: np.ndarray) -> np.ndarray:
    """Return each mark's longer side, in pixels: (n,) int."""
    return (boxes[:, 2:] - boxes[:, :2]).max(axis=1)


def at_edge(boxes: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Mark those that touch an edge of the picture: (n,) bool."""
    height, width = shape
    return (boxes[:, :2] == 0).any(axis=1) | (boxes[:, 2] == width) | (boxes[:, 3] == height)


def within_rim(box: np.ndarray, shape: tuple[int, int]) -> bool:
    """Return whether one mark's box lies wholly by an edge of the picture, as a cut-off rest."""
    height, width = shape
    left, top, right, bottom = box
    return min(right, width - left) <= RIM * width or min(bottom, height - top) <= RIM * height


def is_empty_frame(found: Components, i: int, shape: tuple[int, int]) -> bool:
    """Return whether the largest mark runs along one edge, or round a corner, as a frame does.

    False for any other mark. A thin 0 that fills its picture runs along all four edges, but leaves
    the corners free.
    """
    (height, width), box = shape, found.boxes[i]
    touched = np.count_nonzero(box == (0, 0, width, height))
    if not touched or found.areas.argmax() != i:
        return False
    mark = found.labels == i + 1
    y, x = (max(1, int(BESIDE * side)) for side in shape)
    if np.count_nonzero(mark[y : height - y, x : width - x]) > STRAY * found.areas[i]:
        return False
    y, x = (max(1, int(CORNER * side)) for side in shape)
    corners = (mark[:y, :x], mark[:y, -x:], mark[-y:, :x], mark[-y:, -x:])
    return touched < 3 or any(corner.any() for corner in corners)


def spanning(boxes: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Mark those that reach from one edge of the picture to the opposite one: (n,) bool."""
    return ((boxes[:, 2:] - boxes[:, :2]) == shape[::-1]).any(axis=1)


def frames(found: Components, closed: bool = False) -> np.ndarray:
    """Mark those drawn around others, (n,) bool: boxes, rings, a form's cells.

    Raises TooDenseError for more than MAX_LARGE_MARKS.

    closed: only those with ink on all four sides. The bow of an E is none, around its middle bar.
    """
    length = lengths(found.boxes)
    framing = np.zeros(len(length), bool)
    large = np.flatnonzero(length >= FRAMED * length.max()) if len(length) > 1 else ()
    if len(large) > MAX_LARGE_MARKS:
        raise TooDenseError
    for i in large:
        left, top, right, bottom = found.boxes[i]
        after = (found.boxes[:, :2] > (left, top)).all(axis=1)
        within = length[after & (found.boxes[:, 2:] < (right, bottom)).all(axis=1)]
        seen = within[within >= FRAMED * min(right - left, bottom - top)]
        if len(seen):
            one, several = seen.max() >= FRAMED * length[i], len(seen) > 1
            framing[i] = ((one or several) and _is_hollow(found, i)) or _is_rectangle(found, i)
            framing[i] &= not closed or _is_closed(found, i)
    return framing


def _is_closed(found: Components, i: int) -> bool:
    """Return whether a mark has ink on all four sides of its box's middle."""
    left, top, right, bottom = found.boxes[i]
    mark = found.labels[top:bottom, left:right] == i + 1
    y, x = mark.shape[0] // 2, mark.shape[1] // 2
    return all(side.any() for side in (mark[y, :x], mark[y, x:], mark[:y, x], mark[y:, x]))


def _is_hollow(found: Components, i: int) -> bool:
    """Return whether there is hardly any of a mark in its middle."""
    left, top, right, bottom = found.boxes[i]
    h, w = (bottom - top) // 4, (right - left) // 4
    middle = found.labels[top + h : bottom - h, left + w : right - w] == i + 1
    return middle.sum() <= HOLLOW * found.areas[i]


def _is_rectangle(found: Components, i: int) -> bool:
    """Return whether a mark is thin and runs along all of its box, such as a row of cells."""
    left, top, right, bottom = found.boxes[i]
    mark = found.labels[top:bottom, left:right] == i + 1
    band = round(BAND * min(mark.shape))
    sides = (mark[:band], mark[-band:], mark[:, :band].T, mark[:, -band:].T)
    return mark.mean() <= THIN and all(side.any(axis=0).mean() >= ALONG for side in sides)


def solid(
    found: Components, main: int, area: float = SPECK, side: float = SPECK_LENGTH
) -> np.ndarray:
    """Return which are large enough, beside the main one, to be more than dust, (n,) bool.

    area, side: the least share of the main one's area and longer side.
    """
    length = lengths(found.boxes)
    return (found.areas >= area * found.areas[main]) & (length >= side * length[main])


def near(boxes: np.ndarray, main: int, most: float = NEAR) -> np.ndarray:
    """Return which lie near the main one, or are it, (n,) bool. most: of its longer side."""
    left, top, right, bottom = boxes.T
    apart_x = np.maximum(left - right[main], left[main] - right)
    apart_y = np.maximum(top - bottom[main], top[main] - bottom)
    longer = max(right[main] - left[main], bottom[main] - top[main])
    return np.maximum(apart_x, apart_y) <= most * longer


def above(boxes: np.ndarray, main: int) -> np.ndarray:
    """Return which are dots over the main one, or accents, (n,) bool; boxes as everywhere here."""
    left, top, right, bottom = boxes.T
    longer = max(right[main] - left[main], bottom[main] - top[main])
    aside = np.maximum(left - right[main], left[main] - right)
    gap = top[main] - bottom
    return (gap >= 0) & (gap <= ABOVE * longer) & (aside <= NEAR * longer)


def along_edge(found: Components, i: int) -> float:
    """Return how much of the picture's edge a mark takes, as a share of its longer side."""
    left, top, right, bottom = found.boxes[i]
    labels = found.labels
    sides = (labels[top:bottom, 0], labels[top:bottom, -1])
    ends = (labels[0, left:right], labels[-1, left:right])
    return max((line == i + 1).sum() for line in (*sides, *ends)) / max(right - left, bottom - top)

"""Ink map -> the ink of each digit, in reading order."""

from typing import NamedTuple

import numpy as np

from .components import Components, connected_components

SOLID = 0.4  # ink at least this strong belongs to a stroke; the fringe around it follows
SPECK = 0.02  # of the largest mark's area: anything smaller is dust
SPECK_LENGTH = 0.08  # of the largest mark's longer side: likewise
NEAR = 0.6  # of the main mark's longer side: parts of one digit are no further apart
OVERLAP = 0.5  # of the narrower part's width: parts that share as much stand above each other
SHORTEST = 0.02  # of the picture's longer side: a digit that is shorter cannot be read
GRAIN = 0.06  # of the picture's longer side: marks shorter than this may be the paper's grain
GRAIN_SHARE = 0.05  # of all the ink: if no mark is longer nor has more, there is only grain
FRAMED = 0.35  # of a frame's longer side: what is in it is at least as long, or only dust in a 0
HOLLOW = 0.05  # of a frame's area, at most, lies in the middle half of its box
RIM = 0.03  # of the picture's sides: what lies wholly this near an edge is cut off by it
SPANNING = 0.02  # what a mark from edge to edge (a table, a frame) counts beside a free one
EDGE = 0.15  # what a mark at the picture's edge (a shadow, a finger) counts beside a free one


class Part(NamedTuple):
    """One digit's ink alone, (h, w) float32, and its box (left, top, right, bottom) in the map."""

    ink: np.ndarray
    box: tuple[int, int, int, int]


def single(ink: np.ndarray) -> Part | None:
    """The picture's one digit: its main mark and the parts near it. None if there is no ink.

    ink: (H, W) float32, 0 paper .. 1 ink. Dust, and shadows that come in from the picture's edge
    beside a mark that stands free, are left out, and so is what the edge has left of a line.
    """
    found = connected_components(ink > SOLID)
    if _only_grain(found, ink.shape):
        return None
    free, framing = ~_at_edge(found.boxes, ink.shape), _frames(found)
    weight = np.where(free, 1, np.where(_spanning(found.boxes, ink.shape), SPANNING, EDGE))
    main = int(np.argmax(found.areas * weight * ~framing))
    if _within_rim(found.boxes[main], ink.shape):
        return None
    kept = _solid(found, main) & (free | ~free[main]) & _near(found.boxes, main) & ~framing
    return _part(ink, found, np.flatnonzero(kept))


def digits(ink: np.ndarray) -> list[list[Part]]:
    """The digits of a number or a page: lines from top to bottom, each from left to right.

    ink: (H, W) float32, 0 paper .. 1 ink. Marks above each other, such as the bar of a 5 and its
    body, are one digit; marks that touch are not taken apart.
    """
    found = connected_components(ink > SOLID)
    if _only_grain(found, ink.shape):
        return []
    solid = np.flatnonzero(_solid(found, int(np.argmax(found.areas))))
    parts = [_part(ink, found, np.array(group)) for group in _stacked(found.boxes, solid)]
    return [sorted(line, key=lambda part: part.box[0]) for line in _lines(parts)]


def _only_grain(found: Components, shape: tuple[int, int]) -> bool:
    """Whether all marks are as small and as many as those of a sensor's noise or rough paper.

    Or as small as what is left of an erased line.
    """
    if not len(found.areas):
        return True
    longest = (found.boxes[:, 2:] - found.boxes[:, :2]).max()
    share = found.areas.max() / found.areas.sum()
    grain = longest < GRAIN * max(shape) and share < GRAIN_SHARE
    return grain or longest < SHORTEST * max(shape)


def _at_edge(boxes: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    height, width = shape
    return (boxes[:, :2] == 0).any(axis=1) | (boxes[:, 2] == width) | (boxes[:, 3] == height)


def _within_rim(box: np.ndarray, shape: tuple[int, int]) -> bool:
    height, width = shape
    left, top, right, bottom = box
    return min(right, width - left) <= RIM * width or min(bottom, height - top) <= RIM * height


def _spanning(boxes: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    return ((boxes[:, 2:] - boxes[:, :2]) == shape[::-1]).any(axis=1)


def _frames(found: Components) -> np.ndarray:
    """Which components are drawn around another: a box or a ring about a digit, a form's cell."""
    lengths = (found.boxes[:, 2:] - found.boxes[:, :2]).max(axis=1)
    framing = np.zeros(len(lengths), bool)
    large = np.flatnonzero(lengths >= FRAMED * lengths.max(initial=0))
    for i in large if len(large) > 1 else ():
        left, top, right, bottom = found.boxes[i]
        inner = found.boxes[large]
        inside = (inner[:, :2] > (left, top)).all(axis=1) & (inner[:, 2:] < (right, bottom)).all(
            axis=1
        )
        if (inside & (lengths[large] >= FRAMED * lengths[i])).any():
            h, w = (bottom - top) // 4, (right - left) // 4
            middle = found.labels[top + h : bottom - h, left + w : right - w] == i + 1
            framing[i] = middle.sum() <= HOLLOW * found.areas[i]
    return framing


def _solid(found: Components, main: int) -> np.ndarray:
    """Which components are large enough, beside the main one, to be more than dust."""
    length = (found.boxes[:, 2:] - found.boxes[:, :2]).max(axis=1)
    return (found.areas >= SPECK * found.areas[main]) & (length >= SPECK_LENGTH * length[main])


def _near(boxes: np.ndarray, main: int) -> np.ndarray:
    left, top, right, bottom = boxes.T
    apart_x = np.maximum(left - right[main], left[main] - right)
    apart_y = np.maximum(top - bottom[main], top[main] - bottom)
    longer = max(right[main] - left[main], bottom[main] - top[main])
    return np.maximum(apart_x, apart_y) <= NEAR * longer


def _stacked(boxes: np.ndarray, chosen: np.ndarray) -> list[list[int]]:
    """Group the chosen components whose columns overlap and which lie close above each other."""
    tallest = max(boxes[i, 3] - boxes[i, 1] for i in chosen)
    groups: list[list[int]] = []
    for i in sorted(chosen, key=lambda i: boxes[i, 0] - boxes[i, 2]):  # the widest first
        for group in groups:
            if any(_above(boxes[i], boxes[j], NEAR * tallest) for j in group):
                group.append(int(i))
                break
        else:
            groups.append([int(i)])
    return groups


def _above(a: np.ndarray, b: np.ndarray, reach: float) -> bool:
    shared = min(a[2], b[2]) - max(a[0], b[0])
    apart = max(a[1], b[1]) - min(a[3], b[3])
    smaller = min(a[3] - a[1], b[3] - b[1])
    # Two marks of full height above each other are two lines of writing.
    stray = smaller < reach or apart < 0
    return shared > OVERLAP * min(a[2] - a[0], b[2] - b[0]) and apart < reach / 3 and stray


def _lines(parts: list[Part]) -> list[list[Part]]:
    lines: list[list[Part]] = []
    for part in sorted(parts, key=lambda part: part.box[1] + part.box[3]):
        middle = (part.box[1] + part.box[3]) / 2
        if lines and middle < max(other.box[3] for other in lines[-1]):
            lines[-1].append(part)
        else:
            lines.append([part])
    return lines


def _part(ink: np.ndarray, found: Components, members: np.ndarray) -> Part:
    """The members' ink and the fringe around it, without what other components reach into."""
    boxes = found.boxes[members]
    left, top = np.maximum(boxes[:, :2].min(axis=0) - 1, 0)
    right, bottom = np.minimum(boxes[:, 2:].max(axis=0) + 1, ink.shape[::-1])
    labels = found.labels[top:bottom, left:right]
    chosen = np.zeros(len(found.boxes) + 1, bool)
    chosen[members + 1] = True
    ours = chosen[labels]
    fringe = _grown(ours) & (labels == 0)
    crop = np.where(ours | fringe, ink[top:bottom, left:right], 0).astype(np.float32)
    return Part(crop, (int(left), int(top), int(right), int(bottom)))


def _grown(mask: np.ndarray) -> np.ndarray:
    """The mask and its eight neighbours."""
    padded = np.pad(mask, 1)
    tall = padded[:-2] | padded[1:-1] | padded[2:]
    return tall[:, :-2] | tall[:, 1:-1] | tall[:, 2:]

"""Ink map -> the ink of each digit, in reading order."""

from typing import NamedTuple

import numpy as np

from .components import Components, connected_components

SOLID = 0.4  # ink at least this strong belongs to a stroke; the fringe around it follows
SPECK = 0.02  # of the largest mark's area: anything smaller is dust
SPECK_LENGTH = 0.08  # of the largest mark's longer side: likewise
NEAR = 0.6  # of the main mark's longer side: parts of one digit are no further apart
OVERLAP = 0.5  # of the narrower part's width: parts that share as much stand above each other
GRAIN = 0.04  # of the picture's longer side: marks shorter than this may be the paper's grain
GRAIN_SHARE = 0.02  # of all the ink: if no mark is longer nor has more, there is only grain
EDGE = 0.15  # what a mark at the picture's edge (a shadow, a finger) counts beside a free one


class Part(NamedTuple):
    """One digit's ink alone, (h, w) float32, and its box (left, top, right, bottom) in the map."""

    ink: np.ndarray
    box: tuple[int, int, int, int]


def single(ink: np.ndarray) -> Part | None:
    """The picture's one digit: its main mark and the parts near it. None if there is no ink.

    ink: (H, W) float32, 0 paper .. 1 ink. Dust, and shadows that come in from the picture's edge
    beside a mark that stands free, are left out.
    """
    found = connected_components(ink > SOLID)
    if _only_grain(found, ink.shape):
        return None
    free = ~_at_edge(found.boxes, ink.shape)
    main = int(np.argmax(found.areas * np.where(free, 1, EDGE)))
    kept = _solid(found, main) & (free | ~free[main]) & _near(found.boxes, main)
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
    """Whether all marks are as small and as many as those of a sensor's noise or rough paper."""
    if not len(found.areas):
        return True
    longest = (found.boxes[:, 2:] - found.boxes[:, :2]).max()
    share = found.areas.max() / found.areas.sum()
    return longest < GRAIN * max(shape) and share < GRAIN_SHARE


def _at_edge(boxes: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    height, width = shape
    return (boxes[:, :2] == 0).any(axis=1) | (boxes[:, 2] == width) | (boxes[:, 3] == height)


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
    ours = np.isin(labels, members + 1)
    fringe = _grown(ours) & (labels == 0)
    crop = np.where(ours | fringe, ink[top:bottom, left:right], 0).astype(np.float32)
    return Part(crop, (int(left), int(top), int(right), int(bottom)))


def _grown(mask: np.ndarray) -> np.ndarray:
    """The mask and its eight neighbours."""
    padded = np.pad(mask, 1)
    tall = padded[:-2] | padded[1:-1] | padded[2:]
    return tall[:, :-2] | tall[:, 1:-1] | tall[:, 2:]

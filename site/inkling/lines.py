"""Marks -> lines of text, from top to bottom.

Handwriting rarely stays level, so marks are chained: each to its next neighbour on the right that
stands at the same height. Chains that meet are one line (after L. O'Gorman, "The document
spectrum for page layout analysis", IEEE TPAMI 15(11), 1993).
"""

import numpy as np

TALL = 0.5  # of the tallest usual mark: whatever is lower is a part or a sign, and joins a line
LEVEL = 0.4  # of the shorter mark's height that neighbours share


def text_lines(boxes: np.ndarray) -> list[np.ndarray]:
    """Group marks into lines: arrays of indices into boxes, lines from top to bottom.

    boxes: (n, 4) left, top, right, bottom.
    """
    heights = boxes[:, 3] - boxes[:, 1]
    tall = np.flatnonzero(heights >= TALL * usual(heights))
    line = np.full(len(boxes), -1)
    line[tall] = _chained(boxes[tall])
    for i in np.flatnonzero(line < 0):
        line[i] = line[tall[np.argmin(_distances(boxes[tall], boxes[i]))]]
    groups = [np.flatnonzero(line == number) for number in np.unique(line)]
    return sorted(groups, key=lambda group: _middle(boxes[group], heights[group]))


def usual(heights: np.ndarray) -> float:
    """The height of most of the writing: dots, bars and commas are many, but low."""
    order = np.sort(heights)
    mass = np.cumsum(order)
    return float(order[np.searchsorted(mass, mass[-1] / 2)])


def _chained(boxes: np.ndarray) -> np.ndarray:
    """(n,) int: a number for every mark, the same along a chain."""
    line = np.arange(len(boxes))
    left, top, right, bottom = boxes.T
    middle = (left + right) / 2
    for i in range(len(boxes)):
        shared = np.minimum(bottom, bottom[i]) - np.maximum(top, top[i])
        shorter = np.minimum(bottom - top, bottom[i] - top[i])
        after = np.flatnonzero((shared >= LEVEL * shorter) & (middle > middle[i]))
        if len(after):
            next_one = after[np.argmin(middle[after])]
            line[line == line[next_one]] = line[i]
    return line


def _distances(boxes: np.ndarray, box: np.ndarray) -> np.ndarray:
    """From one box to each of the others, 0 where they overlap; up and down counts double."""
    across = np.maximum(np.maximum(boxes[:, 0] - box[2], box[0] - boxes[:, 2]), 0)
    down = np.maximum(np.maximum(boxes[:, 1] - box[3], box[1] - boxes[:, 3]), 0)
    return across + 2 * down


def _middle(boxes: np.ndarray, heights: np.ndarray) -> float:
    return float(((boxes[:, 1] + boxes[:, 3]) / 2) @ heights / heights.sum())

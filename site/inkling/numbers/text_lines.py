"""Group connected components into lines of text, from top to bottom.

Handwriting rarely stays level. So each component is chained to its next neighbour on the right at
the same height. Chains that meet are one line (after L. O'Gorman, "The document spectrum for page
layout analysis", IEEE TPAMI 15(11), 1993).
"""

import numpy as np

TALL = 0.5  # of the typical height: lower components are parts or signs, and join the nearest line
LOW = 0.8  # of the typical height: a lone lower component may be a comma below its line
NEAR = 0.5  # typical heights between such a comma and its line
LEVEL = 0.4  # of the shorter component's height that neighbours share


def text_lines(boxes: np.ndarray) -> list[np.ndarray]:
    """Group components into lines: arrays of indices into boxes, lines from top to bottom.

    boxes: (n, 4) left, top, right, bottom.
    """
    heights = boxes[:, 3] - boxes[:, 1]
    tall = np.flatnonzero(heights >= TALL * typical_height(heights))
    line = np.full(len(boxes), -1)
    line[tall] = _with_commas(boxes[tall], _chain(boxes[tall]))
    for i in np.flatnonzero(line < 0):
        line[i] = line[tall[np.argmin(_distances(boxes[tall], boxes[i]))]]
    groups = [np.flatnonzero(line == number) for number in np.unique(line)]
    return sorted(groups, key=lambda group: _middle(boxes[group], heights[group]))


def typical_height(heights: np.ndarray) -> float:
    """Return the weighted median of heights, each weighted by itself: dots and commas hardly count.

    heights: (n,), n > 0.
    """
    order = np.sort(heights)
    mass = np.cumsum(order)
    return float(order[np.searchsorted(mass, mass[-1] / 2)])


def _chain(boxes: np.ndarray) -> np.ndarray:
    """Number components, (n,) int, the same along a chain."""
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


def _with_commas(boxes: np.ndarray, line: np.ndarray) -> np.ndarray:
    """Put each component that is alone in its line, low and near another line, into that line."""
    heights = boxes[:, 3] - boxes[:, 1]
    counts = np.bincount(line)
    for i in np.flatnonzero((counts[line] == 1) & (heights < LOW * typical_height(heights))):
        others = np.flatnonzero(line != line[i])
        if not len(others):
            break
        distances = _distances(boxes[others], boxes[i])
        if distances.min() <= NEAR * typical_height(heights):
            line[i] = line[others[np.argmin(distances)]]
    return line


def _distances(boxes: np.ndarray, box: np.ndarray) -> np.ndarray:
    """Measure from one box to others, (n,): 0 where they overlap; vertical gaps count double."""
    across = np.maximum(np.maximum(boxes[:, 0] - box[2], box[0] - boxes[:, 2]), 0)
    down = np.maximum(np.maximum(boxes[:, 1] - box[3], box[1] - boxes[:, 3]), 0)
    return across + 2 * down


def _middle(boxes: np.ndarray, heights: np.ndarray) -> float:
    return float(((boxes[:, 1] + boxes[:, 3]) / 2) @ heights / heights.sum())

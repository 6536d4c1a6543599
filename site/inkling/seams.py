"""Seams: paths of least ink from the top of a mark to its bottom, by dynamic programming.

After S. Avidan, A. Shamir, "Seam carving for content-aware image resizing", SIGGRAPH 2007; for
cutting digits, J. Wang, J. Jean, "Segmentation of merged characters by neural networks and shortest
path", Pattern Recognition 27(5), 1994. A seam bends around what overhangs, and crosses a stroke
where that is thinnest.
"""

import numpy as np

LEAN = 0.04  # what a step aside costs, in pixels of ink, so that of two free seams one is straight
HEIGHTS = (0.15, 0.325, 0.5, 0.675, 0.85)  # of the mark's height, where seams are told apart
STEPS = np.array([0, -1, 1], np.int8)  # columns


def costs(ink: np.ndarray, entry: float) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """Cost of the best seam through every pixel, (h, w), and its ways from there: the next step
    up and down, (h, w) int8 each.

    ink: (h, w), 0 paper .. 1 ink. entry: what it costs to cross one stroke more.
    """
    cost = ink.astype(np.float64)
    above, up = _accumulated(cost, entry)
    below, down = _accumulated(cost[::-1], entry)
    return above + below[::-1] - cost, (up, down[::-1])


def _accumulated(cost: np.ndarray, entry: float) -> tuple[np.ndarray, np.ndarray]:
    """Least cost from the first row to each pixel, and the step (-1, 0, 1) that led there."""
    total, steps = cost.copy(), np.zeros(cost.shape, np.int8)
    total[0] += cost[0] * entry / 2
    slanted = cost * (np.sqrt(2) - 1) + LEAN  # a step aside is longer
    padded = np.full(cost.shape[1] + 2, np.inf)
    before = np.zeros(cost.shape[1] + 2)
    width = cost.shape[1]
    for row in range(1, len(cost)):
        padded[1:-1], before[1:-1] = total[row - 1], cost[row - 1]
        ways = np.stack([padded[at : at + width] for at in (1, 0, 2)])
        edges = np.stack([before[at : at + width] for at in (1, 0, 2)])
        ways += np.abs(edges - cost[row]) * (entry / 2)  # half going in, half coming out
        ways[1:] += slanted[row]
        best = ways.argmin(axis=0)
        steps[row] = STEPS[best]
        total[row] += ways.min(axis=0)
    return total, steps


def valleys(through: np.ndarray, limit: float) -> np.ndarray:
    """(n, 2) row and column of the places where a seam is cheaper than those on its sides."""
    found = []
    for row in sorted({int(share * len(through)) for share in HEIGHTS}):
        cost = through[row]
        fall = np.flatnonzero(np.diff(cost, prepend=np.inf, append=np.inf) != 0)
        # fall: the edges of the level stretches; a valley is a stretch with walls on both sides.
        first, stop = fall[:-1], fall[1:]
        level = cost[first]
        walls = np.concatenate([[np.inf], level, [np.inf]])
        low = (walls[:-2] > level) & (walls[2:] > level) & (level <= limit)
        low &= (first > 0) & (stop < len(cost))
        middles = (first[low] + stop[low]) // 2
        found.append(np.stack([np.full(len(middles), row), middles], axis=1))
    return np.concatenate(found)


def traced(starts: np.ndarray, ways: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """(n, h) int: the columns of the seams through these places."""
    up, down = ways
    seams = np.empty((len(starts), len(up)), np.intp)
    for row in np.unique(starts[:, 0]):
        of = np.flatnonzero(starts[:, 0] == row)
        column = seams[of, row] = starts[of, 1]
        for y in range(row, 0, -1):
            column = column + up[y, column]
            seams[of, y - 1] = column
        column = starts[of, 1]
        for y in range(row, len(up) - 1):
            column = column + down[y, column]
            seams[of, y + 1] = column
    return seams

"""Seams: paths of least ink from the top of a component to its bottom, by dynamic programming.

After S. Avidan, A. Shamir, "Seam carving for content-aware image resizing", SIGGRAPH 2007; for
cutting digits, J. Wang, J. Jean, "Segmentation of merged characters by neural networks and shortest
path", Pattern Recognition 27(5), 1994. A seam bends around overhanging strokes, and crosses a
stroke where it is thinnest.
"""

import numpy as np

LEAN = 0.04  # cost of a step aside, in pixels of ink: of two free seams the straight one wins
HEIGHTS = (0.15, 0.325, 0.5, 0.675, 0.85)  # of the component's height: rows where seams are sought
SLOPE = 0.6  # columns to a row: writing leans no further
STEPS = np.array([0, -1, 1], np.int8)  # columns


def seam_costs(ink: np.ndarray, entry: float) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """Return the cost of the best seam through each pixel, (h, w), and its next steps.

    The steps, up and down, are (h, w) int8 each, in columns. ink: (h, w), 0 paper .. 1 ink. entry:
    the cost of crossing one more stroke.
    """
    cost = ink.astype(np.float64)
    above, up = _accumulate(cost, entry)
    below, down = _accumulate(cost[::-1], entry)
    return above + below[::-1] - cost, (up, down[::-1])


def _accumulate(cost: np.ndarray, entry: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the least cost from the first row to each pixel, and the step that led there."""
    total, steps = cost.copy(), np.zeros(cost.shape, np.int8)
    total[0] += cost[0] * entry / 2
    slanted = cost * (np.sqrt(2) - 1) + LEAN  # a step aside is longer
    padded = np.full(cost.shape[1] + 2, np.inf)
    before = np.zeros(cost.shape[1] + 2)
    width = cost.shape[1]
    for row in range(1, len(cost)):
        padded[1:-1], before[1:-1] = total[row - 1], cost[row - 1]
        options = np.stack([padded[at : at + width] for at in (1, 0, 2)])
        edges = np.stack([before[at : at + width] for at in (1, 0, 2)])
        options += np.abs(edges - cost[row]) * (entry / 2)  # half going in, half coming out
        options[1:] += slanted[row]
        best = options.argmin(axis=0)
        steps[row] = STEPS[best]
        total[row] += options.min(axis=0)
    return total, steps


def valleys(through: np.ndarray, limit: float) -> np.ndarray:
    """Return where a seam is cheaper than those beside it: (n, 2) int, row and column."""
    found = []
    for row in sorted({int(share * len(through)) for share in HEIGHTS}):
        middles = _dips(through[row])
        middles = middles[through[row, middles] <= limit]
        found.append(np.stack([np.full(len(middles), row), middles], axis=1))
    return np.concatenate(found)


def notch_seams(ink: np.ndarray) -> np.ndarray:
    """Return straight seams from notches in the ink's upper outline to notches in its lower.

    Returns (n, h) int, their columns. Where one digit leans on the next, both share a
    stroke. The best seams avoid it and cross thin strokes of either digit. Only the two ends of the
    shared stroke show where the seam along it runs.
    """
    height = len(ink)
    inked = ink > 0.5
    above, below = (
        np.where(inked.any(axis=0), side.argmax(axis=0), height) for side in (inked, inked[::-1])
    )
    top, bottom = _dips(-above), _dips(-below)
    first, last = (ends.ravel() for ends in np.meshgrid(top, bottom))
    start, stop = above[first], height - 1 - below[last]
    fit = (stop > start) & (np.abs(last - first) <= SLOPE * (stop - start))
    first, last, start, stop = (each[fit, None] for each in (first, last, start, stop))
    along = np.clip((np.arange(height) - start) / (stop - start), 0, 1)
    return np.rint(first + along * (last - first)).astype(np.intp)


def _dips(levels: np.ndarray) -> np.ndarray:
    """Return the middles, (n,) int, of level stretches between higher levels."""
    edges = np.flatnonzero(np.diff(levels) != 0) + 1
    first, stop = edges[:-1], edges[1:]
    level = levels[first]
    low = (levels[first - 1] > level) & (levels[stop] > level)
    return (first[low] + stop[low]) // 2


def trace_seams(starts: np.ndarray, steps: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Return the seams through some places, (n, h) int, their columns.

    starts: (n, 2) int, row and column. steps: from `seam_costs`.
    """
    up, down = steps
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

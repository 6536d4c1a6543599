"""Keep decimal marks clear of their neighbours, as people do.

A point that a pen draws into a digit cannot be seen, and teaches that points need not be.
"""

import math

import numpy as np

MARKS = ".,"
# Gaps between the middle lines of a decimal mark and of the nearest stroke, in digit heights. In
# whole numerals of UNIPEN one gap in twenty is below 0.1.
MEDIAN_GAP = 0.27
GAP_SPREAD = 0.8  # standard deviation of their logarithm
THIN_PEN = 0.1  # digit heights: a wider stroke needs a wider gap
STEP = 0.04  # digit heights between the points at which gaps are measured

Strokes = list[np.ndarray]
Random = np.random.Generator


def random_mark_gap(random: Random, pen: float = THIN_PEN) -> float:
    """Return a gap in digit heights. pen: the stroke's width in these."""
    return MEDIAN_GAP * math.exp(random.normal(0, GAP_SPREAD)) + max(pen - THIN_PEN, 0)


def is_beside_mark(text: str, place: int) -> bool:
    """Return whether a character is a decimal mark, or the one before it is."""
    return text[place] in MARKS or (place > 0 and text[place - 1] in MARKS)


def missing_gap(before: Strokes, after: Strokes, gap: float) -> float:
    """Return how far `after` has to move right, so that none of its points is nearer than `gap`.

    Strokes are (n, 2) float, x right, y down, in digit heights, as are the gaps.
    """
    first, second = (np.concatenate([_dense(stroke) for stroke in one]) for one in (before, after))
    right, down = np.moveaxis(second[:, None] - first, 2, 0)
    beside = np.abs(down) < gap
    if not beside.any():
        return 0.0
    needed = np.sqrt(gap**2 - down[beside] ** 2) - right[beside]
    return max(0.0, float(needed.max()))


def _dense(stroke: np.ndarray) -> np.ndarray:
    """Return points of a stroke that are about STEP apart."""
    lengths = np.hypot(*np.diff(stroke, axis=0).T) if len(stroke) > 1 else np.zeros(0)
    places = np.concatenate([[0.0], np.cumsum(lengths)])
    found = np.linspace(0, places[-1], max(2, round(places[-1] / STEP)))
    return np.stack([np.interp(found, places, stroke[:, axis]) for axis in (0, 1)], axis=1)

"""Ink of a page -> how its rows and columns run: turned, sheared, in mild perspective.

In perspective the rows of a page meet in one point, and so do its columns. Let a row cross the
middle of the picture at height t. Its slope is a + b t, so y = t + x (a + b t). Ink that lies along
rows then gathers at few values of t = (y - a x) / (1 + b x). The slopes that gather it best are
looked for from coarse to fine (after W. Postl, "Detection of linear oblique structures and skew
scan in digitized documents", ICPR 1986).

Coordinates have their origin in the middle of the picture, and its longer side is 2.
"""

from typing import NamedTuple

import numpy as np

from .straighten import Point

MAX_SLOPE = 0.24  # of rows and columns: a page is turned by 13 degrees at most
MAX_CHANGE = 0.16  # of a slope, from the middle of the picture to its edge
COARSE = 0.012  # step of the first search
FINEST = 0.0004  # step at which the search ends
SHEAR = 0.1  # by which rows and columns may differ from a right angle
REST = 0.036  # by which drawn lines may still slope after a first straightening
LEAST_LINE = 1.0  # of the longer side: so much ink of lines shows how they run
MAX_POINTS = 24_000  # of ink that are looked at
BINS = (90, 180, 500, 1_800)  # values of t that are told apart: rows of digits, then lines
GAIN = 1.002  # by which a change of slope must gather ink better
LOOSER = 0.995  # of the ink that a level page gathers at fine steps: a slope gathers no less
INKED = 0.4  # ink above it counts


class Slopes(NamedTuple):
    """How lines run: slope in the middle of the picture, and by how much it changes."""

    slope: float
    change: float


LEVEL = Slopes(0.0, 0.0)


def find_skew(ink: np.ndarray) -> tuple[Slopes, Slopes]:
    """Return how rows and how columns run, the latter as x by y.

    ink: (H, W) float32, 0 paper .. 1 ink, drawn lines included.
    """
    points = np.argwhere(ink > INKED)
    if not len(points):
        return LEVEL, LEVEL
    y, x = _coordinates(points, ink.shape)
    rows = _gathered(y, x, 0.0, MAX_SLOPE)
    return rows, _gathered(x, y, -rows.slope, SHEAR)


def find_rest(across: np.ndarray, down: np.ndarray) -> tuple[Slopes, Slopes]:
    """Return how drawn lines still run on a page that is nearly straight.

    across, down: (H, W) bool, the ink of lines from left to right, and from top to bottom.
    """
    found = []
    for mask, turned in ((across, False), (down, True)):
        points = np.argwhere(mask)
        if len(points) < LEAST_LINE * max(mask.shape):
            found.append(LEVEL)
            continue
        y, x = _coordinates(points, mask.shape)
        found.append(_gathered(*((x, y) if turned else (y, x)), 0.0, REST))
    return found[0], found[1]


def _coordinates(points: np.ndarray, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return y and x of some of the pixels."""
    step = max(1, len(points) // MAX_POINTS)
    y, x = points[::step].T + 0.5
    half = max(shape) / 2
    return (y - shape[0] / 2) / half, (x - shape[1] / 2) / half


def _gathered(across: np.ndarray, along: np.ndarray, start: float, reach: float) -> Slopes:
    """Return the slopes that gather points best. start: the slope that is looked around."""
    trials = start + np.arange(-reach, reach + COARSE / 2, COARSE)
    scores = [_score(across, along, Slopes(slope, 0), BINS[0]) for slope in trials]
    best = Slopes(float(trials[int(np.argmax(scores))]), 0.0)
    if max(scores) < GAIN * _score(across, along, Slopes(start, 0), BINS[0]):
        best = Slopes(start, 0.0)
    found = _refined(across, along, best, COARSE / 2)
    # Where a page has few lines along one axis, ink of the other one gathers coarsely, too.
    level = Slopes(start, 0.0)
    least = LOOSER * _score(across, along, level, BINS[2])
    if _score(across, along, found, BINS[2]) < least:
        return _refined(across, along, level, COARSE / 4)
    return found


def _refined(across: np.ndarray, along: np.ndarray, best: Slopes, step: float) -> Slopes:
    """Return the best slopes near some, looked for with smaller and smaller steps."""
    while step >= FINEST:
        best = _climb(across, along, best, step)
        step /= 2
    return best


def _climb(across: np.ndarray, along: np.ndarray, best: Slopes, step: float) -> Slopes:
    """Move to the best neighbour until none is better."""
    bins = BINS[1 + (step < COARSE / 3) + (step < COARSE / 6)]
    score = _score(across, along, best, bins)
    for _ in range(round(2 * MAX_CHANGE / COARSE)):
        near = [
            Slopes(
                best.slope + i * step,
                float(np.clip(best.change + j * 2 * step, -MAX_CHANGE, MAX_CHANGE)),
            )
            for i, j in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1))
        ]
        scores = [_score(across, along, trial, bins) for trial in near]
        if max(scores) < GAIN * score:
            break
        score, best = max(scores), near[int(np.argmax(scores))]
    return best


def _score(across: np.ndarray, along: np.ndarray, slopes: Slopes, bins: int) -> float:
    """Return how well points gather: the sum of the squares of their histogram."""
    t = (across - slopes.slope * along) / (1 + slopes.change * along)
    places = ((t + 1.5) * (bins / 3)).astype(np.intp)
    counts = np.bincount(np.clip(places, 0, bins), minlength=bins + 1)
    return float((counts.astype(np.float64) ** 2).sum())


def rectangle(ink: np.ndarray, rows: Slopes, columns: Slopes) -> list[Point]:
    """Return the corners, in pixels, of the region between rows and columns that holds the ink.

    Clockwise from the top left.
    """
    points = np.argwhere(ink > INKED)
    y, x = _coordinates(points, ink.shape)
    t = (y - rows.slope * x) / (1 + rows.change * x)
    u = (x - columns.slope * y) / (1 + columns.change * y)
    left, top, right, bottom = u.min(), t.min(), u.max(), t.max()
    half, found = max(ink.shape) / 2, []
    for u, t in ((left, top), (right, top), (right, bottom), (left, bottom)):
        slope, lean = rows.slope + rows.change * t, columns.slope + columns.change * u
        x = (u + t * lean) / (1 - slope * lean)
        y = t + x * slope
        found.append((float(x * half + ink.shape[1] / 2), float(y * half + ink.shape[0] / 2)))
    return found

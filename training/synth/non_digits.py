"""Pen strokes of the reject class: signs, scribbles, and two digits in place of one.

Letters come from the data; no data set has these. Shapes that could be a digit (a ring, a tick, a
lone slash) are left out. They would blur the decision boundary.
"""

import math

import numpy as np

# Letters that share a shape with a digit, as some people write them.
LOOKALIKES = frozenset("OoQDIliLjJtTZzSsBbGgqyPpUVvY")
LINE = 24  # points of a drawn line; a pen reports about as many
MAX_TAPS = 6  # of the pen, for a sign of dots
GAP = (-0.05, 0.35)  # digit heights between the digits of a pair
FLAT = 3  # width over height beyond which a digit is scaled by its width
WAVERING = 0.02  # standard deviation of a hand-drawn straight line, of the sign's size


def mark(random: np.random.Generator) -> list[np.ndarray]:
    """Draw a sign that people write beside numbers, or a shape: strokes [(n, 2)], y down."""
    return MARKS[random.integers(len(MARKS))](random)


def scribble(random: np.random.Generator) -> list[np.ndarray]:
    """Draw a scrawl, a zigzag or coils, with more turns than any digit has: strokes [(n, 2)]."""
    return SCRIBBLES[random.integers(len(SCRIBBLES))](random)


def pair(
    left: list, right: list, random: np.random.Generator, gap: tuple[float, float] = GAP
) -> list[np.ndarray]:
    """Place two digits' strokes side by side, touching or nearly, as one list of strokes.

    gap: range of the distance between their boxes, in digit heights.
    """
    left, right = (_unit(strokes, random.uniform(0.85, 1.15)) for strokes in (left, right))
    edge = max(stroke[:, 0].max() for stroke in left) + random.uniform(*gap)
    place = np.array([edge, random.uniform(-0.1, 0.1)])
    return left + [stroke + place for stroke in right]


def _unit(strokes: list, height: float) -> list[np.ndarray]:
    """Return the strokes scaled to a height, with their box's corner at 0."""
    strokes = [np.asarray(stroke, float) for stroke in strokes if len(stroke)]
    points = np.concatenate(strokes)
    wide, high = np.ptp(points, axis=0)
    low, size = points.min(axis=0), max(high, wide / FLAT, 1e-6)
    return [(stroke - low) * (height / size) for stroke in strokes]


def _line(random, *corners) -> np.ndarray:
    """Return a line through the corners, (LINE, 2), as straight as a hand draws it."""
    corners = np.array(corners, float) + random.normal(0, 2 * WAVERING, (len(corners), 2))
    along = np.linspace(0, len(corners) - 1, LINE)
    x, y = (np.interp(along, np.arange(len(corners)), corners[:, k]) for k in (0, 1))
    wave = np.cumsum(random.normal(0, WAVERING / 3, (LINE, 2)), axis=0)
    return np.stack([x, y], axis=1) + wave


def _dots(random):
    return [np.full((3, 2), tap) for tap in random.random((random.integers(1, MAX_TAPS + 1), 2))]


def _dash(random):
    return [_line(random, (0, 0.5), (1, 0.5))]


def _equals(random):
    gap = random.uniform(0.12, 0.3)
    return [_line(random, (0, 0.5 + side), (1, 0.5 + side)) for side in (-gap, gap)]


def _plus(random):
    return [_line(random, (0, 0.5), (1, 0.5)), _line(random, (0.5, 0), (0.5, 1))]


def _cross(random):
    return [_line(random, (0, 0), (1, 1)), _line(random, (1, 0), (0, 1))]


def _star(random):
    return _plus(random) + _cross(random)


def _hash(random):
    upright = [_line(random, (x, 0), (x, 1)) for x in (0.3, 0.7)]
    return upright + [_line(random, (0, y), (1, y)) for y in (0.3, 0.7)]


def _arrow(random):
    turn = random.integers(4) * math.pi / 2
    strokes = [_line(random, (0, 0.5), (1, 0.5)), _line(random, (0.7, 0.2), (1, 0.5), (0.7, 0.8))]
    matrix = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    return [stroke @ matrix for stroke in strokes]


def _triangle(random):
    return [_line(random, (0.5, 0), (1, 0.9), (0, 0.9), (0.5, 0))]


def _five_points(random):
    turns = -math.pi / 2 + 4 * math.pi / 5 * np.arange(6)
    return [_line(random, *zip(np.cos(turns), np.sin(turns), strict=True))]


def _wave(random):
    x = np.linspace(0, 1, LINE)
    height = random.uniform(0.08, 0.2)
    return [np.stack([x, height * np.sin(x * random.uniform(5, 14))], axis=1)]


def _percent(random):
    return [_line(random, (1, 0), (0, 1)), *(_ring(at, 0.15) for at in ((0.2, 0.2), (0.8, 0.8)))]


def _face(random):
    smile = _ring((0.5, 0.5), 0.3)[2:11]
    eyes = [_line(random, (x, 0.3), (x, 0.35)) for x in (0.35, 0.65)]
    return [_ring((0.5, 0.5), 0.5), smile, *eyes]


def _ring(centre, radius: float) -> np.ndarray:
    turns = np.linspace(0, 2 * math.pi, LINE)
    return np.array(centre) + radius * np.stack([np.cos(turns), np.sin(turns)], axis=1)


# A dash is the sign most like a digit, a 1 on its side. It is drawn three times as often.
MARKS = (
    *(_dots, _dash, _dash, _dash, _equals, _plus, _cross, _star, _hash),
    *(_arrow, _triangle, _five_points, _wave, _percent, _face),
)


def _scrawl(random):
    """Join random points, with corners more or less rounded."""
    corners = random.random((random.integers(8, 25), 2))
    along = np.linspace(0, len(corners) - 1, 6 * len(corners))
    path = np.stack([np.interp(along, np.arange(len(corners)), c) for c in corners.T], axis=1)
    window = np.ones(random.integers(1, 6))
    rounded = [np.convolve(c, window / len(window), "valid") for c in path.T]
    return [np.stack(rounded, axis=1)]


def _zigzag(random):
    peaks = random.integers(6, 16)
    x = np.linspace(0, random.uniform(0.5, 1.5), peaks) + random.normal(0, 0.03, peaks)
    y = np.where(np.arange(peaks) % 2, 1.0, 0.0) + random.normal(0, 0.12, peaks)
    return [np.stack([x, y] if random.random() < 0.5 else [y, x], axis=1)]


def _coils(random):
    """Draw a spiral, or loops along a line: at least three turns, so never a thick ring."""
    turn = np.linspace(0, 2 * math.pi * random.uniform(3, 7), 120)
    along = turn / turn[-1] * random.choice([0.0, 4.0, 7.0])
    inner = random.uniform(0.05, 0.3) if along[-1] < 1 else random.uniform(0.5, 1)
    radius = np.linspace(inner, 1, 120) + np.cumsum(random.normal(0, 0.01, 120))
    return [np.stack([radius * np.cos(turn) + along, radius * np.sin(turn)], axis=1)]


SCRIBBLES = (_scrawl, _zigzag, _coils)

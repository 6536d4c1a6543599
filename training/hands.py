"""What hands do to digits between one writing and the next, done to pen strokes.

The pen comes down too early or leaves too late and makes a hook; a loop stays open; and a 1 has a
foot and a flag in some countries' schools. Who reads for everybody has to have met all of them,
whether or not the writers of the samples make them. The same goes for a 0 with a slash.
"""

import math

import numpy as np

from training.chance import between

HOOKED = 0.2  # share of the samples with a hook at an end of a stroke
HOOK = (0.06, 0.33)  # of the sample's longer side
HOOK_TURN = (0.2, 1.4)  # radians, to either side of straight back
OPENED = 0.15  # share with a stroke that begins too late or ends too early,
LACK = (0.03, 0.12)  # by so much of that stroke's length
OPENED_8 = 0.3  # the upper loop of an 8 is often left open,
LACK_OF_8 = (0.03, 0.22)  # and it stays an 8
LONG = 0.5  # of the sample's longer side: shorter strokes are left whole
FOOTED = 0.08  # share of the 1s that get a foot, if they are slim enough to have none
SLIM = 0.45  # of its height: the width of such a 1
FOOT = (0.12, 0.4)  # of the height, to either side
RISE = 0.04  # of the height, standard deviation: a foot is hardly ever quite level
FLAGGED = 0.6  # share of these that get a flag too
FLAG = (0.12, 0.35)  # of the height
FLAG_TURN = (0.4, 1.2)  # radians from upright

SLASHED = 0.1  # share of the 0s that get a slash, from the lower left to the upper right
SLASH = (0.6, 1.2)  # of the way from the middle to the box's corner, at either end
ASIDE = 0.07  # of the longer side, standard deviation: a slash seldom meets the middle


def varied(strokes: list, label: str, random: np.random.Generator) -> list[np.ndarray]:
    """A sample's strokes, (n, 2) each as (x, y), y down, as the same writer may write them too.

    label: what they are; whatever is done to them, they stay it.
    """
    strokes = [np.asarray(stroke, float) for stroke in strokes if len(stroke)]
    if label == "1" and random.random() < FOOTED:
        strokes = _footed(strokes, random)
    if label == "0" and random.random() < SLASHED:
        strokes = _slashed(strokes, random)
    opened, lack = (OPENED_8, LACK_OF_8) if label == "8" else (OPENED, LACK)
    if random.random() < opened:
        strokes = _opened(strokes, lack, random)
    if random.random() < HOOKED:
        strokes = _hooked(strokes, random)
    return strokes


def _hooked(strokes: list[np.ndarray], random: np.random.Generator) -> list[np.ndarray]:
    """With a short way back at one end of one stroke."""
    size = _size(strokes)
    strokes, which = list(strokes), int(random.integers(len(strokes)))
    forth = strokes[which] if random.random() < 0.5 else strokes[which][::-1]
    back = _near_end(forth, size) - forth[-1]
    if math.hypot(*back) > 0:  # else it is a dot
        angle = math.atan2(back[1], back[0]) + _side(random) * between(HOOK_TURN, random)
        way = size * between(HOOK, random) * np.array([math.cos(angle), math.sin(angle)])
        strokes[which] = np.concatenate([forth, [forth[-1] + way]])
    return strokes


def _opened(
    strokes: list[np.ndarray], lack: tuple[float, float], random: np.random.Generator
) -> list[np.ndarray]:
    """With one long stroke cut short at one end."""
    strokes, which = list(strokes), int(random.integers(len(strokes)))
    forth = strokes[which] if random.random() < 0.5 else strokes[which][::-1]
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(forth, axis=0).T))])
    if along[-1] > LONG * _size(strokes):
        end = along[-1] * (1 - between(lack, random))
        last = [np.interp(end, along, axis) for axis in forth.T]
        strokes[which] = np.concatenate([forth[along < end], [last]])
    return strokes


def _footed(strokes: list[np.ndarray], random: np.random.Generator) -> list[np.ndarray]:
    """A slim 1 with a foot, and perhaps a flag."""
    points = np.concatenate(strokes)
    wide, high = np.ptp(points, axis=0)
    if wide > SLIM * high:
        return strokes
    top, bottom = points[points[:, 1].argmin()], points[points[:, 1].argmax()]
    left, right = (high * between(FOOT, random) for _ in range(2))
    rise = random.normal(0, RISE) * high
    added = [bottom + np.array([(-left, rise), (right, -rise)])]
    if random.random() < FLAGGED:
        angle, length = between(FLAG_TURN, random), high * between(FLAG, random)
        added.append(top + length * np.array([(-math.sin(angle), math.cos(angle)), (0, 0)]))
    return strokes + added


def _slashed(strokes: list[np.ndarray], random: np.random.Generator) -> list[np.ndarray]:
    """A 0 with a slash, inside it or beyond it."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    middle = (low + high) / 2 + random.normal(0, ASIDE, 2) * _size(strokes)
    corner = (high - low) / 2 * (1, -1)  # the upper right, as y points down
    ends = [middle + side * between(SLASH, random) * corner for side in (-1, 1)]
    return [*strokes, np.array(ends)]


def _near_end(stroke: np.ndarray, size: float) -> np.ndarray:
    """The last point that is far enough from the end to tell where the pen came from."""
    far = np.flatnonzero(np.hypot(*(stroke - stroke[-1]).T) > 0.08 * size)
    return stroke[far[-1]] if len(far) else stroke[-1]


def _size(strokes: list[np.ndarray]) -> float:
    return float(np.ptp(np.concatenate(strokes), axis=0).max())


def _side(random: np.random.Generator) -> int:
    return 1 if random.random() < 0.5 else -1

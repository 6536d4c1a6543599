"""Vary the writing style of pen strokes: hooks, open loops, a 1's foot and flag, a 0's slash.

A pen that comes down too early or lifts too late makes a hook. Some schools teach a 1 with a foot
and a flag. The network should know all of these, also where the samples' writers do not use them.
"""

import math

import numpy as np

from training.synth.random_effects import log_uniform

HOOKED = 0.2  # share of the samples with a hook at an end of a stroke
HOOK = (0.06, 0.33)  # its length, of the sample's longer side
HOOK_TURN = (0.2, 1.4)  # radians between the hook and the way back along the stroke
OPENED = 0.15  # share of the samples with a shortened stroke
LACK = (0.03, 0.12)  # of the stroke's length that is missing
OPENED_8 = 0.3  # share of the 8s: their upper loop is often left open
LACK_OF_8 = (0.03, 0.22)  # larger, as an 8 stays legible
LONG = 0.5  # of the sample's longer side: shorter strokes are left whole
FOOTED = 0.08  # share of the slim 1s that get a foot
SLIM = 0.45  # width over height: a wider 1 may have a foot already
FOOT = (0.12, 0.4)  # of the height, to either side
RISE = 0.04  # of the height: standard deviation of a foot's slant
FLAGGED = 0.6  # share of the 1s with a foot that get a flag too
FLAG = (0.12, 0.35)  # its length, of the height
FLAG_TURN = (0.4, 1.2)  # radians from upright

SLASHED = 0.1  # share of the 0s that get a slash, from the lower left to the upper right
SLASH = (0.6, 1.2)  # of the way from the centre to the box's corner, at either end
ASIDE = 0.07  # of the longer side: standard deviation of the slash's distance from the centre


def vary_strokes(strokes: list, label: str, random: np.random.Generator) -> list[np.ndarray]:
    """Vary a sample's strokes, (n, 2) each as (x, y), y down, without changing their label."""
    strokes = [np.asarray(stroke, float) for stroke in strokes if len(stroke)]
    if label == "1" and random.random() < FOOTED:
        strokes = _add_foot(strokes, random)
    if label == "0" and random.random() < SLASHED:
        strokes = _add_slash(strokes, random)
    opened, lack = (OPENED_8, LACK_OF_8) if label == "8" else (OPENED, LACK)
    if random.random() < opened:
        strokes = _shorten_stroke(strokes, lack, random)
    if random.random() < HOOKED:
        strokes = _add_hook(strokes, random)
    return strokes


def _add_hook(strokes: list[np.ndarray], random: np.random.Generator) -> list[np.ndarray]:
    """Add a short way back at one end of one stroke."""
    size = _size(strokes)
    strokes, which = list(strokes), int(random.integers(len(strokes)))
    forth = strokes[which] if random.random() < 0.5 else strokes[which][::-1]
    back = _near_end(forth, size) - forth[-1]
    if math.hypot(*back) > 0:  # otherwise the stroke is a dot
        angle = math.atan2(back[1], back[0]) + _side(random) * log_uniform(HOOK_TURN, random)
        way = size * log_uniform(HOOK, random) * np.array([math.cos(angle), math.sin(angle)])
        strokes[which] = np.concatenate([forth, [forth[-1] + way]])
    return strokes


def _shorten_stroke(
    strokes: list[np.ndarray], lack: tuple[float, float], random: np.random.Generator
) -> list[np.ndarray]:
    """Shorten one long stroke at one end. lack: range of the missing share of its length."""
    strokes, which = list(strokes), int(random.integers(len(strokes)))
    forth = strokes[which] if random.random() < 0.5 else strokes[which][::-1]
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(forth, axis=0).T))])
    if along[-1] > LONG * _size(strokes):
        end = along[-1] * (1 - log_uniform(lack, random))
        last = [np.interp(end, along, axis) for axis in forth.T]
        strokes[which] = np.concatenate([forth[along < end], [last]])
    return strokes


def _add_foot(strokes: list[np.ndarray], random: np.random.Generator) -> list[np.ndarray]:
    """Give a slim 1 a foot, and perhaps a flag."""
    points = np.concatenate(strokes)
    wide, high = np.ptp(points, axis=0)
    if wide > SLIM * high:
        return strokes
    top, bottom = points[points[:, 1].argmin()], points[points[:, 1].argmax()]
    left, right = (high * log_uniform(FOOT, random) for _ in range(2))
    rise = random.normal(0, RISE) * high
    added = [bottom + np.array([(-left, rise), (right, -rise)])]
    if random.random() < FLAGGED:
        angle, length = log_uniform(FLAG_TURN, random), high * log_uniform(FLAG, random)
        added.append(top + length * np.array([(-math.sin(angle), math.cos(angle)), (0, 0)]))
    return strokes + added


def _add_slash(strokes: list[np.ndarray], random: np.random.Generator) -> list[np.ndarray]:
    """Give a 0 a slash that ends inside or outside of it."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    middle = (low + high) / 2 + random.normal(0, ASIDE, 2) * _size(strokes)
    corner = (high - low) / 2 * (1, -1)  # the upper right, as y points down
    ends = [middle + side * log_uniform(SLASH, random) * corner for side in (-1, 1)]
    return [*strokes, np.array(ends)]


def _near_end(stroke: np.ndarray, size: float) -> np.ndarray:
    """Return the last point far enough from the end to give the pen's direction."""
    far = np.flatnonzero(np.hypot(*(stroke - stroke[-1]).T) > 0.08 * size)
    return stroke[far[-1]] if len(far) else stroke[-1]


def _size(strokes: list[np.ndarray]) -> float:
    """Return the longer side of the strokes' bounding box."""
    return float(np.ptp(np.concatenate(strokes), axis=0).max())


def _side(random: np.random.Generator) -> int:
    return 1 if random.random() < 0.5 else -1

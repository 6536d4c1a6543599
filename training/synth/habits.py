"""Habits of hands that the training writers show seldom: crossed 7s and 1s with a long upstroke."""

import math

import numpy as np

from training.synth.random_effects import log_uniform

CROSSED = 0.3  # share of the 7s of one stroke that get a bar
BAR = (0.2, 0.45)  # the bar's length, of the longer side
BAR_PLACE = (0.4, 0.65)  # of the way down the 7
UPSTROKE = 0.2  # share of the slim 1s that get a long upstroke
UPSTROKE_LENGTH = (0.25, 0.5)  # of the height: longer ones make 7s of them
UPSTROKE_TURN = (0.3, 0.75)  # radians from upright
SLIM = 0.35  # width over height: a wider 1 has an upstroke already


def add_habit(strokes: list, label: str, random: np.random.Generator) -> list[np.ndarray]:
    """Give some 7s a bar and some 1s a long upstroke; others stay.

    strokes: (n, 2) each, as (x, y), y down.
    """
    strokes = [np.asarray(stroke, float) for stroke in strokes if len(stroke)]
    if label == "7" and len(strokes) == 1 and random.random() < CROSSED:
        return _add_bar(strokes, random)
    if label == "1" and random.random() < UPSTROKE:
        return _add_upstroke(strokes, random)
    return strokes


def _add_bar(strokes: list[np.ndarray], random: np.random.Generator) -> list[np.ndarray]:
    """Cross the stem of a 7."""
    (seven,) = strokes
    top, high = seven[:, 1].min(), max(np.ptp(seven[:, 1]), 1e-6)
    y = top + random.uniform(*BAR_PLACE) * high
    stem = seven[seven[:, 1] >= y]
    if not len(stem):
        return strokes
    x, half = stem[0, 0], log_uniform(BAR, random) / 2 * max(high, np.ptp(seven[:, 0]))
    rise = random.normal(0, 0.15) * half
    return [seven, np.array([(x - half, y + rise), (x + half, y - rise)])]


def _add_upstroke(strokes: list[np.ndarray], random: np.random.Generator) -> list[np.ndarray]:
    """Begin a slim 1 with a long stroke from the lower left to its top."""
    points = np.concatenate(strokes)
    wide, high = np.ptp(points, axis=0)
    if wide > SLIM * high:
        return strokes
    top = points[points[:, 1].argmin()]
    angle, length = random.uniform(*UPSTROKE_TURN), high * log_uniform(UPSTROKE_LENGTH, random)
    begin = top + length * np.array([-math.sin(angle), math.cos(angle)])
    return [np.array([begin, top]), *strokes]

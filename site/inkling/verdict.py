"""Whether what was read in a picture is one digit, a number, or something else."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from .desk import CERTAIN
from .evidence import FLOOR
from .glyph import slant
from .lattice import NOTHING
from .numbers import Found, Line
from .quantiles import median
from .readings import Digit

SURE = 8.0  # a logarithm of odds: a network that is surer tells nothing about the rest of a line
LEADING = 16.0  # and of a digit's lead
LEANING = 0.6  # columns to a row: so the two strokes of a V differ, and more tells nothing more


class Traits(NamedTuple):
    """What tells a number from a word or a scribble, which can be cut into what looks like digits
    as well, but hardly ever into sure ones, of one height.

    sure: the logarithm of the odds that a mark is the digit that it is read as, on the average over
    the marks that are as tall as one; lead: likewise, by how much it leads over nothing. In both it
    is the roots that are averaged: one mark in doubt tells more than another that is surer than
    sure. A sign counts as no sureness and no lead: it makes a number doubtful, not something else.
    counted: the logarithm of the lines' certainty, a digit's share. cut: a digit's share of the ink
    that is crossed by cuts, in strokes' widths. uneven: how far digits are from their median
    height, in heights.
    """

    sure: float
    lead: float
    counted: float
    cut: float
    uneven: float
    leaning: float


# What each trait adds to the logarithm of the odds that it is a number, learnt by
# training/verdicts.py. With this bound six in a thousand of its drawn numbers that are read right
# get no text, and of the photographed ones eighteen.
WEIGHTS, BIAS = Traits(0.42, 0.56, 7.58, -6.99, -9.38, -22.31), -3.7
ENOUGH = -0.95


def is_one(one: Digit, lines: list[Line], covers: bool) -> bool:
    """Whether the picture holds a single digit, after all.

    one: what the whole picture is read as; covers: whether that takes in all that is written.
    """
    marks = [mark for line in lines for mark in line.found]
    digits = [mark for mark in marks if mark.label != NOTHING]
    if len(digits) > 1:  # a digit broken across would be read as two lines
        return covers and len(lines) > 1 and one.confidence >= CERTAIN
    if not digits:
        return len(marks) == 1 or one.label is not None
    if len(marks) == 1:
        return True
    # A 2 without its foot is a 7: what was left out may be what makes it another digit.
    surer = one.confidence >= min(digits[0].seen.probabilities.max(), CERTAIN if covers else 1.0)
    return one.label != digits[0].label and surer


def is_number(lines: list[Line]) -> bool:
    """Whether there are digits at all, and not a word or a scribble that was taken for some."""
    if not any(mark.label != NOTHING for line in lines for mark in line.found):
        return False
    return float(np.dot(WEIGHTS, traits(lines))) + BIAS >= ENOUGH


def traits(lines: list[Line]) -> Traits:
    """The traits of what was read, with at least one digit."""
    marks = [mark for line in lines for mark in line.found]
    digits = [mark for mark in marks if mark.label != NOTHING]
    tall = [mark for mark in marks if mark.tall] or marks
    heights = np.array([mark.height for mark in digits])
    neighbours = [both for line in lines for both in pairwise(line.found)]
    counted = sum(np.log(max(line.certainty, FLOOR)) for line in lines)
    return Traits(
        sure=_mean_of_roots([_odds(mark) for mark in tall], SURE),
        lead=_mean_of_roots([mark.lead for mark in tall], LEADING),
        counted=float(counted / len(digits)),
        cut=float(np.mean([mark.crossed for mark in digits])),
        uneven=float(np.abs(heights - median(heights)).mean()),
        leaning=max((_leaning(*both) for both in neighbours), default=0.0),
    )


def _leaning(left: Found, right: Found) -> float:
    """By how much the slants of two 1s differ that a cut parts; 0 of anything else."""
    if not (left.label == right.label == 1 and right.crossed > 0):
        return 0.0
    return min(abs(slant(left.seen.glyph) - slant(right.seen.glyph)), LEANING)


def _mean_of_roots(values: list[float], most: float) -> float:
    return float(np.sqrt(np.clip(values, 0, most)).mean() ** 2)


def _odds(mark: Found) -> float:
    """The logarithm of the odds of a mark's label; that of a sign counts as even."""
    if mark.label == NOTHING:
        return 0.0
    digit = float(mark.seen.probabilities[mark.label])
    return float(np.log(max(digit, FLOOR) / max(1 - digit, FLOOR)))


def confidence(lines: list[Line]) -> float:
    """The probability that all is right, as `Reading` has it."""
    shares = [line.certainty for line in lines]
    digits = [
        float(mark.seen.probabilities[mark.label])
        for line in lines
        for mark in line.found
        if mark.label != NOTHING
    ]
    return float(np.prod(shares + digits))

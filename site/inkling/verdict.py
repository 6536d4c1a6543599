"""Whether what was read in a picture is one digit, a number, or something else."""

import numpy as np

from .desk import CERTAIN
from .evidence import FLOOR
from .lattice import NOTHING
from .numbers import Found, Line
from .readings import Digit

# Words and scribbles can be cut into what looks like digits, but hardly ever into sure ones. Of the
# numbers of training/doubts.py that are read right, four in a thousand are less sure than this, and
# of the photographed ones three in a hundred.
ENOUGH = 4.4
SURE = 8.0  # a logarithm of odds: a network that is surer tells nothing about the rest of a line
COUNTED = 5.0  # what the logarithm of a line's certainty counts beside those of its digits' odds


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
    return bool(_digits(lines)) and sureness(lines) >= ENOUGH


def sureness(lines: list[Line]) -> float:
    """The logarithm of the odds that a mark is the digit that it is read as, and not none, on the
    average over the marks that are as tall as one; less for each digit that may be too many.

    It is the roots that are averaged: one mark in doubt tells more than another that is surer than
    sure. A sign counts as even odds: it makes a number doubtful, not something else.
    """
    marks = [mark for line in lines for mark in line.found]
    tall = [mark for mark in marks if mark.tall] or marks
    uncertain = sum(np.log(max(line.certainty, FLOOR)) for line in lines)
    average = np.mean(np.sqrt([_odds(mark) for mark in tall])) ** 2
    return float(average + COUNTED * uncertain / _digits(lines))


def _odds(mark: Found) -> float:
    if mark.label == NOTHING:
        return 0.0
    digit, none = mark.seen.probabilities[mark.label], mark.seen.probabilities[NOTHING:].sum()
    return float(np.clip(np.log(max(digit, FLOOR) / max(none, FLOOR)), 0, SURE))


def _digits(lines: list[Line]) -> int:
    return sum(mark.label != NOTHING for line in lines for mark in line.found)


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

"""Whether what was read in a picture is one digit, a number, or something else."""

import numpy as np

from .desk import CERTAIN
from .lattice import NOTHING
from .numbers import Line
from .readings import Digit

STRANGE = 0.3  # of what is as tall as a digit, at most, is none in a number
ENOUGH = 4  # marks that stand alone tell text from numbers; two or three may be touching digits


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


def is_strange(lines: list[Line]) -> bool:
    """Whether too much of what is as tall as a digit is none, or is given as one against odds."""
    tall = [mark for line in lines for mark in line.found if mark.tall]
    strange = sum(
        mark.label == NOTHING
        or mark.seen.probabilities[NOTHING:].sum() > mark.seen.probabilities[mark.label]
        for mark in tall
    )
    # Letters can be cut into what looks like digits: they have to be refused before they are.
    marks, refused = sum(line.marks for line in lines), sum(line.refused for line in lines)
    letters = marks >= ENOUGH and refused > STRANGE * marks
    digits = sum(mark.label != NOTHING for line in lines for mark in line.found)
    # One mark in doubt makes a number doubtful, not something else.
    mostly_strange = strange > STRANGE * len(tall) and (strange > 1 or len(tall) == 1)
    return letters or mostly_strange or not digits


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

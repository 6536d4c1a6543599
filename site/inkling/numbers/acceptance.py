"""Decide whether a picture holds one digit, a number, or something else."""

from itertools import pairwise

import numpy as np

from ..image.glyph import slant
from ..network.learned_numbers import Acceptance, ReadingFeatures
from ..numeric import median
from ..results import REJECT, Digit
from .candidates import CERTAIN
from .read import ReadSegment, SegmentedLine
from .scores import FLOOR

MAX_ODDS = 8.0  # log odds: a surer network says no more about the rest of a line
MAX_LEAD = 16.0  # log odds, likewise
MAX_LEANING = 0.6  # columns to a row: the two strokes of a V differ by this much


def is_one(one: Digit, lines: list[SegmentedLine], covers: bool) -> bool:
    """Return whether the picture holds a single digit.

    one: the reading of the whole picture as one digit. lines: its reading as a number. covers:
    whether `one` has all the ink that is writing.
    """
    segments = [segment for line in lines for segment in line.segments]
    digits = [segment for segment in segments if segment.label != REJECT]
    if len(digits) > 1:  # a digit broken across would be read as two lines
        return covers and len(lines) > 1 and one.confidence >= CERTAIN
    if not digits:
        return len(segments) == 1 or one.label is not None
    if len(segments) == 1:
        return True
    # A 2 without its foot is a 7: a segment that was left out may make it another digit.
    surer = one.confidence >= min(
        digits[0].classified.probabilities.max(), CERTAIN if covers else 1.0
    )
    return one.label != digits[0].label and surer


def is_number(lines: list[SegmentedLine], acceptance: Acceptance) -> bool:
    """Return whether lines hold digits, rather than a word or a scribble taken for some."""
    if not any(segment.label != REJECT for line in lines for segment in line.segments):
        return False
    odds = float(np.dot(acceptance.weights, features(lines))) + acceptance.bias
    return odds >= acceptance.threshold


def features(lines: list[SegmentedLine]) -> ReadingFeatures:
    """Return the features of lines with at least one digit."""
    segments = [segment for line in lines for segment in line.segments]
    digits = [segment for segment in segments if segment.label != REJECT]
    tall = [segment for segment in segments if segment.tall] or segments
    heights = np.array([segment.height for segment in digits])
    neighbours = [both for line in lines for both in pairwise(line.segments)]
    counted = sum(np.log(max(line.certainty, FLOOR)) for line in lines)
    return ReadingFeatures(
        sure=_mean_of_roots([_odds(segment) for segment in tall], MAX_ODDS),
        lead=_mean_of_roots([segment.lead for segment in tall], MAX_LEAD),
        counted=float(counted / len(digits)),
        cut=float(np.mean([segment.crossed for segment in digits])),
        uneven=float(np.abs(heights - median(heights)).mean()),
        leaning=max((_leaning(*both) for both in neighbours), default=0.0),
    )


def _leaning(left: ReadSegment, right: ReadSegment) -> float:
    """Return the difference of slant of two 1s that a cut separates; 0 for other neighbours."""
    if not (left.label == right.label == 1 and right.crossed > 0):
        return 0.0
    return min(abs(slant(left.classified.glyph) - slant(right.classified.glyph)), MAX_LEANING)


def _mean_of_roots(values: list[float], most: float) -> float:
    return float(np.sqrt(np.clip(values, 0, most)).mean() ** 2)


def _odds(segment: ReadSegment) -> float:
    """Return the log odds of a segment's label; those of a reject count as even."""
    if segment.label == REJECT:
        return 0.0
    digit = float(segment.classified.probabilities[segment.label])
    return float(np.log(max(digit, FLOOR) / max(1 - digit, FLOOR)))


def confidence(lines: list[SegmentedLine]) -> float:
    """Return the probability that all is right, as `Reading` has it, 0 .. 1."""
    shares = [line.certainty for line in lines]
    digits = [
        float(segment.classified.probabilities[segment.label])
        for line in lines
        for segment in line.segments
        if segment.label != REJECT
    ]
    return float(np.prod(shares + digits))

"""What training has learned about reading numbers: the `numbers` entry of the model file.

export/FORMAT.md describes the entry. The fits of training/numbers write it.
"""

from typing import NamedTuple

from ..errors import ModelError
from .model_file import REMEDY

MAX_SIZE = 1e6  # of any of these numbers: sums of products stay finite


class SegmentFeatures(NamedTuple):
    """One number for each feature of a candidate segment: how much of it there is, or its cost.

    Heights are in typical heights of the line's digits.
    """

    run: float  # 1: there is such a segment
    cut: float  # cuts at its left end
    crossed: float  # stroke widths of ink that these cuts cross
    join: float  # components that are joined to another
    gap: float  # heights of paper between them
    low: float  # 1: as small as a comma; 0: as tall as a digit
    tall: float  # 1: as tall as a digit; 0: as small as a comma
    broad: float  # heights by which it is wider than SLIM
    scrap: float  # 1: it lacks a part of a component
    sunk: float  # heights by which it begins below the digits of its line
    raised: float  # heights by which it ends above them


class ReadingFeatures(NamedTuple):
    """One number for each feature of a whole reading: how much of it there is, or its weight.

    They tell a number from a word or a scribble. Those can be cut into shapes like digits too, but
    hardly ever into confident ones of one height. `sure` and `lead` average roots, so that one
    doubtful character counts more than another that is confident beyond the bound. A sign counts
    as 0 in both: it makes a number doubtful, not something else.
    """

    sure: float  # mean log odds that a character as tall as a digit is the digit it is read as
    lead: float  # mean lead of its score over the reject class
    counted: float  # log certainty of the lines' numbers of digits, over the count of digits
    cut: float  # stroke widths of ink that cuts cross, per digit
    uneven: float  # mean distance of the digits' heights from their median, in heights
    leaning: float  # greatest difference of slant between two 1s that a cut separates


class Acceptance(NamedTuple):
    """A logistic regression: accept if features times weights, plus bias, reach the threshold."""

    weights: ReadingFeatures
    bias: float
    threshold: float  # log odds


class LearnedNumbers(NamedTuple):
    """The costs of segments and the acceptance of readings.

    The network expects one drawing in fifty to be no digit. Most segments of a line are none, so
    `reject_odds` multiplies the reject class's odds (M. Saerens et al., see training/train.py).
    """

    trust: float  # factor of the network's log probabilities, above 0
    reject_odds: float  # factor of the reject class's odds, above 0
    digit_costs: SegmentFeatures  # of a segment that is a digit
    reject_costs: SegmentFeatures  # of a segment that is a sign or a stray stroke
    acceptance: Acceptance


def parse_numbers(entry: object, name: str) -> LearnedNumbers:
    """Check the `numbers` entry of a model file called `name`. Raises ModelError."""
    try:
        trust, odds, digit, reject, acceptance = _values(entry, LearnedNumbers._fields)
        weights, bias, threshold = _values(acceptance, Acceptance._fields)
        numbers = LearnedNumbers(
            trust=_number(trust),
            reject_odds=_number(odds),
            digit_costs=SegmentFeatures(*_numbers(digit, SegmentFeatures._fields)),
            reject_costs=SegmentFeatures(*_numbers(reject, SegmentFeatures._fields)),
            acceptance=Acceptance(
                ReadingFeatures(*_numbers(weights, ReadingFeatures._fields)),
                _number(bias),
                _number(threshold),
            ),
        )
        if not (numbers.trust > 0 and numbers.reject_odds > 0):
            raise ValueError("trust and reject_odds should be above 0")
    except ValueError as error:
        raise ModelError(f"{name} has wrong learned numbers ({error}); {REMEDY}.") from None
    return numbers


def _values(entry: object, fields: tuple[str, ...]) -> list:
    """Return the values of a JSON object in the order of its fields."""
    if not isinstance(entry, dict):
        raise ValueError(f"{', '.join(fields)} are missing")
    if different := entry.keys() ^ set(fields):
        raise ValueError(f"{min(different)!r} is missing or unknown")
    return [entry[field] for field in fields]


def _numbers(entry: object, fields: tuple[str, ...]) -> list[float]:
    return [_number(value) for value in _values(entry, fields)]


def _number(value: object) -> float:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not abs(value) <= MAX_SIZE:  # NaN is refused, too
        raise ValueError(f"{str(value)[:20]!r} should be a number up to {MAX_SIZE:.0f}")
    return float(value)

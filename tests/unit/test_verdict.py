"""Whether what was read is a number: how sure its digits are, on the average."""

import numpy as np
import pytest

from inkling import verdict
from inkling.desk import Seen
from inkling.lattice import NOTHING
from inkling.numbers import Found, Line


def found(label: int, odds: float = 1.0, tall: bool = True) -> Found:
    """A mark read as a digit that is so many times likelier than that it is none."""
    probabilities = np.zeros(11, np.float32)
    probabilities[NOTHING] = 1 / (1 + odds)
    probabilities[label % 10] += odds / (1 + odds)
    return Found(Seen(None, None, probabilities), label, tall)


def line(*marks: Found, certainty: float = 1.0) -> Line:
    return Line(list(marks), certainty)


def test_one_mark_in_doubt_tells_more_than_another_that_is_sure():
    even = verdict.sureness([line(found(4, 100), found(7, 100))])
    uneven = verdict.sureness([line(found(4, 1_000), found(7, 10))])
    assert even == pytest.approx(np.log(100), rel=1e-4)
    assert np.log(10) < uneven < even


def test_a_digit_that_is_surer_than_sure_makes_up_for_no_other():
    sure = verdict.sureness([line(found(4, 1e9), found(7, 1e9))])
    assert sure == pytest.approx(verdict.SURE)


def test_a_tall_sign_counts_as_even_odds_and_a_low_one_not_at_all():
    digits = found(4, 1_000), found(7, 1_000), found(0, 1_000)
    alone = verdict.sureness([line(*digits)])
    assert verdict.sureness([line(*digits, found(NOTHING))]) == pytest.approx(alone * (3 / 4) ** 2)
    assert verdict.sureness([line(*digits, found(NOTHING, tall=False))]) == pytest.approx(alone)


def test_to_be_unsure_how_many_digits_there_are_counts_less_the_more_there_are():
    digits = [found(digit, 1_000) for digit in range(10)]
    few, many = line(*digits[:2], certainty=0.5), line(*digits, certainty=0.5)
    certain = verdict.sureness([line(*digits)])
    assert verdict.sureness([few]) < verdict.sureness([many]) < certain


def test_signs_alone_are_no_number():
    assert not verdict.is_number([line(found(NOTHING), found(NOTHING))])
    assert not verdict.is_number([])


def test_one_digit_in_doubt_makes_a_long_number_doubtful_not_something_else():
    sure = [found(digit, 10_000) for digit in (4, 0, 7)]
    assert verdict.is_number([line(*sure, found(1, 0.5))])
    assert not verdict.is_number([line(sure[0], found(1, 0.5))])

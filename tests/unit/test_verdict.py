"""Whether what was read is a number: by how sure its digits are, how even, and how cut."""

import numpy as np
import pytest

from inkling import verdict
from inkling.desk import Seen
from inkling.lattice import NOTHING
from inkling.numbers import Found, Line
from inkling.verdict import Traits, traits


def found(
    label: int, odds: float = 1.0, height: float = 1.0, lead: float = 12.0, crossed: float = 0.0
) -> Found:
    """A mark that is so many times likelier to be the digit it is read as than to be anything
    else."""
    probabilities = np.zeros(11, np.float32)
    probabilities[NOTHING] = 1 / (1 + odds)
    probabilities[label % 10] += odds / (1 + odds)
    lead = 0.0 if label == NOTHING else lead
    return Found(Seen(None, None, probabilities), label, lead, height, crossed)


def line(*marks: Found, certainty: float = 1.0) -> Line:
    return Line(list(marks), certainty)


SURE = [found(digit, 10_000) for digit in (4, 0, 7)]


def test_one_mark_in_doubt_tells_more_than_another_that_is_sure():
    even = traits([line(found(4, 100), found(7, 100))]).sure
    uneven = traits([line(found(4, 1_000), found(7, 10))]).sure
    assert even == pytest.approx(np.log(100), rel=1e-4)
    assert np.log(10) < uneven < even


def test_a_digit_that_is_surer_than_sure_makes_up_for_no_other():
    sure = traits([line(found(4, 1e9, lead=90.0), found(7, 1e9, lead=90.0))])
    assert sure[:2] == pytest.approx((verdict.SURE, verdict.LEADING))


def test_a_digit_that_might_be_another_is_as_doubtful_as_one_that_might_be_none():
    either = np.zeros(11, np.float32)
    either[[4, 9]] = 0.5
    torn = Found(Seen(None, None, either), 4, 12.0, 1.0, 0.0)
    assert traits([line(torn)]).sure == pytest.approx(traits([line(found(4, 1.0))]).sure, abs=1e-6)


def test_a_tall_sign_counts_as_doubt_and_a_low_one_not_at_all():
    digits = found(4, 1_000), found(7, 1_000), found(0, 1_000)
    alone = traits([line(*digits)])
    tall, low = (traits([line(*digits, found(NOTHING, height=height))]) for height in (1.0, 0.1))
    assert tall[:2] == pytest.approx(np.multiply(alone[:2], (3 / 4) ** 2))
    assert low == pytest.approx(alone)


def test_to_be_unsure_how_many_digits_there_are_counts_less_the_more_there_are():
    digits = [found(digit, 1_000) for digit in range(10)]
    few, many = line(*digits[:2], certainty=0.5), line(*digits, certainty=0.5)
    assert traits([few]).counted < traits([many]).counted < traits([line(*digits)]).counted == 0


def test_a_page_is_as_much_a_number_as_each_of_its_lines():
    one = line(*SURE, found(1, 3.0), certainty=0.9)
    assert traits([one] * 10) == pytest.approx(traits([one]))


def test_cuts_and_uneven_heights_are_counted_for_each_digit():
    cut = traits([line(SURE[0], found(7, 10_000, crossed=1.0))])
    assert cut.cut == pytest.approx(0.5) and cut.uneven == 0
    uneven = traits([line(SURE[0], found(7, 10_000, height=0.6))])
    assert uneven.uneven == pytest.approx(0.2) and uneven.cut == 0


def stroke(across: float) -> np.ndarray:
    """A glyph's worth of one straight stroke that moves so many columns to the right in a row."""
    rows, columns = np.mgrid[:28, :28] - 13.5
    near = np.clip(2 - np.abs(columns - across * rows), 0, 1) * (np.abs(rows) <= 9.5)
    return near.astype(np.float32)


def one(across: float, crossed: float) -> Found:
    mark = found(1, 10_000, crossed=crossed)
    return mark._replace(seen=mark.seen._replace(glyph=stroke(across)))


@pytest.mark.parametrize(
    ("marks", "leaning"),
    [
        ([one(0.25, 0.0), one(-0.25, 1.0)], 0.5),  # V
        ([one(-0.9, 0.0), one(0.9, 1.0)], verdict.LEANING),
        ([one(0.3, 0.0), one(0.3, 1.0)], 0.0),  # two 1s that touch
        ([one(0.3, 0.0), one(-0.3, 0.0)], 0.0),  # and two that do not
        ([one(0.3, 0.0), found(7, crossed=1.0)], 0.0),
        ([one(0.3, 0.0), found(4, crossed=1.0), one(-0.3, 0.0)], 0.0),
        ([*SURE, one(-0.1, 0.0), one(0.1, 1.0), one(0.0, 1.0)], 0.2),
    ],
)
def test_two_1s_lean_on_each_other_if_they_were_cut_apart_and_are_not_parallel(marks, leaning):
    assert traits([line(*marks)]).leaning == pytest.approx(leaning, abs=0.01)


def test_everything_that_makes_a_number_doubtful_makes_it_less_likely_one():
    assert all(weight > 0 for weight in verdict.WEIGHTS[:3])
    assert all(weight < 0 for weight in verdict.WEIGHTS[3:])
    assert Traits._fields[:3] == ("sure", "lead", "counted")


def test_signs_alone_are_no_number():
    assert not verdict.is_number([line(found(NOTHING), found(NOTHING))])
    assert not verdict.is_number([])


def test_one_digit_in_doubt_makes_a_long_number_doubtful_not_something_else():
    assert verdict.is_number([line(*SURE, found(1, 0.5, lead=2.0))])
    assert not verdict.is_number([line(found(1, 0.5, lead=0.5))])

"""Whether what was read is a number: by how sure its digits are, how even, and how cut."""

import numpy as np
import pytest

from inkling.network.learned_numbers import ReadingFeatures
from inkling.network.model import Network
from inkling.numbers import acceptance
from inkling.numbers.acceptance import features
from inkling.numbers.candidates import Classified
from inkling.numbers.read import ReadSegment, SegmentedLine
from inkling.results import REJECT


def found(
    label: int, odds: float = 1.0, height: float = 1.0, lead: float = 12.0, crossed: float = 0.0
) -> ReadSegment:
    """A mark that is so many times likelier to be the digit it is read as than to be anything
    else."""
    probabilities = np.zeros(11, np.float32)
    probabilities[REJECT] = 1 / (1 + odds)
    probabilities[label % 10] += odds / (1 + odds)
    lead = 0.0 if label == REJECT else lead
    return ReadSegment(Classified(None, None, probabilities), label, lead, height, crossed)


def line(*segments: ReadSegment, certainty: float = 1.0) -> SegmentedLine:
    return SegmentedLine(list(segments), certainty)


SURE = [found(digit, 10_000) for digit in (4, 0, 7)]


def test_one_mark_in_doubt_tells_more_than_another_that_is_sure():
    even = features([line(found(4, 100), found(7, 100))]).sure
    uneven = features([line(found(4, 1_000), found(7, 10))]).sure
    assert even == pytest.approx(np.log(100), rel=1e-4)
    assert np.log(10) < uneven < even


def test_a_digit_that_is_surer_than_sure_makes_up_for_no_other():
    sure = features([line(found(4, 1e9, lead=90.0), found(7, 1e9, lead=90.0))])
    assert sure[:2] == pytest.approx((acceptance.MAX_ODDS, acceptance.MAX_LEAD))


def test_a_digit_that_might_be_another_is_as_doubtful_as_one_that_might_be_none():
    either = np.zeros(11, np.float32)
    either[[4, 9]] = 0.5
    torn = ReadSegment(Classified(None, None, either), 4, 12.0, 1.0, 0.0)
    assert features([line(torn)]).sure == pytest.approx(
        features([line(found(4, 1.0))]).sure, abs=1e-6
    )


def test_a_tall_sign_counts_as_doubt_and_a_low_one_not_at_all():
    digits = found(4, 1_000), found(7, 1_000), found(0, 1_000)
    alone = features([line(*digits)])
    tall, low = (features([line(*digits, found(REJECT, height=height))]) for height in (1.0, 0.1))
    assert tall[:2] == pytest.approx(np.multiply(alone[:2], (3 / 4) ** 2))
    assert low == pytest.approx(alone)


def test_to_be_unsure_how_many_digits_there_are_counts_less_the_more_there_are():
    digits = [found(digit, 1_000) for digit in range(10)]
    few, many = line(*digits[:2], certainty=0.5), line(*digits, certainty=0.5)
    assert (
        features([few]).counted < features([many]).counted < features([line(*digits)]).counted == 0
    )


def test_a_page_is_as_much_a_number_as_each_of_its_lines():
    one = line(*SURE, found(1, 3.0), certainty=0.9)
    assert features([one] * 10) == pytest.approx(features([one]))


def test_cuts_and_uneven_heights_are_counted_for_each_digit():
    cut = features([line(SURE[0], found(7, 10_000, crossed=1.0))])
    assert cut.cut == pytest.approx(0.5) and cut.uneven == 0
    uneven = features([line(SURE[0], found(7, 10_000, height=0.6))])
    assert uneven.uneven == pytest.approx(0.2) and uneven.cut == 0


def stroke(across: float) -> np.ndarray:
    """A glyph's worth of one straight stroke that moves so many columns to the right in a row."""
    rows, columns = np.mgrid[:28, :28] - 13.5
    near = np.clip(2 - np.abs(columns - across * rows), 0, 1) * (np.abs(rows) <= 9.5)
    return near.astype(np.float32)


def one(across: float, crossed: float) -> ReadSegment:
    mark = found(1, 10_000, crossed=crossed)
    return mark._replace(classified=mark.classified._replace(glyph=stroke(across)))


@pytest.mark.parametrize(
    ("marks", "leaning"),
    [
        ([one(0.25, 0.0), one(-0.25, 1.0)], 0.5),  # V
        ([one(-0.9, 0.0), one(0.9, 1.0)], acceptance.MAX_LEANING),
        ([one(0.3, 0.0), one(0.3, 1.0)], 0.0),  # two 1s that touch
        ([one(0.3, 0.0), one(-0.3, 0.0)], 0.0),  # and two that do not
        ([one(0.3, 0.0), found(7, crossed=1.0)], 0.0),
        ([one(0.3, 0.0), found(4, crossed=1.0), one(-0.3, 0.0)], 0.0),
        ([*SURE, one(-0.1, 0.0), one(0.1, 1.0), one(0.0, 1.0)], 0.2),
    ],
)
def test_two_1s_lean_on_each_other_if_they_were_cut_apart_and_are_not_parallel(marks, leaning):
    assert features([line(*marks)]).leaning == pytest.approx(leaning, abs=0.01)


@pytest.fixture(scope="module")
def learned(trained_model):
    return Network.load(trained_model).numbers.acceptance


def test_everything_that_makes_a_number_doubtful_makes_it_less_likely_one(learned):
    assert all(weight > 0 for weight in learned.weights[:3])
    assert all(weight < 0 for weight in learned.weights[3:])
    assert ReadingFeatures._fields[:3] == ("sure", "lead", "counted")


def test_signs_alone_are_no_number(learned):
    assert not acceptance.is_number([line(found(REJECT), found(REJECT))], learned)
    assert not acceptance.is_number([], learned)


def test_one_digit_in_doubt_makes_a_long_number_doubtful_not_something_else(learned):
    assert acceptance.is_number([line(*SURE, found(1, 0.5, lead=2.0))], learned)
    assert not acceptance.is_number([line(found(1, 0.5, lead=0.5))], learned)

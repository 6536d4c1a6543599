"""Measures, against cases worked out by hand and samples whose truth is known."""

import numpy as np
import pytest

from inkling.results import REJECT
from training.evaluation import calibration, metrics
from training.evaluation.metrics import Answers


def answers(truth, label, likeliest, confidence, writers=None, reasons=None) -> Answers:
    count = len(truth)
    return Answers(
        *(np.array(column) for column in (truth, label, likeliest, confidence)),
        np.zeros((count, 28, 28), np.uint8),
        reasons or [None] * count,
        writers or [None] * count,
    )


@pytest.fixture
def four() -> Answers:
    """Return two right answers, a misread one, and a right one that was rejected."""
    return answers(
        truth=[3, 7, 1, 4],
        label=[3, 7, 7, REJECT],
        likeliest=[3, 7, 7, 4],
        confidence=[1.0, 0.9, 0.8, 0.4],
        writers=["ann", "ann", "ann", "bob"],
        reasons=[None, None, None, "unsure between 4 and 9"],
    )


def test_a_withheld_digit_counts_as_wrong(four):
    measured = metrics.measure_digits(four)
    assert measured["digits"] == 4
    assert measured["accuracy"] == 0.5
    assert measured["coverage"] == 0.75
    assert measured["accuracy_of_answered"] == pytest.approx(2 / 3, abs=1e-5)


def test_every_writer_weighs_the_same(four):
    # Ann had two of three read, Bob none of one.
    assert metrics.measure_digits(four)["accuracy_by_writer"] == pytest.approx(1 / 3, abs=1e-5)
    unknown = four._replace(writers=["ann", "ann", "ann", None])
    assert metrics.measure_digits(unknown)["accuracy_by_writer"] is None


def test_the_confusion_matrix_counts_what_was_likeliest(four):
    measured = metrics.measure_classes(four)
    counts = {(3, 3): 1, (7, 7): 1, (1, 7): 1, (4, 4): 1}
    confusion = np.array(measured["confusion"])
    assert {place: confusion[place] for place in zip(*np.nonzero(confusion), strict=True)} == counts
    assert measured["precision"][7] == 0.5 and measured["recall"][7] == 1
    assert measured["recall"][1] == 0


def test_a_digit_without_ink_is_not_taken_for_a_nought():
    blank = answers([0], [REJECT], [REJECT], [0.0], reasons=["no ink"])
    assert metrics.measure_digits(blank)["accuracy"] == 0
    assert np.sum(metrics.measure_classes(blank)["confusion"]) == 0
    assert not blank.right.any()


def test_what_is_not_a_digit_is_counted_by_why_it_was_refused():
    reasons = [None, "no ink", "unsure between 4 and 9", "unsure between 0 and 6", "not a digit"]
    count = len(reasons)
    found = answers(
        [REJECT] * count, [8] + [REJECT] * 4, [8] * count, [0.5] * count, reasons=reasons
    )
    measured = metrics.measure_rejections(found)
    assert measured["answered"] == 0.2
    assert measured["reasons"] == {"no ink": 1, "not a digit": 1, "unsure": 2}


def test_the_calibration_error_worked_by_hand():
    confidence = np.array([0.95, 0.95, 0.95, 0.95, 0.55, 0.55])
    right = np.array([True, True, True, False, True, False])
    # 4 of 6 answers say 95 % and 75 % are right; 2 of 6 say 55 % and 50 % are.
    expected = 4 / 6 * 0.20 + 2 / 6 * 0.05
    assert calibration.expected_calibration_error(confidence, right) == pytest.approx(expected)
    bins = calibration.reliability(confidence, right)
    assert [(b.accuracy, b.count) for b in bins] == [(0.5, 2), (0.75, 4)]


def test_answers_that_are_right_as_often_as_they_say_have_no_calibration_error():
    random = np.random.default_rng(0)
    confidence = random.uniform(0.1, 1, 400_000)
    right = random.random(len(confidence)) < confidence
    assert calibration.expected_calibration_error(confidence, right) < 0.005
    assert calibration.expected_calibration_error(confidence, right | True) == pytest.approx(
        1 - confidence.mean()
    )


def test_risk_against_coverage_worked_by_hand():
    confidence = np.array([0.8, 0.9, 0.6, 0.8])
    right = np.array([False, True, True, True])
    coverage, risk = calibration.risk_coverage(confidence, right)
    # Two are equally sure: no threshold answers one of them alone.
    np.testing.assert_allclose(coverage, [0.25, 0.75, 1])
    np.testing.assert_allclose(risk, [0, 1 / 3, 1 / 4])


def test_the_curve_in_the_card_ends_where_everything_is_answered(four):
    curve = metrics.coverage_curve(four)
    assert (curve["coverage"][-1], curve["risk"][-1]) == (1, 0.25)
    assert curve["shipped"] == {"coverage": 0.75, "risk": pytest.approx(1 / 3, abs=1e-5)}


@pytest.mark.parametrize(
    ("hits", "count", "interval"),
    # R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in
    # Medicine 17, 1998, table I, method 3.
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_confidence_intervals_are_the_published_ones(hits, count, interval):
    assert metrics.wilson(hits, count) == pytest.approx(interval, abs=1e-4)

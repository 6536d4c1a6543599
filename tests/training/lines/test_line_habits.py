"""Habits of a line's writer: each changes the digits it is about, and no other."""

import numpy as np
import pytest

from training.lines.effects import erased_rule
from training.lines.line_habits import PLAIN, flatten_belly, in_hand, random_hand, size_in_hand

SEVEN = [np.array([(0.0, 0.0), (0.6, 0.0), (0.3, 1.0)])]
ONE = [np.array([(0.0, 0.0), (0.0, 1.0)])]
FIVE = [np.array([(0.5, 0.0), (0.0, 0.0), (0.0, 0.4), (0.5, 0.7), (0.0, 1.0)])]


def test_a_plain_hand_changes_nothing():
    random = np.random.default_rng(0)
    for digit, strokes in zip("715", (SEVEN, ONE, FIVE), strict=True):
        assert in_hand(strokes, digit, PLAIN, random) is strokes
        assert size_in_hand(digit, PLAIN, random) == 1


def test_a_hand_that_crosses_7s_and_begins_1s_with_an_upstroke_does_so_to_each():
    hand, random = PLAIN._replace(crossed=True, upstroke=True), np.random.default_rng(0)
    for _ in range(20):
        assert len(in_hand(SEVEN, "7", hand, random)) == 2
        begin, stem = in_hand(ONE, "1", hand, random)
        assert np.allclose(begin[-1], stem[0]) and begin[0, 0] < 0
        assert in_hand(FIVE, "5", hand, random) is FIVE


def test_a_flat_5_keeps_its_bar_and_loses_its_belly():
    (five,) = flatten_belly(FIVE, 0.2)
    assert five[:, 0] == pytest.approx([0.5, 0, 0, 0.1, 0])
    assert np.array_equal(five[:, 1], FIVE[0][:, 1])


def test_small_zeros_are_smaller_than_the_other_digits():
    hand = PLAIN._replace(zero=0.6)
    random = np.random.default_rng(0)
    assert [size_in_hand(digit, hand, random) for digit in "018"] == [0.6, 1, 1]


def test_digits_of_an_uneven_hand_differ_in_size_and_slant():
    hand, random = PLAIN._replace(uneven=True), np.random.default_rng(0)
    assert len({size_in_hand("3", hand, random) for _ in range(5)}) == 5
    ends = [in_hand(ONE, "1", hand, random)[0][-1, 0] for _ in range(200)]
    assert np.std(ends) == pytest.approx(0.12, abs=0.03)


def test_most_lines_have_no_habit_or_one():
    random = np.random.default_rng(0)
    hands = [random_hand(random) for _ in range(500)]
    count = [sum(mine != plain for mine, plain in zip(hand, PLAIN, strict=True)) for hand in hands]
    assert np.mean(np.array(count) <= 1) > 0.65 and max(count) > 2


def test_an_erased_rule_takes_ink_from_the_feet_alone():
    ink = np.ones((80, 30), np.float32)
    for seed in range(20):
        left = erased_rule(ink, 40, np.random.default_rng(seed))
        rows = np.flatnonzero(left[:, 0] < 1)
        assert len(rows) and rows[0] >= 50 and len(rows) <= 8 and (left[rows] <= 0.4).all()

"""The parts of a reading, as the worker sends it."""

from types import SimpleNamespace

import pytest

from ui.pad.strokes import Stroke
from ui.reading.readings import digits_of, is_number, just_written, ranking, runner_up, text_of

BOXES = [[0, 0, 10, 10], [20, 0, 30, 10]]


def shares(**likely):
    """Ten probabilities, 0.01 each but for those named: shares(_1=0.57)."""
    return [likely.get(f"_{digit}", 0.01) for digit in range(10)]


def test_the_runner_up_is_the_second_likeliest_digit():
    assert runner_up(shares(_1=0.7, _9=0.2)) == 9


def test_there_is_no_runner_up_where_the_reject_class_is_likelier():
    # A backslash: 1 with 0.57, none with 0.34.
    assert runner_up(shares(_1=0.57)) is None


def test_digits_are_ranked_by_probability():
    assert ranking(shares(_4=0.5, _9=0.3))[:2] == [4, 9]


def test_a_digit_and_a_number_are_read_alike():
    digit = SimpleNamespace(label=7)
    number = SimpleNamespace(text="47", digits=[SimpleNamespace(label=4), digit])
    assert (is_number(digit), text_of(digit), digits_of(digit)) == (False, "7", [digit])
    assert (is_number(number), text_of(number), len(digits_of(number))) == (True, "47", 2)
    assert text_of(SimpleNamespace(reason="not a digit")) == ""


@pytest.mark.parametrize(("x", "index"), [(5, 0), (25, 1), (15, 0)])
def test_the_digit_just_written_is_where_the_last_stroke_ends(x, index):
    strokes = (Stroke([[25, 5, 1, 0]]), Stroke([[1, 1, 1, 0], [x, 5, 1, 9]]))
    assert just_written(strokes, BOXES) == index
    assert just_written((), BOXES) == 0

"""Single digits split from numbers: strokes that stand apart, in the order of the page."""

import numpy as np
import pytest

from training.synth.render import read_trajectories
from training.synth.split_numbers import split_digits

STEM = np.array([[5.0, 0], [4, 10]])
HOOK = np.array([[0.0, 0], [0, 6], [7, 6]])
DOT = np.array([[3.0, 1]])


def moved(stroke: np.ndarray, right: float) -> np.ndarray:
    return stroke + np.array([right, 0])


def number(label: str, *strokes: np.ndarray) -> dict:
    drawn = [stroke.tolist() for stroke in strokes]
    return {"label": label, "writer": "somebody", "strokes": drawn}


def test_strokes_above_each_other_are_one_digit_and_others_are_others():
    one, four = split_digits([number("14", STEM, moved(HOOK, 12), moved(STEM, 12))])
    assert (one["label"], four["label"]) == ("1", "4")
    assert (len(one["strokes"]), len(four["strokes"])) == (1, 2)
    assert one["writer"] == four["writer"] == "somebody"


def test_digits_come_in_the_order_of_the_page_whenever_they_were_written():
    found = split_digits([number("41", moved(STEM, 20), HOOK, STEM)])
    assert [digit["label"] for digit in found] == ["4", "1"]
    assert found[1]["strokes"][0][0, 0] == 25


def test_a_stroke_that_bridges_two_makes_them_one():
    bridge = np.array([[4.0, 3], [15, 3]])
    (digit,) = split_digits([number("7", STEM, moved(STEM, 10), bridge)])
    assert len(digit["strokes"]) == 3


def test_slanting_neighbours_that_share_little_of_the_width_stay_apart():
    assert len(split_digits([number("11", HOOK, moved(HOOK, 6.5))])) == 2
    assert not split_digits([number("11", HOOK, moved(HOOK, 3))])


@pytest.mark.parametrize("label", ["1", "111"])
def test_a_number_of_another_count_of_digits_teaches_nothing(label):
    assert split_digits([number(label, STEM, moved(STEM, 10))]) == []


def test_a_dot_belongs_to_what_it_is_above():
    (digit,) = split_digits([number("7", HOOK, DOT)])
    assert len(digit["strokes"]) == 2


def test_most_numbers_of_real_writers_come_apart(handwriting):
    rows = read_trajectories(handwriting / "pen" / "unipen_strings_train.json.gz")
    found = split_digits(rows)
    assert len(found) > 0.8 * sum(len(row["label"]) for row in rows)
    assert {digit["label"] for digit in found} == set("0123456789")

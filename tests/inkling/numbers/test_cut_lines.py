"""Lines are cut out level, whole, and a little differently for a second look."""

import numpy as np
import pytest

from inkling.image.segment import writing
from inkling.numbers.cut_lines import cut_lines, levelled, other_views, rise
from inkling.numbers.line_image import DIGIT_HEIGHT, HEIGHT, digit_band
from inkling.numbers.read_lines import VIEWS


def stairs(step: int, count: int = 5) -> np.ndarray:
    """Upright bars of 12 x 40 pixels, each `step` rows lower than the one before."""
    ink = np.zeros((300, 60 * count + 60), np.float32)
    for i in range(count):
        top = 120 + i * step
        ink[top : top + 40, 60 + i * 60 : 72 + i * 60] = 1
    return ink


def boxes_of(ink: np.ndarray) -> np.ndarray:
    found = writing(ink)
    return found.marks.boxes[found.all]


@pytest.mark.parametrize("step", [-12, 12])
def test_the_rise_of_a_slanting_line_is_measured(step):
    boxes = boxes_of(stairs(step))
    assert rise(boxes, digit_band(boxes)) == pytest.approx(step / 60, abs=0.01)


def test_a_line_that_rises_by_less_than_a_third_of_a_digit_counts_as_level():
    boxes = boxes_of(stairs(2))
    assert rise(boxes, digit_band(boxes)) == 0


def test_levelling_loses_no_ink_and_brings_tops_to_one_row():
    ink = stairs(12)
    level = levelled(ink, 12 / 60)
    assert level.sum() == ink.sum()
    tops = [np.flatnonzero(level[:, x])[0] for x in range(66, 306, 60)]
    assert max(tops) - min(tops) <= 1


def test_a_slanting_line_fills_the_band_of_digits_of_its_line_image():
    (line,) = cut_lines(stairs(12), writing(stairs(12)))
    rows = np.flatnonzero(line.image.pixels.max(axis=1) > 0.5)
    assert abs(rows[-1] - rows[0] + 1 - DIGIT_HEIGHT) <= 2
    assert abs(rows.mean() - HEIGHT / 2) <= 1.5


def test_digits_that_stand_on_a_rule_are_not_cut_off():
    ink = stairs(0)
    ink[157:160] = 1  # from edge to edge, through the feet of all
    ink[157:160, 180:] = 0  # the last bars stand free
    ink[157:160, :30] = 0
    (line,) = cut_lines(ink, writing(ink))
    bars = (line.image.pixels[HEIGHT // 2] > 0.5).astype(int)
    assert (np.diff(bars) == 1).sum() == 5


def test_other_views_show_the_same_columns_larger_smaller_higher_and_lower():
    (line,) = cut_lines(stairs(0), writing(stairs(0)))
    heights, middles = [], []
    for view in other_views(line, [change for some in VIEWS for change in some]):
        rows = np.flatnonzero(view.image.pixels.max(axis=1) > 0.5)
        heights.append(len(rows))
        middles.append(rows.mean())
    assert heights[0] < DIGIT_HEIGHT < heights[1]
    assert middles[2] < HEIGHT / 2 - 1 and middles[3] > HEIGHT / 2

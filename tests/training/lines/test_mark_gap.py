"""Decimal marks keep clear of their neighbours, as in numerals that people wrote."""

import numpy as np
import pytest

from training.lines.compose import Hands, compose_line, shifted
from training.lines.mark_gap import THIN_PEN, is_beside_mark, missing_gap, random_mark_gap

STEM = np.array([(0.0, 0.0), (0.0, 1.0)])
FOOT = np.array([(0.3, 0.0), (0.0, 1.0), (0.6, 1.0)])  # its foot reaches out, like a 2's
DOT = np.array([(0.0, 0.0), (0.01, 0.0)])


def nearest(first: list[np.ndarray], second: list[np.ndarray]) -> float:
    points = np.linspace(0, 1, 200)[:, None]
    dense = [
        np.concatenate([line[:1] + (line[-1:] - line[:1]) * points for line in pieces(strokes)])
        for strokes in (first, second)
    ]
    return float(np.sqrt(((dense[0][:, None] - dense[1]) ** 2).sum(axis=2)).min())


def pieces(strokes: list[np.ndarray]):
    return [stroke[i : i + 2] for stroke in strokes for i in range(len(stroke) - 1)]


@pytest.mark.parametrize("gap", [0.1, 0.27, 0.5])
def test_a_stroke_is_moved_until_no_point_is_nearer_than_the_gap(gap):
    after = [shifted(STEM, 0.2, 0)]
    more = missing_gap([FOOT], after, gap)
    moved = [shifted(stroke, more, 0) for stroke in after]
    assert nearest([FOOT], moved) == pytest.approx(gap, abs=0.01)


def test_what_is_far_enough_away_is_not_moved():
    assert missing_gap([STEM], [shifted(STEM, 0.5, 0)], 0.3) == 0
    assert missing_gap([STEM], [shifted(DOT, 0.1, 2)], 0.3) == 0  # far below


def test_a_mark_and_what_follows_it_are_beside_a_mark():
    assert [is_beside_mark("12.5", place) for place in range(4)] == [False, False, True, True]
    assert not is_beside_mark("5", 0)


def test_wide_pens_leave_wider_gaps():
    thin = [random_mark_gap(np.random.default_rng(seed)) for seed in range(50)]
    wide = [random_mark_gap(np.random.default_rng(seed), THIN_PEN + 0.1) for seed in range(50)]
    assert np.allclose(np.subtract(wide, thin), 0.1)


def test_composed_points_touch_no_digit_of_a_wide_pen():
    rows = [
        {"label": label, "writer": "a", "strokes": strokes}
        for label, strokes in {"2": [FOOT.tolist()], ".": [DOT.tolist()]}.items()
        for _ in range(8)
    ]
    hands, pen = Hands(rows), 0.3
    for seed in range(30):
        two, dot, other = compose_line("2.2", hands, np.random.default_rng(seed), pen=pen)
        # A line that leans is narrower by up to a third.
        assert nearest([two], [dot]) > 0.6 * pen and nearest([dot], [other]) > 0.6 * pen

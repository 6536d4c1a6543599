"""Altered glyphs are moved and turned as they were told to be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkling.explain.alterations import moved, turned

DOT = np.zeros((28, 28), np.float32)
DOT[10, 12] = 1
BY = st.integers(-40, 40)


@given(BY, BY)
def test_a_dot_moves_by_so_many_pixels_or_out_of_the_frame(right, down):
    out = moved(DOT, right, down)
    row, column = 10 + down, 12 + right
    inside = 0 <= row < 28 and 0 <= column < 28
    assert out.sum() == inside and (not inside or out[row, column] == 1)


def test_a_quarter_turn_is_clockwise():
    # 14 is the middle: (10, 12) lies above it and to its left, and comes to lie right of it.
    assert turned(DOT, 90) == pytest.approx(np.rot90(DOT, -1), abs=1e-3)


def test_no_turn_changes_nothing():
    assert np.array_equal(turned(DOT, 0), DOT)

"""Marks in lines, from the top."""

import numpy as np
import pytest

from inkling.numbers.text_lines import text_lines


def page(rows: int, columns: int, tilt: float = 0.0, seed: int = 0) -> np.ndarray:
    """Boxes of a page of digits, row by row; every row falls by `tilt` of the way to the right."""
    random = np.random.default_rng(seed)
    y, x = (axis.ravel() * 60.0 for axis in np.mgrid[:rows, :columns])
    left, top = x + random.uniform(-4, 4, len(x)), y + tilt * x + random.uniform(-4, 4, len(x))
    sizes = random.uniform(0.8, 1.2, (2, len(x))) * [[22], [36]]
    return np.stack([left, top, left + sizes[0], top + sizes[1]], axis=1)


@pytest.mark.parametrize("tilt", [-0.15, 0.0, 0.15])
def test_rows_of_a_tilted_page_stay_apart(tilt):
    boxes = page(6, 8, tilt)
    order = np.random.default_rng(1).permutation(len(boxes))
    found = [sorted(order[line]) for line in text_lines(boxes[order])]
    assert found == [list(range(8 * row, 8 * row + 8)) for row in range(6)]


def test_a_low_mark_belongs_to_the_line_that_is_nearest():
    boxes = np.concatenate([page(2, 4), [[45, 38, 50, 44], [160, 22, 174, 26]]])
    first, second = text_lines(boxes)
    assert {8, 9} <= set(first) and len(second) == 4


def test_a_single_mark_is_a_line():
    assert [list(line) for line in text_lines(np.array([[0, 0, 5, 5]]))] == [[0]]


def test_a_comma_below_the_digits_belongs_to_their_line():
    boxes = np.array([[0, 0, 20, 36], [30, 2, 50, 38], [56, 34, 64, 56]])
    assert [sorted(line) for line in text_lines(boxes)] == [[0, 1, 2]]

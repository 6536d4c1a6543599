"""Quantiles compared with numpy, small systems of equations and main directions with LAPACK."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from inkling.numeric import main_direction, median, medians, quantile, solve

values = arrays.arrays(
    np.float32, arrays.array_shapes(max_dims=2, max_side=12), elements=st.floats(-1, 1, width=32)
)
SEEDS = st.integers(0, 2**32 - 1)


def eigenvectors(seed: int) -> np.ndarray:
    """Three directions at right angles, in columns."""
    return np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))[0]


@given(values, st.floats(0, 1))
def test_a_quantile_is_numpys(some, share):
    assert quantile(some, share) == pytest.approx(float(np.quantile(some, share)), abs=1e-6)


@given(values)
def test_a_median_is_numpys_of_all_values_or_along_an_axis(some):
    assert median(some) == pytest.approx(float(np.median(some)), abs=1e-6)
    assert medians(some, axis=0) == pytest.approx(np.median(some, axis=0), abs=1e-6)


@given(SEEDS, st.integers(1, 9), st.integers(1, 4))
def test_equations_are_solved_as_by_lapack(seed, count, columns):
    random = np.random.default_rng(seed)
    matrix = random.normal(size=(count, count)) + 3 * np.eye(count)
    right = random.normal(size=(count, columns))
    least = np.linalg.norm(matrix @ np.linalg.solve(matrix, right) - right)
    assert np.linalg.norm(matrix @ solve(matrix, right) - right) <= 10 * least + 1e-13


def test_a_first_pivot_of_nothing_is_exchanged():
    assert solve(np.array([[0, 2], [4, 0]]), np.array([[2], [8]])).tolist() == [[2], [1]]


@given(SEEDS, st.lists(st.floats(0, 0.999), min_size=2, max_size=2), st.floats(1e-6, 1e6))
def test_the_main_direction_is_the_eigenvector_of_the_largest_eigenvalue(seed, lesser, size):
    directions = eigenvectors(seed)
    spread = size * (directions * [1, *lesser]) @ directions.T
    found = main_direction(spread)
    assert abs(found @ directions[:, 0]) == pytest.approx(1, abs=1e-12)
    assert abs(found @ np.linalg.eigh(spread)[1][:, -1]) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("spread", [np.zeros((3, 3)), np.eye(3), np.ones((3, 3))])
def test_a_spread_without_one_main_direction_still_gives_a_direction(spread):
    assert np.linalg.norm(main_direction(spread)) == pytest.approx(1)

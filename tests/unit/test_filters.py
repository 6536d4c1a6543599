"""Filters over pictures, against the definition at every pixel."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from inkling.filters import blurred, extreme, resized

pictures = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 12), st.integers(1, 12)),
    elements=st.floats(0, 1, width=32),
)


def windows(values: np.ndarray, reach: int) -> np.ndarray:
    """(H, W, 2 reach + 1, 2 reach + 1): what lies around every pixel, edges extended."""
    size = 2 * reach + 1
    return np.lib.stride_tricks.sliding_window_view(np.pad(values, reach, "edge"), (size, size))


@pytest.mark.parametrize("of", [np.minimum, np.maximum])
@settings(deadline=None)
@given(values=pictures, reach=st.integers(0, 6))
def test_an_extreme_is_that_of_the_window_around_each_pixel(of, values, reach):
    assert np.array_equal(
        extreme(values, reach, of), of.reduce(windows(values, reach), axis=(2, 3))
    )


@settings(deadline=None)
@given(values=pictures, reach=st.integers(1, 4))
def test_a_blur_is_the_mean_of_the_window_taken_twice(values, reach):
    once = windows(values, reach).mean(axis=(2, 3))
    twice = windows(once, reach).mean(axis=(2, 3))
    assert np.allclose(blurred(values, reach), twice, atol=1e-5)


@pytest.mark.parametrize("shape", [(10, 20), (40, 80), (160, 320)])
def test_resizing_keeps_an_even_tone(shape):
    assert np.allclose(resized(np.full((40, 80), 0.3, np.float32), shape), 0.3)

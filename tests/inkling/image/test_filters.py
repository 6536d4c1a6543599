"""Filters over pictures, against the definition at every pixel."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from inkling.image.filters import bounding_box, box_blur, dilate, max_filter, min_filter, resize

masks = arrays.arrays(bool, arrays.array_shapes(min_dims=2, max_dims=2, max_side=20))
pictures = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 12), st.integers(1, 12)),
    elements=st.floats(0, 1, width=32),
)


def windows(values: np.ndarray, reach: int) -> np.ndarray:
    """(H, W, 2 reach + 1, 2 reach + 1): what lies around every pixel, edges extended."""
    size = 2 * reach + 1
    return np.lib.stride_tricks.sliding_window_view(np.pad(values, reach, "edge"), (size, size))


@settings(deadline=None)
@given(values=pictures, reach=st.integers(0, 6))
def test_a_minimum_and_a_maximum_are_those_of_the_window_around_each_pixel(values, reach):
    around = windows(values, reach)
    assert np.array_equal(min_filter(values, reach), around.min(axis=(2, 3)))
    assert np.array_equal(max_filter(values, reach), around.max(axis=(2, 3)))


@settings(deadline=None)
@given(values=pictures, reach=st.integers(1, 4))
def test_a_blur_is_the_mean_of_the_window_taken_twice(values, reach):
    once = windows(values, reach).mean(axis=(2, 3))
    twice = windows(once, reach).mean(axis=(2, 3))
    assert np.allclose(box_blur(values, reach), twice, atol=1e-5)


@pytest.mark.parametrize("shape", [(10, 20), (40, 80), (160, 320)])
def test_resizing_keeps_an_even_tone(shape):
    assert np.allclose(resize(np.full((40, 80), 0.3, np.float32), shape), 0.3)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.integers(8, 60), st.integers(8, 60))
def test_a_dilated_mask_is_its_maximum_filter(seed, reach, height, width):
    mask = np.random.default_rng(seed).random((height, width)) > 0.9
    assert np.array_equal(dilate(mask, reach), max_filter(mask, reach))


@settings(deadline=None)
@given(masks)
def test_a_mask_has_the_bounding_box_that_pillow_finds(mask):
    assert bounding_box(mask) == Image.fromarray(mask.astype(np.uint8)).getbbox()

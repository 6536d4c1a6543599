"""Masks and quantiles: what numpy, Pillow and plain filters say, in less time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from inkling.filters import extreme
from inkling.masks import bounds, widened
from inkling.quantiles import median, medians, quantile

masks = arrays.arrays(bool, arrays.array_shapes(min_dims=2, max_dims=2, max_side=20))
values = arrays.arrays(
    np.float32, arrays.array_shapes(max_dims=2, max_side=12), elements=st.floats(-1, 1, width=32)
)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.integers(8, 60), st.integers(8, 60))
def test_bits_are_widened_as_any_values_are(seed, reach, height, width):
    mask = np.random.default_rng(seed).random((height, width)) > 0.9
    assert np.array_equal(widened(mask, reach), extreme(mask, reach, np.maximum))


@given(masks)
def test_a_mask_has_the_bounds_that_pillow_finds(mask):
    assert bounds(mask) == Image.fromarray(mask.astype(np.uint8)).getbbox()


@given(values, st.floats(0, 1))
def test_a_quantile_is_numpys(some, share):
    assert quantile(some, share) == pytest.approx(float(np.quantile(some, share)), abs=1e-6)


@given(values)
def test_a_median_is_numpys_of_all_values_or_along_an_axis(some):
    assert median(some) == pytest.approx(float(np.median(some)), abs=1e-6)
    assert medians(some, axis=0) == pytest.approx(np.median(some, axis=0), abs=1e-6)

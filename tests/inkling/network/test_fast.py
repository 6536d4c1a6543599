"""The fast forward pass computes what the plain layers do, whatever the shapes."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inkling.network import fast, layers, winograd
from inkling.network.model import OPS, Network
from inkling.network.model_file import read_arrays

LINES = Path(__file__).resolve().parents[3] / "site" / "model" / "lines.npz"
# Of the largest output: transforms lose one of float32's seven digits, and a half.
WINOGRAD_ERROR = 2e-5


def drawn(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def differing(ours: np.ndarray, plain: np.ndarray) -> float:
    """The largest difference, as a share of the largest plain value."""
    assert ours.shape == plain.shape and ours.dtype == plain.dtype == np.float32
    return float(np.abs(ours - plain).max() / np.abs(plain).max())


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.tuples(st.integers(1, 3), st.integers(5, 16), st.integers(5, 16), st.integers(1, 40)),
    st.tuples(st.integers(1, 5), st.integers(1, 5)),
    st.tuples(st.integers(1, 3), st.integers(1, 3)),
    st.sampled_from(["same", "valid"]),
    st.integers(1, 6),
)
def test_a_prepared_convolution_is_the_plain_one(seed, shape, size, stride, padding, depth):
    x, bias = drawn(seed, *shape), drawn(seed + 1, depth)
    kernel = drawn(seed + 2, *size, shape[-1], depth)
    plain = layers.conv2d(x, kernel, bias, stride, padding)
    ours = fast.convolution(kernel, bias, stride, padding)(x)
    tiled = size == (3, 3) and stride == (1, 1) and padding == "same"
    assert differing(ours, plain) < (WINOGRAD_ERROR if tiled else 1e-5)


@pytest.mark.parametrize("used", [[], [0], [6], [0, 6, 12], [3, 9], [2, 5], [11, 12]])
def test_a_convolution_skips_columns_that_are_zero_at_even_distances(used):
    x, bias = drawn(0, 2, 3, 20, 5), drawn(1, 4)
    kernel = np.zeros((2, 13, 5, 4), np.float32)
    kernel[:, used] = drawn(2, 2, 13, 5, 4)[:, used]
    ours = fast.patches_convolution(kernel, bias, padding="same")
    assert differing(ours(x), layers.conv2d(x, kernel, bias, padding="same")) < 1e-5


def test_the_line_network_s_kernel_of_three_taps_has_three_columns_left():
    _, arrays = read_arrays(LINES, LINES.name)
    kernel, bias = arrays["along3.kernel"], arrays["along3.bias"]
    assert kernel.shape[1] == 13
    prepared = fast.patches_convolution(kernel, bias, padding="same")
    assert prepared.keywords["kernel"].shape[1] == 3 * kernel.shape[2]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.tuples(st.integers(1, 3), st.integers(1, 30), st.integers(1, 30), st.integers(1, 20)),
    st.integers(1, 8),
)
def test_winograd_s_convolution_is_the_plain_one_on_maps_of_any_size(seed, shape, depth):
    x, bias = np.maximum(drawn(seed, *shape), 0), drawn(seed + 1, depth)
    kernel = drawn(seed + 2, 3, 3, shape[-1], depth)
    ours = winograd.prepared(kernel, bias)(x)
    assert differing(ours, layers.conv2d(x, kernel, bias, padding="same")) < WINOGRAD_ERROR


def test_square_tiles_round_less_than_long_ones():
    x, kernel, bias = np.maximum(drawn(0, 4, 16, 28, 48), 0), drawn(1, 3, 3, 48, 64), drawn(2, 64)
    exact = layers.conv2d(*(a.astype(np.float64) for a in (x, kernel, bias)), padding="same")
    square, long = (winograd.prepared(kernel, bias, square)(x) for square in (True, False))
    assert differing(square, exact) < differing(long, exact) < WINOGRAD_ERROR


@pytest.mark.parametrize("way", [winograd.DOWN, winograd.ACROSS])
def test_winograd_s_matrices_convolve_exactly_but_for_rounding(way):
    x, kernel = (np.random.default_rng(0).normal(size=n) for n in (way.window, 3))
    ours = way.outputs @ ((way.kernel @ kernel) * (way.inputs @ x))
    np.testing.assert_allclose(ours, np.convolve(x, kernel[::-1], "valid"), atol=1e-12)


@pytest.mark.parametrize("count", [0, 1, fast.BATCH, fast.BATCH + 1])
def test_the_network_gives_what_its_plain_layers_give(trained_model, count):
    network = Network.load(trained_model)
    glyphs = np.random.default_rng(count).random((count, 28, 28)).astype(np.float32)
    x = glyphs[..., None]
    for op, parameters in network.steps:
        x = OPS[op](x, **parameters)
    assert network.logits(glyphs).shape == x.shape
    np.testing.assert_allclose(network.logits(glyphs), x, atol=5e-5)


def test_the_glyphs_that_are_read_stay_as_they_are(trained_model):
    glyphs = np.random.default_rng(0).random((2, 28, 28)).astype(np.float32)
    before = glyphs.copy()
    Network.load(trained_model).logits(glyphs)
    assert np.array_equal(glyphs, before)

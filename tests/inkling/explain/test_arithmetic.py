"""The arithmetic of one value gives what the forward pass gives there."""

import numpy as np
import pytest

from inkling.explain import arithmetic
from inkling.explain.occlusion import run_layers
from inkling.network import layers


@pytest.fixture(scope="module")
def steps(reader, drawn_digits):
    glyph = reader.read_digit(drawn_digits[3]).glyph
    outputs = [layer.output for layer in run_layers(reader.network, glyph)]
    return arithmetic.walk(reader.network, glyph, outputs)


def indices(steps, op):
    return [index for index, step in enumerate(steps) if step.op == op]


def places(step, count=60):
    rng = np.random.default_rng(1)
    height, width, depth = step.after.shape
    corners = [(0, 0, 0), (depth - 1, height - 1, width - 1)]
    return corners + [
        tuple(map(int, rng.integers(0, (depth, height, width)))) for _ in range(count)
    ]


def test_the_walk_begins_with_the_glyph_and_ends_with_the_readers_probabilities(reader, steps):
    assert len(steps) == len(reader.network.steps) + 2
    glyph = steps[0].after[..., 0]
    assert steps[-1].after == pytest.approx(reader.network.probabilities(glyph[None])[0], abs=1e-6)


def test_a_convolutions_products_add_up_to_its_value_at_every_place(steps):
    for index in indices(steps, "conv2d"):
        step = steps[index]
        exact = layers.conv2d(step.before[None], **step.parameters)[0]
        scale = float(np.abs(exact).max())
        for depth, row, column in places(step):
            found = arithmetic.convolution_at(step, depth, row, column)
            assert found.value == pytest.approx(exact[row, column, depth], abs=1e-5 * scale)
            assert found.value == pytest.approx(step.after[row, column, depth], abs=1e-4 * scale)
            assert np.array_equal(found.products, found.patch * found.kernel)


def test_the_patch_lies_in_the_input_where_its_corner_says(steps):
    step = steps[indices(steps, "conv2d")[1]]
    found = arithmetic.convolution_at(step, 0, 5, 6)
    (top, left), (high, wide) = found.corner, found.patch.shape[:2]
    assert np.array_equal(step.before[top : top + high, left : left + wide], found.patch)
    padded = arithmetic.convolution_at(step, 0, 0, 0)
    assert padded.corner == (-1, -1) and not padded.patch[0].any() and not padded.patch[:, 0].any()


def test_poolings_window_holds_the_value_that_is_kept(steps):
    for index in indices(steps, "max_pool2d"):
        step = steps[index]
        for depth, row, column in places(step):
            window = arithmetic.pooling_at(step, depth, row, column)
            assert window.value == step.after[row, column, depth] == window.values.max()


def test_a_dense_layers_products_add_up_to_its_logit(steps):
    (index,) = indices(steps, "dense")
    shape = arithmetic.shape_before_flatten(steps, index)
    assert np.prod(shape) == len(steps[index].before)
    for unit, logit in enumerate(steps[index].after):
        found = arithmetic.dense_at(steps[index], unit, shape)
        assert found.value == pytest.approx(logit, abs=1e-4)


def test_softmax_in_steps_gives_the_calibrated_probabilities(reader, steps):
    for index, probability in enumerate(steps[-1].after):
        share = arithmetic.softmax_at(steps[-1], index)
        assert share.value == pytest.approx(probability, abs=1e-6)
        assert share.scaled * reader.network.temperature == pytest.approx(steps[-1].before[index])

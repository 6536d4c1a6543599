"""The layers compute what ONNX says: against onnxruntime, and against ONNX's own operator tests."""

import warnings

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from onnx import helper
from onnx.backend.test.case.node import collect_testcases

from inkling.network import layers

pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))
shapes = st.tuples(*(st.integers(1, most) for most in (3, 12, 12, 4)))  # N, H, W, C
paddings = st.sampled_from(["valid", "same"])
AUTO_PAD = {"valid": "VALID", "same": "SAME_UPPER"}


def onnx_run(op: str, inputs: list[np.ndarray], **attributes) -> np.ndarray:
    """One ONNX operator, operator set 18, run by onnxruntime."""
    names = [f"input{i}" for i in range(len(inputs))]
    declared = [
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, array.shape)
        for name, array in zip(names, inputs, strict=True)
    ]
    output = helper.make_tensor_value_info("output", onnx.TensorProto.FLOAT, None)
    node = helper.make_node(op, names, ["output"], **attributes)
    graph = helper.make_graph([node], op, declared, [output])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString())
    return session.run(None, dict(zip(names, inputs, strict=True)))[0]


def channels_first(x: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(np.moveaxis(x, -1, 1))


def channels_last(x: np.ndarray) -> np.ndarray:
    return np.moveaxis(x, 1, -1)


def drawn(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    shapes,
    st.tuples(st.integers(1, 5), st.integers(1, 5)),
    pairs,
    paddings,
    st.integers(1, 5),
)
def test_conv2d_is_the_conv_of_onnx(seed, shape, size, stride, padding, depth):
    assume(padding == "same" or (shape[1] >= size[0] and shape[2] >= size[1]))
    x, bias = drawn(seed, *shape), drawn(seed + 1, depth)
    kernel = drawn(seed + 2, *size, shape[-1], depth)
    ours = layers.conv2d(x, kernel, bias, stride, padding)
    weights = np.ascontiguousarray(kernel.transpose(3, 2, 0, 1))
    theirs = onnx_run(
        "Conv", [channels_first(x), weights, bias], strides=stride, auto_pad=AUTO_PAD[padding]
    )
    assert ours.dtype == np.float32
    np.testing.assert_allclose(ours, channels_last(theirs), atol=1e-4, rtol=1e-4)


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    shapes,
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    pairs,
    paddings,
)
def test_max_pool2d_is_the_max_pool_of_onnx(seed, shape, size, stride, padding):
    # onnxruntime refuses the negative padding that a step beyond its window would need.
    fits = shape[1] >= size[0] and shape[2] >= size[1]
    assume(size >= stride and size[1] >= stride[1] if padding == "same" else fits)
    x = drawn(seed, *shape) - 2  # mostly negative: padding with zeros would show
    theirs = onnx_run(
        "MaxPool",
        [channels_first(x)],
        kernel_shape=size,
        strides=stride,
        auto_pad=AUTO_PAD[padding],
    )
    assert np.array_equal(layers.max_pool2d(x, size, stride, padding), channels_last(theirs))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 9), st.integers(1, 20), st.floats(0.2, 5))
def test_dense_relu_softmax_and_average_are_those_of_onnx(seed, count, width, temperature):
    x, kernel, bias = drawn(seed, count, width), drawn(seed + 1, width, 7), drawn(seed + 2, 7)
    logits = onnx_run("Gemm", [x, kernel, bias])
    np.testing.assert_allclose(layers.dense(x, kernel, bias), logits, atol=1e-4, rtol=1e-4)
    assert np.array_equal(layers.relu(x), onnx_run("Relu", [x]))
    scaled = (logits / np.float32(temperature)).astype(np.float32)
    softened = layers.softmax(logits, temperature)
    np.testing.assert_allclose(softened, onnx_run("Softmax", [scaled], axis=-1), atol=1e-6)
    picture = drawn(seed, count, 3, 5, width)
    average = onnx_run("GlobalAveragePool", [channels_first(picture)])[:, :, 0, 0]
    np.testing.assert_allclose(layers.global_average_pool(picture), average, atol=1e-5)


def test_softmax_of_huge_logits_is_finite():
    assert np.array_equal(layers.softmax(np.array([[1e30, 0, -1e30]], np.float32)), [[1, 0, 0]])


def test_flatten_runs_through_channels_fastest():
    x = np.arange(24).reshape(1, 2, 3, 4)
    assert np.array_equal(layers.flatten(x), np.arange(24)[None])


def test_an_unknown_padding_is_named():
    with pytest.raises(ValueError, match="'full'; use 'valid' or 'same'"):
        layers.conv2d(drawn(0, 1, 4, 4, 1), drawn(1, 3, 3, 1, 1), drawn(2, 1), (1, 1), "full")


OPERATOR_TESTS = (
    "test_basic_conv_with_padding",
    "test_basic_conv_without_padding",
    "test_conv_with_autopad_same",
    "test_conv_with_strides_no_padding",
    "test_maxpool_2d_default",
    "test_maxpool_2d_precomputed_same_upper",
    "test_maxpool_2d_same_upper",
    "test_maxpool_2d_strides",
)


@pytest.fixture(scope="module")
def operator_tests() -> dict:
    """ONNX's own tests of its operators, by name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs overflow on purpose
        return {case.name: case for case in collect_testcases(None)}


@pytest.mark.parametrize("name", OPERATOR_TESTS)
def test_the_operator_tests_of_onnx_pass(operator_tests, name):
    case = operator_tests[name]
    node = case.model.graph.node[0]
    attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
    stride = tuple(attributes.get("strides", (1, 1)))
    same = attributes.get("auto_pad", b"").startswith(b"SAME") or any(attributes.get("pads", []))
    padding = "same" if same else "valid"
    inputs, (expected,) = case.data_sets[0]
    x = channels_last(inputs[0])
    if node.op_type == "Conv":
        kernel = inputs[1].transpose(2, 3, 1, 0)
        ours = layers.conv2d(x, kernel, np.zeros(kernel.shape[-1]), stride, padding)
    else:
        ours = layers.max_pool2d(x, tuple(attributes["kernel_shape"]), stride, padding)
    np.testing.assert_allclose(channels_first(ours), expected, rtol=1e-5)

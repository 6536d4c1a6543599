"""ONNX's operators in numpy, channels first, as https://onnx.ai/onnx/operators/ defines them.

Each takes a node's inputs, its attributes, the operator set's version and a Budget, and returns
the node's output. An input that is left out is None. Whatever is not supported raises ModelError.
"""

import math

import numpy as np

from ..errors import ModelError
from .limits import Budget
from .shapes import cast, concat, gather, shape, slices
from .windows import average_pool, conv, global_average_pool, max_pool


def _batch_normalization(inputs, attributes, version, budget: Budget):
    x, scale, bias, mean, variance = inputs
    if attributes.get("training_mode", 0):
        raise ModelError("This network is in training mode; export it for inference.")
    if any(array.shape != x.shape[1:2] for array in (scale, bias, mean, variance)):
        raise ModelError("This network has a normalization that does not fit its pictures.")
    shape = (1, -1) + (1,) * (x.ndim - 2)
    factor = scale / np.sqrt(variance + np.float32(attributes.get("epsilon", 1e-5)))
    budget.take(x.shape)
    return (x - mean.reshape(shape)) * factor.reshape(shape) + bias.reshape(shape)


def _gemm(inputs, attributes, version, budget: Budget):
    a, b, *rest = inputs
    a = a.T if attributes.get("transA", 0) else a
    b = b.T if attributes.get("transB", 0) else b
    out = _matmul((a, b), {}, version, budget) * np.float32(attributes.get("alpha", 1.0))
    if rest and rest[0] is not None:
        budget.take(np.broadcast_shapes(out.shape, rest[0].shape))
        out = out + np.float32(attributes.get("beta", 1.0)) * rest[0]
    return out


def _matmul(inputs, attributes, version, budget: Budget):
    a, b = inputs
    if a.ndim < 1 or b.ndim < 1:
        raise ModelError("This network multiplies single numbers as matrices; export it anew.")
    rows, columns = a.shape[-2:-1], b.shape[-1:] if b.ndim > 1 else ()
    stacked = np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
    budget.take((*stacked, *rows, *columns), a.shape[-1])
    return a @ b


def _elementwise(function):
    def apply(inputs, attributes, version, budget: Budget):
        first, *others = inputs
        for other in others:
            budget.take(np.broadcast_shapes(first.shape, other.shape))
            first = function(first, other)
        return first

    return apply


def _each(function):
    def apply(inputs, attributes, version, budget: Budget):
        budget.take(inputs[0].shape)
        return function(inputs[0])

    return apply


def _sigmoid(x):
    with np.errstate(over="ignore"):
        return (1 / (1 + np.exp(-x))).astype(x.dtype)


def _softmax(inputs, attributes, version, budget: Budget):
    return np.exp(_log_softmax(inputs, attributes, version, budget))


def _log_softmax(inputs, attributes, version, budget: Budget):
    (x,) = inputs
    budget.take(x.shape)
    axis = attributes.get("axis", 1 if version < 13 else -1)
    shape = x.shape
    if version < 13:  # everything from the axis on is one row
        axis = _axis(axis, x.ndim)
        x, axis = x.reshape(math.prod(shape[:axis]), -1), 1
    x = x - x.max(axis=axis, keepdims=True)
    return (x - np.log(np.exp(x).sum(axis=axis, keepdims=True))).reshape(shape)


def _reshape(inputs, attributes, version, budget: Budget):
    x = inputs[0]
    sides = inputs[1].tolist() if len(inputs) > 1 else attributes.get("shape", [])
    if not attributes.get("allowzero", 0):
        sides = [x.shape[k] if side == 0 else side for k, side in enumerate(sides)]
    return x.reshape([int(side) for side in sides])


def _flatten(inputs, attributes, version, budget: Budget):
    (x,) = inputs
    axis = attributes.get("axis", 1)
    axis = axis if axis == x.ndim else _axis(axis, x.ndim)
    return x.reshape(math.prod(x.shape[:axis]), math.prod(x.shape[axis:]))


def _transpose(inputs, attributes, version, budget: Budget):
    return inputs[0].transpose(attributes.get("perm"))


def _clip(inputs, attributes, version, budget: Budget):
    x, *bounds = inputs
    low, high = (*bounds, None, None)[:2]
    low = attributes.get("min", -np.inf) if low is None else low
    high = attributes.get("max", np.inf) if high is None else high
    budget.take(np.broadcast_shapes(x.shape, np.shape(low), np.shape(high)))
    return np.minimum(np.maximum(x, low), high).astype(x.dtype)


def _same(inputs, attributes, version, budget: Budget):
    return inputs[0]


def _constant(inputs, attributes, version, budget: Budget):
    for name in ("value", "value_float", "value_floats", "value_int", "value_ints"):
        if name in attributes:
            value = np.asarray(attributes[name])
            return value.astype(np.float32) if value.dtype == np.float64 else value
    raise ModelError("This network has a constant of a kind that is not supported.")


def _axis(axis: int, dimensions: int) -> int:
    if not -dimensions <= axis < dimensions:
        raise ModelError("This network names an axis that its arrays do not have.")
    return axis % dimensions


OPERATORS = {
    "Add": _elementwise(np.add),
    "AveragePool": average_pool,
    "BatchNormalization": _batch_normalization,
    "Cast": cast,
    "Clip": _clip,
    "Concat": concat,
    "Constant": _constant,
    "Conv": conv,
    "Div": _elementwise(np.divide),
    "Dropout": _same,
    "Flatten": _flatten,
    "Gemm": _gemm,
    "Gather": gather,
    "GlobalAveragePool": global_average_pool,
    "Identity": _same,
    "LogSoftmax": _log_softmax,
    "MatMul": _matmul,
    "MaxPool": max_pool,
    "Mul": _elementwise(np.multiply),
    "Relu": _each(lambda x: np.maximum(x, 0)),
    "Reshape": _reshape,
    "Shape": shape,
    "Sigmoid": _each(_sigmoid),
    "Slice": slices,
    "Softmax": _softmax,
    "Sub": _elementwise(np.subtract),
    "Tanh": _each(np.tanh),
    "Transpose": _transpose,
}

"""ONNX's operators on shapes, by which exporters write `Flatten` for any number of pictures."""

import math

import numpy as np

from ..errors import ModelError
from .limits import Budget
from .onnx_messages import KINDS


def cast(inputs, attributes, version, budget: Budget) -> np.ndarray:
    """Return the values as another type; floats stay float32."""
    kind = np.dtype(KINDS.get(attributes.get("to"), "<f4"))
    return inputs[0].astype(np.float32 if kind.kind == "f" else kind)


def concat(inputs, attributes, version, budget: Budget) -> np.ndarray:
    """Join arrays along an axis."""
    axis = attributes.get("axis", 1)
    sides = list(inputs[0].shape)
    sides[axis] = sum(one.shape[axis] for one in inputs)
    budget.take(sides)
    return np.concatenate(inputs, axis=axis)


def gather(inputs, attributes, version, budget: Budget) -> np.ndarray:
    """Take values at indices along an axis."""
    x, indices = inputs
    axis = attributes.get("axis", 0)
    budget.take((indices.size, x.size // max(x.shape[axis], 1)))
    return np.take(x, indices.astype(np.intp), axis=axis)  # of 32 bits in the page


def shape(inputs, attributes, version, budget: Budget) -> np.ndarray:
    """Return the shape, (dimensions,) int64."""
    sides = inputs[0].shape[attributes.get("start", 0) : attributes.get("end")]
    return np.array(sides, np.int64)


def slices(inputs, attributes, version, budget: Budget) -> np.ndarray:
    """Cut out a part along some axes."""
    if len(inputs) < 3:  # before version 10 these were attributes
        raise ModelError("This network slices as in an old version of ONNX; export it anew.")
    x, starts, ends, axes, steps = (*inputs, None, None)[:5]
    count = len(starts)
    axes = range(count) if axes is None else axes.tolist()
    steps = [1] * count if steps is None else steps.tolist()
    cut = [slice(None)] * x.ndim
    for axis, start, end, step in zip(axes, starts.tolist(), ends.tolist(), steps, strict=True):
        # Backwards, an end before the first value stands for the very beginning.
        before_all = step < 0 and end < -x.shape[axis]
        cut[axis] = slice(start, None if before_all else end, step)
    budget.take((math.prod(x.shape),))
    return x[tuple(cut)]

"""How each value of a layer comes about: the patch, the kernel, their products and the sum.

The definitions are those of network/layers.py, for one place at a time, with all that is in
between. A dense layer is reckoned as a convolution whose kernel covers its whole input.
"""

import math
from typing import NamedTuple

import numpy as np

from ..network import layers
from ..network.model import Network

INPUT, SOFTMAX = "input", "softmax"  # ops beside those of the model file


class Step(NamedTuple):
    """One layer of the way from glyph to probabilities, with what goes in and comes out."""

    op: str  # of the model file, INPUT or SOFTMAX
    parameters: dict
    before: np.ndarray  # its input without the batch, float32
    after: np.ndarray  # its output without the batch, float32


class Products(NamedTuple):
    """A weighted sum in full. Arrays are float32."""

    corner: tuple[int, int]  # row and column of the patch in the input; negative in the padding
    patch: np.ndarray  # (kh, kw, C)
    kernel: np.ndarray  # (kh, kw, C)
    products: np.ndarray  # (kh, kw, C)
    bias: float
    value: float  # the sum of all products, and the bias


class Window(NamedTuple):
    """The values from which max pooling keeps the largest."""

    corner: tuple[int, int]  # row and column in the input
    values: np.ndarray  # (h, w) float32, without padding
    value: float


class Share(NamedTuple):
    """One output of softmax, step by step."""

    scaled: float  # the logit divided by the temperature
    exponential: float
    total: float  # of the exponentials of all outputs
    value: float


def walk(network: Network, glyph: np.ndarray, outputs: list[np.ndarray]) -> list[Step]:
    """Return every step from the glyph to the probabilities.

    glyph: (side, side) float32. outputs: of each layer in order, without the batch.
    """
    x = np.asarray(glyph, np.float32)[..., None]
    steps = [Step(INPUT, {}, x, x)]
    for (op, parameters), output in zip(network.steps, outputs, strict=True):
        steps.append(Step(op, parameters, steps[-1].after, output))
    logits = steps[-1].after
    probabilities = layers.softmax(logits[None], network.temperature)[0]
    temperature = {"temperature": network.temperature}
    return [*steps, Step(SOFTMAX, temperature, logits, probabilities)]


def as_maps(values: np.ndarray) -> np.ndarray:
    """Return a layer's values as maps (D, H, W); a row of values becomes maps of 1 x 1."""
    return np.moveaxis(values, -1, 0) if values.ndim == 3 else values[:, None, None]


def convolution_at(step: Step, depth: int, row: int, column: int) -> Products:
    """Return how the value at a place of one map of a convolution comes about."""
    kernel = step.parameters["kernel"]
    size, stride = kernel.shape[:2], step.parameters.get("stride", (1, 1))
    padding = step.parameters.get("padding", "valid")
    padded = layers.padded(step.before[None], size, stride, padding, 0)[0]
    top, left = row * stride[0], column * stride[1]
    above = [(b - a) // 2 for a, b in zip(step.before.shape, padded.shape, strict=True)]
    patch = padded[top : top + size[0], left : left + size[1]]
    return _products((top - above[0], left - above[1]), patch, step, depth)


def dense_at(step: Step, unit: int, shape: tuple[int, ...]) -> Products:
    """Return how one value of a dense layer comes about.

    shape: (H, W, C) that the input had before it was flattened.
    """
    kernel = step.parameters["kernel"].reshape(*shape, -1)
    reshaped = step._replace(parameters=step.parameters | {"kernel": kernel})
    return _products((0, 0), step.before.reshape(shape), reshaped, unit)


def pooling_at(step: Step, depth: int, row: int, column: int) -> Window:
    """Return the window from which max pooling keeps the largest value."""
    size, stride = step.parameters["size"], step.parameters["stride"]
    padding = step.parameters.get("padding", "valid")
    padded = layers.padded(step.before[None], size, stride, padding, -np.inf)[0]
    above = [(b - a) // 2 for a, b in zip(step.before.shape, padded.shape, strict=True)]
    top, left = row * stride[0] - above[0], column * stride[1] - above[1]
    rows = slice(max(top, 0), top + size[0])
    columns = slice(max(left, 0), left + size[1])
    values = step.before[rows, columns, depth]
    return Window((rows.start, columns.start), values, float(values.max()))


def softmax_at(step: Step, index: int) -> Share:
    """Return how one probability comes about."""
    scaled = step.before / np.float32(step.parameters["temperature"])
    exponentials = np.exp(scaled.astype(np.float64))
    total = float(exponentials.sum())
    share = float(exponentials[index])
    return Share(float(scaled[index]), share, total, share / total)


def shape_before_flatten(steps: list[Step], index: int) -> tuple[int, int, int]:
    """Return (H, W, C) of what a dense layer gets, before it was flattened; else (1, 1, C)."""
    if steps[index - 1].op == "flatten" and steps[index - 1].before.ndim == 3:
        height, width, channels = steps[index - 1].before.shape
        return height, width, channels
    return 1, 1, math.prod(steps[index].before.shape)


def _products(corner, patch, step, depth) -> Products:
    kernel = step.parameters["kernel"][..., depth]
    bias = float(step.parameters["bias"][depth])
    products = patch * kernel
    return Products(corner, patch, kernel, products, bias, float(products.sum()) + bias)

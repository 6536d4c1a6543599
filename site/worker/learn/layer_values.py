"""The worker's part in the view Inside: layers at work, and how one value comes about."""

import math

import numpy as np

from inkling.explain import arithmetic
from inkling.explain.occlusion import mosaic, run_layers
from worker import serialize

__export__ = ["layers", "look"]

MAX_VALUES = 11  # bars: of the ten digits and none, or of the likeliest letters

_shown = {}  # "insight": that the steps are of, "steps", "milliseconds"


def layers(pad) -> list[dict]:
    """Describe every step from glyph to probabilities; what does not apply is left out."""
    steps, milliseconds = _steps(pad)
    return [_describe(step, time) for step, time in zip(steps, [0, *milliseconds, 0], strict=True)]


def look(pad, index: int, depth: int, row: int, column: int, channel: int) -> dict:
    """Return the pictures and the arithmetic of one value.

    index: of the step. depth: of its map or value. channel: of the input map whose products are
    listed, -1 for the one that counts most. Of a place below zero the largest value is taken;
    beyond the edge, the nearest.
    """
    steps, _ = _steps(pad)
    index = min(max(index, 0), len(steps) - 1)
    step = steps[index]
    maps = arithmetic.as_maps(step.after)
    depth, row, column = _place(maps, (depth, row, column))
    told = {
        "place": [index, depth, row, column],
        "value": float(maps[depth, row, column]),
        "maps": _signed(maps),
        "map": _signed(maps[depth : depth + 1], float(np.abs(maps).max())),
        **_arithmetic(steps, index, (depth, row, column), channel),
    }
    if step.op in ("dense", arithmetic.SOFTMAX):
        told |= values_of(step.after, pad.insight.network)
    return told


def _steps(pad):
    """Return the steps on the digit being drawn, else on the one looked at.

    They are kept until another digit comes.
    """
    insight = pad.ahead_insight or pad.insight
    if _shown.get("insight") is not insight:
        seen = run_layers(insight.network, insight.digit.glyph)
        outputs = [layer.output for layer in seen]
        _shown["steps"] = arithmetic.walk(insight.network, insight.digit.glyph, outputs)
        _shown["milliseconds"] = [layer.milliseconds for layer in seen]
        _shown["insight"] = insight
    return _shown["steps"], _shown["milliseconds"]


def values_of(values, network) -> dict:
    """Return the values of the answers with their labels.

    Of many answers they are the largest, in the labels' order.
    """
    labels = getattr(network, "network", network).labels  # the letters' holds the one with all
    units = sorted(int(unit) for unit in np.argsort(-values)[:MAX_VALUES])
    return {
        "units": units,
        "values": [float(values[unit]) for unit in units],
        "labels": [labels[unit] for unit in units],
    }


def _place(maps, place) -> tuple[int, int, int]:
    if min(place) < 0:
        place = np.unravel_index(int(maps.argmax()), maps.shape)
    return tuple(int(min(at, side - 1)) for at, side in zip(place, maps.shape, strict=True))


def _describe(step, milliseconds) -> dict:
    arrays = [value for value in step.parameters.values() if hasattr(value, "size")]
    told = {
        "op": step.op,
        "shape": step.after.shape,
        "parameters": sum(array.size for array in arrays),
        "milliseconds": float(milliseconds),
    }
    if step.op == "conv2d":
        told["window"] = step.parameters["kernel"].shape[:2]
    if step.op == "max_pool2d":
        told["window"] = step.parameters["size"]
    if step.op in ("conv2d", "max_pool2d"):
        told["stride"] = step.parameters.get("stride", (1, 1))
    return told


def _arithmetic(steps, index, place, channel) -> dict:
    step, (depth, row, column) = steps[index], place
    if step.op == "conv2d":
        return _weighted(arithmetic.convolution_at(step, *place), step.before, channel)
    if step.op == "dense":
        shape = arithmetic.shape_before_flatten(steps, index)
        found = arithmetic.dense_at(step, depth, shape)
        return _weighted(found, step.before.reshape(shape), channel)
    if step.op == "max_pool2d":
        window = arithmetic.pooling_at(step, *place)
        return _window(step, window.values, window.corner, depth)
    if step.op == arithmetic.SOFTMAX:
        share = arithmetic.softmax_at(step, depth)
        return {"softmax": {**share._asdict(), "temperature": step.parameters["temperature"]}}
    if step.op == "flatten" and step.before.ndim == 3:
        height, width, depths = step.before.shape
        at = np.unravel_index(depth, (height, width, depths))
        top, left, depth = map(int, at)
        return _window(step, step.before[top : top + 1, left : left + 1, depth], (top, left), depth)
    if step.op == "relu" and step.before.ndim == 3:
        return _window(
            step, step.before[row : row + 1, column : column + 1, depth], place[1:], depth
        )
    return {}


def _weighted(found, before, channel) -> dict:
    """Tell of a weighted sum; only one input map's products are listed."""
    sums = found.products.sum(axis=(0, 1))
    if not 0 <= channel < len(sums):
        channel = int(np.argmax(np.abs(sums)))
    rows, columns = found.patch.shape[:2]
    return {
        "inputs": _signed(arithmetic.as_maps(before)),
        "kernel": _signed(arithmetic.as_maps(found.kernel)),
        "channel": channel,
        "corner": found.corner,
        "window": (rows, columns),
        "patch": serialize.numbers(found.patch[..., channel]),
        "weights": serialize.numbers(found.kernel[..., channel]),
        "products": serialize.numbers(found.products[..., channel]),
        "sum": float(sums[channel]),
        "others": float(sums.sum() - sums[channel]),
        "bias": found.bias,
        "total": found.value,
    }


def _window(step, values, corner, depth) -> dict:
    return {
        "inputs": _signed(arithmetic.as_maps(step.before)),
        "channel": depth,
        "corner": corner,
        "window": values.shape,
        "patch": serialize.numbers(values),
    }


def _signed(maps: np.ndarray, scale: float | None = None) -> dict:
    """Return maps (D, H, W) in rows, as masks of positive and of negative values.

    scale: the magnitude of full colour, by default the largest.
    """
    scale = max(scale if scale is not None else float(np.abs(maps).max()), 1e-9)
    across = math.ceil(math.sqrt(len(maps)))
    laid = mosaic(maps / scale, across)
    return {
        "count": len(maps),
        "height": maps.shape[1],
        "width": maps.shape[2],
        "across": across,
        "scale": scale,
        "positive": serialize.mask(np.maximum(laid, 0)),
        "negative": serialize.mask(np.maximum(-laid, 0)),
    }

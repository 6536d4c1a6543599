"""Filters over whole pictures, in numpy and Pillow: resizing, blurring, local extremes."""

import numpy as np
from PIL import Image


def resized(values: np.ndarray, size: int | tuple[int, int]) -> np.ndarray:
    """(H, W) float32 resized to a shape (H, W), or so that its longer side is at most `size`."""
    if isinstance(size, int):
        scale = min(1.0, size / max(values.shape))
        size = tuple(max(2, round(side * scale)) for side in values.shape)
    if size == values.shape:
        return values
    picture = Image.fromarray(np.ascontiguousarray(values, np.float32))
    kind = Image.Resampling.BOX if size[0] < values.shape[0] else Image.Resampling.BILINEAR
    return np.asarray(picture.resize(size[::-1], kind))


def blurred(values: np.ndarray, reach: int) -> np.ndarray:
    """Two box blurs of 2 reach + 1 pixels, each way, by running sums; edges are extended."""
    for axis in (0, 1, 0, 1):
        total = np.cumsum(_extended(values, reach + 1, reach, axis), axis=axis, dtype=np.float64)
        upper, lower = (slice(2 * reach + 1, None), slice(None, values.shape[axis]))
        if axis:
            upper, lower = (slice(None), upper), (slice(None), lower)
        values = ((total[upper] - total[lower]) / (2 * reach + 1)).astype(np.float32)
    return values


def extreme(values: np.ndarray, reach: int, of: np.ufunc) -> np.ndarray:
    """The least (np.minimum) or greatest value within `reach` pixels, each way."""
    for axis in (0, 1):
        values, width = _extended(values, reach, reach, axis), 1
        while width < 2 * reach + 1:  # runs twice as long, until they are long enough
            step = min(width, 2 * reach + 1 - width)
            values = of(
                values[: len(values) - step] if axis == 0 else values[:, : values.shape[1] - step],
                values[step:] if axis == 0 else values[:, step:],
            )
            width += step
    return values


def _extended(values: np.ndarray, before: int, after: int, axis: int) -> np.ndarray:
    """With its first and last row (or column) repeated: np.pad does it too, at thrice the time."""
    length = values.shape[axis]
    return values.take(np.clip(np.arange(-before, length + after), 0, length - 1), axis)

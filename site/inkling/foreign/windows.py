"""ONNX's operators that move a window over pictures (N, C, H, W): convolution and pooling."""

import math

import numpy as np

from ..errors import ModelError
from .limits import Budget

PLANE = 2  # dimensions: networks for pictures have no others
MAX_SIDE = 256  # of a window, a stride, a dilation or a padding, in pixels


def conv(inputs, attributes, version, budget: Budget) -> np.ndarray:
    """Convolve (cross-correlate) x (N, C, H, W) with kernels (D, C / groups, kh, kw)."""
    x, kernel, bias = (*inputs, None)[:3]
    groups = attributes.get("group", 1)
    depth, channels = kernel.shape[:2]
    fits = x.ndim == kernel.ndim == PLANE + 2 and groups > 0 and depth % groups == 0
    fits = fits and (bias is None or bias.shape == (depth,))
    if not fits or x.shape[1] != channels * groups:
        raise ModelError("This network has a convolution that does not fit its pictures.")
    window = _Window(x.shape, kernel.shape[2:], attributes)
    budget.take((len(x), depth, *window.output), math.prod(kernel.shape[1:]))
    budget.check_patches((len(x), *window.output), math.prod(kernel.shape[1:]))
    patches = window.patches(x, 0, budget)  # (N, C, H', W', kh, kw)
    out = np.empty((len(x), depth, *window.output), np.float32)
    for group in range(groups):
        some = slice(group * depth // groups, (group + 1) * depth // groups)
        seen = patches[:, group * channels : (group + 1) * channels]
        out[:, some] = np.einsum("nchwij,dcij->ndhw", seen, kernel[some], optimize=True)
    return out if bias is None else out + bias.reshape(1, -1, 1, 1)


def max_pool(inputs, attributes, version, budget: Budget) -> np.ndarray:
    """Return the largest value in each window."""
    x, window = _pooled(inputs, attributes, budget)
    return window.patches(x, -np.inf, budget).max(axis=(-2, -1)).astype(x.dtype)


def average_pool(inputs, attributes, version, budget: Budget) -> np.ndarray:
    """Return the mean of each window; of padding only if `count_include_pad` says so."""
    x, window = _pooled(inputs, attributes, budget)
    sums = window.patches(x, 0, budget).sum(axis=(-2, -1))
    inside = np.ones((1, 1, *x.shape[2:]), np.float32)
    if attributes.get("count_include_pad", 0):
        (top, left), (bottom, right) = window.begin, window.end
        around = ((0, 0), (0, 0), (top, bottom), (left, right))
        counted = window.without_padding().patches(np.pad(inside, around, constant_values=1), 0)
    else:
        counted = window.patches(inside, 0)
    return (sums / counted.sum(axis=(-2, -1))).astype(x.dtype)


def global_average_pool(inputs, attributes, version, budget: Budget) -> np.ndarray:
    """Return the mean of each channel, (N, C, 1, 1)."""
    return inputs[0].mean(axis=tuple(range(2, inputs[0].ndim)), keepdims=True)


def _pooled(inputs, attributes, budget: Budget):
    (x,) = inputs
    if x.ndim != PLANE + 2:
        raise ModelError("This network pools something else than pictures; it cannot be used here.")
    window = _Window(x.shape, tuple(attributes.get("kernel_shape", ())), attributes)
    budget.take((*x.shape[:2], *window.output), math.prod(window.size))
    return x, window


class _Window:
    """A window that moves over a picture, with its attributes as ONNX names them."""

    def __init__(self, shape, size, attributes):
        self.size = size
        self.stride = tuple(attributes.get("strides", (1,) * PLANE))
        self.dilation = tuple(attributes.get("dilations", (1,) * PLANE))
        self.sides = shape[2:]
        sizes = (self.size, self.stride, self.dilation)
        numbers = [number for one in sizes for number in one]
        if any(len(one) != PLANE for one in sizes) or not all(1 <= n <= MAX_SIDE for n in numbers):
            raise ModelError("This network has a window that is out of range; export it anew.")
        self.reach = [(n - 1) * d + 1 for n, d in zip(self.size, self.dilation, strict=True)]
        self.begin, self.end = self._padding(attributes)
        self.output, self.more = self._output(attributes.get("ceil_mode", 0))

    def _padding(self, attributes) -> tuple[tuple, tuple]:
        kind = attributes.get("auto_pad", b"NOTSET")
        if kind in (b"SAME_UPPER", b"SAME_LOWER"):
            missing = [
                max((math.ceil(side / step) - 1) * step + reach - side, 0)
                for side, step, reach in zip(self.sides, self.stride, self.reach, strict=True)
            ]
            less, more = [n // 2 for n in missing], [n - n // 2 for n in missing]
            return (less, more) if kind == b"SAME_UPPER" else (more, less)
        pads = [0] * 2 * PLANE if kind == b"VALID" else attributes.get("pads", [0] * 2 * PLANE)
        if len(pads) != 2 * PLANE or not all(0 <= n <= MAX_SIDE for n in pads):
            raise ModelError("This network has a padding that is out of range; export it anew.")
        return tuple(pads[:PLANE]), tuple(pads[PLANE:])

    def _output(self, ceil_mode) -> tuple[list[int], list[int]]:
        """Return the output's height and width, and the rows and columns it needs at the end."""
        output, more = [], []
        for k in range(PLANE):
            length = self.sides[k] + self.begin[k] + self.end[k] - self.reach[k]
            count = (math.ceil if ceil_mode else math.floor)(length / self.stride[k]) + 1
            # A window that begins in the padding at the end does not count.
            if ceil_mode and (count - 1) * self.stride[k] >= self.sides[k] + self.begin[k]:
                count -= 1
            if count < 1:
                raise ModelError("This network has a window larger than its pictures.")
            output.append(count)
            more.append(max((count - 1) * self.stride[k] - length, 0))
        return output, more

    def without_padding(self) -> "_Window":
        """Return the window for pictures that are padded already."""
        sides = [b + s + e for b, s, e in zip(self.begin, self.sides, self.end, strict=True)]
        same = {"strides": self.stride, "dilations": self.dilation}
        window = _Window((1, 1, *sides), self.size, same)
        window.output, window.more = self.output, self.more
        return window

    def patches(self, x: np.ndarray, value: float, budget: Budget | None = None) -> np.ndarray:
        """Return a view of the windows of x: (N, C, H', W', kh, kw)."""
        around = [(b, e + m) for b, e, m in zip(self.begin, self.end, self.more, strict=True)]
        if budget:
            sides = (b + s + e for (b, e), s in zip(around, self.sides, strict=True))
            budget.take((*x.shape[:2], *sides))
        if any(n for pair in around for n in pair):
            x = np.pad(x, ((0, 0), (0, 0), *around), constant_values=value)
        image, channel, row, column = x.strides
        steps = (self.stride[0] * row, self.stride[1] * column)
        apart = (self.dilation[0] * row, self.dilation[1] * column)
        return np.lib.stride_tricks.as_strided(
            x,
            (*x.shape[:2], *self.output, *self.size),
            (image, channel, *steps, *apart),
            writeable=False,
        )

"""Layers that learn: each goes forward, and takes the loss's gradient backward.

What each computes forward is that of network/layers.py. Arrays are float32; pictures are
(N, H, W, C). A layer keeps from `forward` what `backward` needs, so they are called in turns.
"""

import numpy as np

from ..network import layers as plain
from ..numeric import LONG, products


class Relu:
    """Keeps positive values."""

    parameters = ()
    gradients = ()

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return max(x, 0), any shape."""
        self._positive = x > 0
        return x * self._positive

    def backward(self, gradient: np.ndarray, first: bool = False) -> np.ndarray:
        """Return the loss's gradient by x from that by the output."""
        return gradient * self._positive


class Flatten:
    """Puts all values of a picture in one row."""

    parameters = ()
    gradients = ()

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Reshape (N, ...) to (N, product of the rest)."""
        self._shape = x.shape
        return x.reshape(len(x), -1)

    def backward(self, gradient: np.ndarray, first: bool = False) -> np.ndarray:
        """Return the gradient in the shape of x."""
        return gradient.reshape(self._shape)


class Dense:
    """Weighs and sums: kernel (C, D), bias (D,)."""

    def __init__(self, kernel: np.ndarray, bias: np.ndarray):
        self.parameters = [kernel, bias]
        self.gradients = [np.zeros_like(kernel), np.zeros_like(bias)]

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Map (N, C) to (N, D)."""
        self._x = x
        kernel, bias = self.parameters
        return _times(x, kernel) + bias

    def backward(self, gradient: np.ndarray, first: bool = False) -> np.ndarray | None:
        """Set the gradients of kernel and bias; return that by x, None for the first layer."""
        self.gradients = [_by_kernel(self._x, gradient), gradient.sum(axis=0)]
        return None if first else _times(gradient, self.parameters[0].T)


class Convolution:
    """Slide a kernel (kh, kw, C, D) with bias (D,) over pictures, with padding "same"."""

    def __init__(self, kernel: np.ndarray, bias: np.ndarray, stride: tuple[int, int] = (1, 1)):
        self.parameters = [kernel, bias]
        self.gradients = [np.zeros_like(kernel), np.zeros_like(bias)]
        self.stride = stride

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Map (N, H, W, C) to (N, ceil(H / sh), ceil(W / sw), D)."""
        kernel, bias = self.parameters
        size = kernel.shape[:2]
        padded = plain.padded(x, size, self.stride, "same", 0)
        height, width = plain.output_size(padded.shape, size, self.stride)
        picture, row, column, channel = padded.strides
        self._patches = np.lib.stride_tricks.as_strided(
            padded,
            (len(x), height, width, *size, x.shape[3]),
            (picture, self.stride[0] * row, self.stride[1] * column, row, column, channel),
            writeable=False,
        ).reshape(len(x) * height * width, -1)
        self._shape, self._padded_shape = x.shape, padded.shape
        out = _times(self._patches, kernel.reshape(-1, kernel.shape[-1]))
        return out.reshape(len(x), height, width, -1) + bias

    def backward(self, gradient: np.ndarray, first: bool = False) -> np.ndarray | None:
        """Set the gradients of kernel and bias; return that by x, None for the first layer."""
        kernel = self.parameters[0]
        rows = gradient.reshape(-1, gradient.shape[-1])
        by_kernel = _by_kernel(self._patches, rows).reshape(kernel.shape)
        self.gradients = [by_kernel, rows.sum(axis=0)]
        return None if first else self._scatter(gradient, rows)

    def _scatter(self, gradient, rows):
        """Add each patch's gradient to the places that it was taken from."""
        kernel = self.parameters[0]
        high, wide, channels, depth = kernel.shape
        (_, height, width, _), (down, across) = gradient.shape, self.stride
        out = np.zeros(self._padded_shape, np.float32)
        by_patch = _times(rows, kernel.reshape(-1, depth).T)
        by_patch = by_patch.reshape(*gradient.shape[:3], high, wide, channels)
        for i in range(high):
            for j in range(wide):
                places = np.s_[:, i : i + down * height : down, j : j + across * width : across]
                out[places] += by_patch[:, :, :, i, j]
        pairs = zip(self._padded_shape[1:3], self._shape[1:3], strict=True)
        top, left = ((padded - length) // 2 for padded, length in pairs)
        return out[:, top : top + self._shape[1], left : left + self._shape[2]]


def _times(rows: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Multiply (N, C) by (C, D): (N, D)."""
    if len(matrix) < LONG:
        return rows @ np.ascontiguousarray(matrix)
    return products(rows, np.ascontiguousarray(matrix.T))


def _by_kernel(x: np.ndarray, gradient: np.ndarray) -> np.ndarray:
    """Sum all outer products of (N, C) and (N, D): (C, D).

    Laid out anew before, as without a BLAS the product of strided rows takes ten times as long.
    """
    return products(np.ascontiguousarray(x.T), np.ascontiguousarray(gradient.T))

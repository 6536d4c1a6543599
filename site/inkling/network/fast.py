"""The forward pass as it is run: what layers.py defines, each layer prepared once to be fast.

In Pyodide 0.27 one digit takes two fifths of the time of layers.py. It takes over twice the time of
onnxruntime-web, which has SIMD. `make bench` compares them. All kernels together take 3.4 MB, so
programs that crowd the processor's caches slow it down.
"""

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np

from ..numeric import products
from . import layers, winograd

Pass = Callable[[np.ndarray], np.ndarray]

BATCH = 16  # glyphs at once: what they need in between still fits a processor's cache
ZERO = np.float32(0)  # a Python 0 would make numpy 2 take six times as long over a maximum


def prepared(steps: Iterable[tuple[str, dict]], square: bool = False) -> tuple[Pass, ...]:
    """Return the steps of a network as functions to be applied in order, arrays in, arrays out.

    Each may overwrite what it is given. Where there is no faster way, it is the layer's own.
    square: whether Winograd's tiles shall be no longer than high. Rounding grows with the length of
    tiles and with the number of channels.
    """
    return tuple(_prepared(op, parameters, square) for op, parameters in steps)


def _prepared(op: str, parameters: dict, square: bool) -> Pass:
    if op == "conv2d":
        return convolution(**parameters, square=square)
    make = PREPARED.get(op)
    return make(**parameters) if make else partial(getattr(layers, op), **parameters)


def applied(passes: Iterable[Pass], x: np.ndarray) -> np.ndarray:
    """Take x (N, H, W, C) float32 through all passes, in parts: (N, K) float32."""
    if not len(x):
        return applied(passes, np.zeros((1, *x.shape[1:]), np.float32))[:0]
    outputs = []
    for start in range(0, len(x), BATCH):
        some = x[start : start + BATCH]
        for one in passes:
            some = one(some)
        outputs.append(some)
    return np.concatenate(outputs)


def convolution(kernel, bias, stride=(1, 1), padding="valid", square: bool = False) -> Pass:
    """Return the fastest way known here to do what layers.conv2d does."""
    if kernel.shape[:2] == (winograd.KERNEL,) * 2 and stride == (1, 1) and padding == "same":
        return winograd.prepared(kernel, bias, square)
    return patches_convolution(kernel, bias, stride, padding)


def patches_convolution(kernel, bias, stride=(1, 1), padding="valid") -> Pass:
    """Return layers.conv2d as one product of all patches with the kernel.

    Columns of the kernel that are zero at even distances, as dilation leaves them, take no time.
    """
    size, apart = kernel.shape[:2], _distance(kernel)
    taps = kernel[:, ::apart]
    rows = np.ascontiguousarray(taps.reshape(-1, kernel.shape[-1]).T)
    return partial(
        _by_patches,
        kernel=rows,
        bias=bias,
        size=size,
        taps=taps.shape[1],
        apart=apart,
        stride=stride,
        padding=padding,
    )


def _distance(kernel: np.ndarray) -> int:
    """Return the distance between columns, from the first on, so that all others are zero."""
    used = np.flatnonzero(kernel.any(axis=(0, 2, 3)))
    return int(np.gcd.reduce(used)) if used.any() else kernel.shape[1]


def _by_patches(x, kernel, bias, size, taps, apart, stride, padding):
    """Return one large product of all patches (N H' W', kh taps C) with a kernel (D, kh taps C)."""
    x = layers.padded(x, size, stride, padding, 0)
    height, width = layers.output_size(x.shape, size, stride)
    image, row, column, channel = x.strides
    patches = np.lib.stride_tricks.as_strided(
        x,
        (len(x), height, width, size[0], taps, x.shape[3]),
        (image, stride[0] * row, stride[1] * column, row, apart * column, channel),
        writeable=False,
    ).reshape(-1, kernel.shape[1])
    out = products(patches, kernel)
    out += bias
    return out.reshape(len(x), height, width, -1)


def _relu(x):
    return np.maximum(x, ZERO, out=x)


PREPARED = {"relu": lambda: _relu}

"""Convolution with 3x3 kernels in a quarter of the multiplications: S. Winograd's, by tiles.

A row of m outputs under a kernel of 3 comes from the product of two polynomials. That is known by
its values at m + 2 places, by m + 2 multiplications instead of 3 m (A. Lavin, S. Gray, "Fast
algorithms for convolutional neural networks", CVPR 2016). The more places, the larger the error of
rounding. Tiles of 7 across leave nothing over on maps of 28, 14 or 7 pixels. With 7 down, too,
probabilities are up to 1.5e-5 off. With 4 down they are off by a third of that, for a tenth more
time. A map of 4 pixels is one tile of 4 by 4, for a third less. A line is a map of any length.
Nothing is left over by tiles of 4 by 4 there, and they round less.

In WebAssembly numpy has neither SIMD nor a BLAS, and only fewer multiplications make it faster. So
a forward pass in Pyodide 0.27 takes two thirds of the time by patches alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from ..numeric import products, solve

KERNEL = 3


@dataclass(frozen=True, eq=False)
class Transform:
    """Matrices that take inputs and a kernel to values at the places, along one axis, and back."""

    tile: int  # outputs
    window: int  # inputs that they depend on, and multiplications
    inputs: np.ndarray  # (window, window): takes inputs to values at the places
    kernel: np.ndarray  # (window, 3): likewise of a kernel
    outputs: np.ndarray  # (tile, window): takes the products of these to the outputs


def transform(places: tuple[float, ...]) -> Transform:
    """Return the transform for these places and infinity; float64, all values near 1."""
    window = len(places) + 1
    tile = window - KERNEL + 1

    def powers(count):  # at infinity only the highest power is seen
        finite = np.array(places)[:, None] ** np.arange(count)
        return np.vstack([finite, np.eye(1, count, count - 1)])

    inputs = solve(powers(window), np.eye(window)).T
    kernel, outputs = powers(KERNEL), powers(tile).T
    high, wide = np.abs(inputs).max(axis=1), np.abs(outputs).max(axis=0)
    return Transform(
        tile,
        window,
        inputs=inputs / high[:, None],
        kernel=kernel * (high * wide)[:, None],
        outputs=outputs / wide,
    )


# Places with little error, found by a search among symmetric sets (how much they matter:
# B. Barabasz, A. Anderson, K. Soodhalter, D. Gregg, "Error analysis and improving the accuracy of
# Winograd convolution for deep neural networks", ACM TOMS 46(4), 2020).
DOWN = transform((0, 0.7, -0.7, 1.5, -1.5))
ACROSS = transform((0.21, -0.21, 0.63, -0.63, 1.18, -1.18, 2.3, -2.3))
INPUTS = {way: way.inputs.astype(np.float32) for way in (DOWN, ACROSS)}
OUTPUTS = {way: way.outputs.astype(np.float32) for way in (DOWN, ACROSS)}


def prepared(
    kernel: np.ndarray, bias: np.ndarray, square: bool = False
) -> Callable[[np.ndarray], np.ndarray]:
    """Return conv2d with kernel (3, 3, C, D), bias (D,) and padding "same", as a function of x.

    It takes x (N, H, W, C) and gives (N, H, W, D) float32. Errors are some millionths of its
    largest values. The kernel is transformed when maps of a width are met for the first time.
    square: let no tile be longer than high, for less rounding.
    """
    kernels = cache(partial(_transformed, kernel))
    return partial(_convolved, kernels=kernels, bias=bias, square=square)


def _along(width: int, square: bool) -> Transform:
    """Return the transform along rows of `width` pixels: no longer than it has to be."""
    return DOWN if square or width <= DOWN.tile else ACROSS


def _transformed(kernel: np.ndarray, across: Transform) -> np.ndarray:
    """Return a kernel (3, 3, C, D) as `_convolved` takes it: (places, D, C) float32."""
    turned = np.ascontiguousarray(kernel.swapaxes(2, 3), np.float64)  # products run along C
    seen = _both_ways(DOWN.kernel, across.kernel, turned.reshape(KERNEL, -1))
    return seen.reshape(-1, *turned.shape[2:]).astype(np.float32)


def _convolved(x: np.ndarray, kernels: Callable, bias: np.ndarray, square: bool) -> np.ndarray:
    count, height, width, channels = x.shape
    along = _along(width, square)
    kernel = kernels(along)
    down, across = -(-height // DOWN.tile), -(-width // along.tile)
    seen = _both_ways(INPUTS[DOWN], INPUTS[along], _windows(x, along, down, across))
    values = products(seen.reshape(len(kernel), -1, channels), kernel)
    tiles = _both_ways(OUTPUTS[along], OUTPUTS[DOWN], values.reshape(along.window, -1))
    tiles = tiles.reshape(DOWN.tile, along.tile, count, down, across, -1)
    whole = (tiles.transpose(2, 3, 0, 4, 1, 5) + bias).reshape(
        count, down * DOWN.tile, across * along.tile, -1
    )
    return whole[:, :height, :width]


def _windows(x: np.ndarray, along: Transform, down: int, across: int) -> np.ndarray:
    """Return the pixels at each place of all tiles' windows: (places, places x N tiles C)."""
    count, height, width, channels = x.shape
    shape = (count, down * DOWN.tile + 2, across * along.tile + 2, channels)
    padded = np.zeros(shape, np.float32)
    padded[:, 1 : height + 1, 1 : width + 1] = x
    image, row, column, channel = padded.strides
    return np.lib.stride_tricks.as_strided(
        padded,
        (DOWN.window, along.window, count, down, across, channels),
        (row, column, image, DOWN.tile * row, along.tile * column, channel),
        writeable=False,
    ).reshape(DOWN.window, -1)


def _both_ways(first: np.ndarray, second: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Apply first (M, K) and second (M', L) to the axes of values (K, L N) -> (M', M N).

    In WebAssembly einsum is three times as fast along the first of two axes as along the second
    of three. So the second one is brought to the front in between.
    """
    rows, columns = len(first), second.shape[1]
    once = np.einsum("ij,jn->in", first, values).reshape(rows, columns, -1)
    turned = np.ascontiguousarray(once.transpose(1, 0, 2)).reshape(columns, -1)
    return np.einsum("ij,jn->in", second, turned)

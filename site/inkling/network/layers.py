"""The layers of a convolutional network: pure functions, arrays in, arrays out.

Pictures are (N, H, W, C) float32. The layers are ONNX's (operator set 18) Conv, MaxPool,
GlobalAveragePool, Gemm, Relu and Softmax, with channels last.
"""

import math
from functools import reduce

import numpy as np


def conv2d(
    x: np.ndarray,
    kernel: np.ndarray,
    bias: np.ndarray,
    stride: tuple[int, int] = (1, 1),
    padding: str = "valid",
) -> np.ndarray:
    """Convolve (cross-correlate) x (N, H, W, C) with kernel (kh, kw, C, D) and add bias (D,).

    padding: "valid", or "same" (ONNX's SAME_UPPER). "same" puts zeros around x, an odd one at the
    end. The output is then (N, ceil(H / sh), ceil(W / sw), D). Returns float32.
    """
    kh, kw, _, depth = kernel.shape
    x = padded(x, (kh, kw), stride, padding, 0)
    height, width = output_size(x.shape, (kh, kw), stride)
    out = np.zeros((len(x), height, width, depth), np.float32)
    out += bias
    # One product for each place in the kernel needs no copy of every patch, as im2col would.
    for i in range(kh):
        for j in range(kw):
            out += _strided(x, i, j, (height, width), stride) @ kernel[i, j]
    return out


def max_pool2d(
    x: np.ndarray,
    size: tuple[int, int] = (2, 2),
    stride: tuple[int, int] = (2, 2),
    padding: str = "valid",
) -> np.ndarray:
    """Return the largest value in each window: (N, H, W, C) -> (N, H', W', C).

    padding: as in conv2d.
    """
    x = padded(x, size, stride, padding, -np.inf)
    height, width = output_size(x.shape, size, stride)
    (down, across), (high, wide) = stride, size
    # First down, then across: of a window of 2 x 2 that is two maxima instead of three.
    x = reduce(np.maximum, (x[:, i : i + down * height : down] for i in range(high)))
    return reduce(np.maximum, (x[:, :, j : j + across * width : across] for j in range(wide)))


def global_average_pool(x: np.ndarray) -> np.ndarray:
    """Return the mean of each channel over the picture: (N, H, W, C) -> (N, C)."""
    count, height, width, channels = x.shape  # one axis is summed in half the time of two
    return x.reshape(count, height * width, channels).sum(axis=1) / np.float32(height * width)


def flatten(x: np.ndarray) -> np.ndarray:
    """Reshape (N, ...) to (N, product of the rest), channels varying fastest."""
    return x.reshape(len(x), math.prod(x.shape[1:]))  # -1 would not do for no picture at all


def dense(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Multiply (N, C) by the kernel (C, D) and add the bias (D,): (N, D)."""
    return x @ kernel + bias


def relu(x: np.ndarray) -> np.ndarray:
    """Return max(x, 0), of any shape."""
    return np.maximum(x, 0)


def softmax(logits: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    """Convert logits (N, K) to probabilities (N, K) that sum to 1.

    temperature > 0: above 1 flattens, below 1 sharpens (C. Guo, G. Pleiss, Y. Sun,
    K. Weinberger, "On calibration of modern neural networks", ICML 2017).
    """
    scaled = logits / np.float32(temperature)
    exponentials = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def padded(x, size, stride, padding, value) -> np.ndarray:
    """Pad x (N, H, W, C) with as much of `value` as a window (size, stride) needs."""
    if padding == "valid":
        return x
    if padding != "same":
        raise ValueError(f"padding is {padding!r}; use 'valid' or 'same'")
    missing = [
        max((math.ceil(length / step) - 1) * step + window - length, 0)
        for length, window, step in zip(x.shape[1:3], size, stride, strict=True)
    ]
    count, height, width, channels = x.shape
    shape = (count, height + missing[0], width + missing[1], channels)
    out = np.full(shape, value, np.float32)  # np.pad takes ten times as long
    top, left = missing[0] // 2, missing[1] // 2
    out[:, top : top + height, left : left + width] = x
    return out


def output_size(shape, size, stride) -> tuple[int, int]:
    """Return a window's output height and width over (N, H, W, C) without padding."""
    height, width = (
        (length - window) // step + 1
        for length, window, step in zip(shape[1:3], size, stride, strict=True)
    )
    return height, width


def _strided(x, i, j, output, stride) -> np.ndarray:
    """Return the pixels of x that fall on place (i, j) of a window, one for each output pixel."""
    (height, width), (down, across) = output, stride
    return x[:, i : i + (height - 1) * down + 1 : down, j : j + (width - 1) * across + 1 : across]

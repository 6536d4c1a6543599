"""Explain an answer: the outputs of the network's layers, and the ink that the answer rests on."""

from time import perf_counter
from typing import NamedTuple

import numpy as np

from ..network import fast
from ..network.model import Network

STRIDE = 2  # glyph pixels from one occluded square to the next
COVER = 5  # glyph pixels: side of an occluded square, about two strokes wide
TINY = 1e-9  # keeps logarithms finite


class Layer(NamedTuple):
    """One layer, run on a glyph."""

    op: str
    shape: tuple[int, ...]  # of its output, without the batch
    parameters: int  # count of its learned numbers
    milliseconds: float  # that it took
    output: np.ndarray  # (H, W, C) or (C,) float32


def run_layers(network: Network, glyph: np.ndarray) -> list[Layer]:
    """Run the forward pass on one glyph, (side, side) float32, and return every layer in order.

    The times are those of the prepared passes (network/fast.py) that read digits.
    """
    x = np.array(glyph, np.float32)[None, ..., None]  # a copy: a pass may overwrite its input
    passes = network.passes or fast.prepared(network.steps)
    seen = []
    for (op, parameters), one in zip(network.steps, passes, strict=True):
        start = perf_counter()
        x = one(x)
        milliseconds = 1000 * (perf_counter() - start)
        learned = sum(value.size for value in parameters.values() if hasattr(value, "size"))
        seen.append(Layer(op, x.shape[1:], learned, milliseconds, x[0].copy()))
    return seen


def filters(network: Network) -> np.ndarray:
    """Return the first convolution's kernels, (D, kh, kw), each scaled to a largest weight of 1."""
    kernel = next(parameters["kernel"] for op, parameters in network.steps if op == "conv2d")
    patterns = np.moveaxis(kernel.mean(axis=2), -1, 0)
    return patterns / np.maximum(np.abs(patterns).max(axis=(1, 2), keepdims=True), TINY)


def mosaic(maps: np.ndarray, across: int, gap: int = 1) -> np.ndarray:
    """Lay maps (D, h, w) out in rows of `across`, with gaps of zeros: (H, W)."""
    count, height, width = maps.shape
    down = -(-count // across)
    laid = np.zeros((down * (height + gap) - gap, across * (width + gap) - gap), maps.dtype)
    for index, one in enumerate(maps):
        y, x = (index // across) * (height + gap), (index % across) * (width + gap)
        laid[y : y + height, x : x + width] = one
    return laid


def occlusion_rows(side: int) -> range:
    """Return the top edge of each row of squares that `occlusion` covers."""
    return range(-(COVER // 2), side - COVER // 2, STRIDE)


def occlusion(network: Network, glyph: np.ndarray, label: int, tops: range) -> np.ndarray:
    """Return how far the log odds of an answer fall when a square of the glyph is covered.

    glyph: (side, side) float32. label: the answer's index. tops: some of `occlusion_rows`. Returns
    (len(tops), squares in a row) float32, 0 where a square has no ink. (M. Zeiler, R. Fergus,
    "Visualizing and understanding convolutional networks", ECCV 2014.)
    """
    rows = occlusion_rows(len(glyph))
    fall = np.zeros((len(tops), len(rows)), np.float32)
    covered, places = [], []
    for i, top in enumerate(tops):
        for j, left in enumerate(rows):
            window = np.s_[max(top, 0) : top + COVER, max(left, 0) : left + COVER]
            if glyph[window].sum() > 0.5:
                changed = glyph.copy()
                changed[window] = 0
                covered.append(changed)
                places.append((i, j))
    if covered:
        odds = log_odds(network.probabilities(np.stack([glyph, *covered])), label)
        fall[tuple(zip(*places, strict=True))] = odds[0] - odds[1:]
    return fall


def log_odds(probabilities: np.ndarray, label: int) -> np.ndarray:
    """Return log(p / (1 - p)) of one label, (N,) float64. probabilities: (N, K)."""
    p = probabilities[:, label].astype(np.float64)
    others = np.delete(probabilities, label, axis=1).astype(np.float64).sum(axis=1)
    return np.log(p + TINY) - np.log(others + TINY)

"""Why a network answers as it does: what its layers see, and which ink the answer rests on."""

from time import perf_counter
from typing import NamedTuple

import numpy as np

from . import forward
from .network import Network

STRIDE = 2  # glyph pixels between two places that are covered in turn
COVER = 5  # glyph pixels: side of the square that is covered, about two strokes wide
TINY = 1e-9  # keeps logarithms finite


class Layer(NamedTuple):
    """One layer at work. shape: of its output without the batch; parameters: numbers it has
    learned; milliseconds: that it took; output: (H, W, C) or (C,) float32."""

    op: str
    shape: tuple[int, ...]
    parameters: int
    milliseconds: float
    output: np.ndarray


def layers_at_work(network: Network, glyph: np.ndarray) -> list[Layer]:
    """Every layer of the forward pass, as it is run, on one glyph (side, side) float32, in order.

    The times are those of the prepared passes: that a digit is read in, not of layers.py.
    """
    x = np.array(glyph, np.float32)[None, ..., None]  # its own: a pass may overwrite what it gets
    passes = network.passes or forward.prepared(network.steps)
    seen = []
    for (op, parameters), one in zip(network.steps, passes, strict=True):
        start = perf_counter()
        x = one(x)
        milliseconds = 1000 * (perf_counter() - start)
        learned = sum(value.size for value in parameters.values() if hasattr(value, "size"))
        seen.append(Layer(op, x.shape[1:], learned, milliseconds, x[0].copy()))
    return seen


def filters(network: Network) -> np.ndarray:
    """The first convolution's kernels (D, kh, kw), the strongest weight of each scaled to 1."""
    kernel = next(parameters["kernel"] for op, parameters in network.steps if op == "conv2d")
    patterns = np.moveaxis(kernel.mean(axis=2), -1, 0)
    return patterns / np.maximum(np.abs(patterns).max(axis=(1, 2), keepdims=True), TINY)


def mosaic(maps: np.ndarray, across: int, gap: int = 1) -> np.ndarray:
    """Maps (D, h, w) laid out in rows of `across` with gaps of zeros: (H, W)."""
    count, height, width = maps.shape
    down = -(-count // across)
    laid = np.zeros((down * (height + gap) - gap, across * (width + gap) - gap), maps.dtype)
    for index, one in enumerate(maps):
        y, x = (index // across) * (height + gap), (index % across) * (width + gap)
        laid[y : y + height, x : x + width] = one
    return laid


def occlusion_rows(side: int) -> range:
    """The top edges of the squares that `occlusion` covers, one row after the other."""
    return range(-(COVER // 2), side - COVER // 2, STRIDE)


def occlusion(network: Network, glyph: np.ndarray, label: int, tops: range) -> np.ndarray:
    """How much covering each place hurts an answer.

    glyph: (side, side) float32. label: the answer's index. tops: some of `occlusion_rows`.
    Returns (len(tops), places in a row) float32: by how much the logarithm of the odds of `label`
    falls when the square there is covered with paper; 0 where there is no ink to cover.
    (M. Zeiler, R. Fergus, "Visualizing and understanding convolutional networks", ECCV 2014.)
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
    """Probabilities (N, K) -> the logarithm of p / (1 - p) for one label, (N,) float64."""
    p = probabilities[:, label].astype(np.float64)
    others = np.delete(probabilities, label, axis=1).astype(np.float64).sum(axis=1)
    return np.log(p + TINY) - np.log(others + TINY)

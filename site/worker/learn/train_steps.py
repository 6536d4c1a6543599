"""The worker's part of training a network in the page: samples, steps, tests and readings."""

import zlib
from time import perf_counter

import numpy as np

from inkling.explain.occlusion import mosaic
from inkling.learning.small_network import SHAPES
from inkling.learning.training import Training
from worker import mnist_test, serialize

__export__ = ["add_own", "begin", "keep_samples", "read", "run", "set_rate", "test"]

SIDE = 28
ACROSS = 8  # filters in a row

_state = {"samples": None, "training": None, "own": []}


def keep_samples(pad, packed) -> int:
    """Take the training sprite as export/site/samples.py has written it; return its count."""
    content = np.frombuffer(zlib.decompress(packed.to_bytes()), np.uint8)
    count = len(content) // (SIDE * SIDE + 1)
    labels = content[:count].astype(int)
    _state["samples"] = content[count:].reshape(-1, SIDE, SIDE), labels
    return count


def begin(pad, shape: str, rate: float, seed: int) -> dict:
    """Begin anew from random weights; {parameters, filters}. shape: one of SHAPES."""
    if shape not in SHAPES:
        raise ValueError(f"{shape!r} is not one of {', '.join(SHAPES)}")
    training = _state["training"] = Training(shape, rate, *_state["samples"], int(seed))
    for glyph, label in _state["own"]:
        training.add_own(glyph, label)
    count = sum(array.size for array in training.network.parameters)
    return {"parameters": count, "filters": _filters()}


def set_rate(pad, rate: float) -> None:
    """Go on with another learning rate."""
    _state["training"].set_rate(rate)


def run(pad, steps: int) -> dict:
    """Go some steps.

    Return {steps: done since the beginning, losses, shares right, milliseconds, filters}.
    """
    training = _state["training"]
    start = perf_counter()
    results = [training.step() for _ in range(steps)]
    return {
        "steps": training.steps,
        "losses": [float(loss) for loss, _ in results],
        "shares": [float(share) for _, share in results],
        "milliseconds": 1000 * (perf_counter() - start),
        "filters": _filters(),
    }


def test(pad, first: int, count: int) -> list[int]:
    """Return the readings of some MNIST test digits, whose sheets have to be there."""
    glyphs = np.stack([mnist_test.picture(index) for index in range(first, first + count)])
    return [int(label) for label in _state["training"].answers(glyphs)]


def add_own(pad, label: int) -> int:
    """Add the glyph on the pad as a sample of one's own; return how many there are."""
    glyph = pad.insight.digit.glyph
    _state["own"].append((glyph, label))
    if _state["training"]:
        _state["training"].add_own(glyph, label)
    return len(_state["own"])


def read(pad) -> list[float]:
    """Return the ten probabilities of the glyph on the pad; none before the training."""
    if not _state["training"] or not pad.insight:
        return []
    glyph = pad.insight.digit.glyph[None]
    return serialize.numbers(_state["training"].averaged.probabilities(glyph)[0])


def _filters() -> dict:
    """Return what the first layer looks for, {width, height, positive, negative}."""
    filters = _state["training"].network.first_filters()
    laid = mosaic(filters / max(float(np.abs(filters).max()), 1e-9), ACROSS)
    return {
        "positive": serialize.mask(np.maximum(laid, 0)),
        "negative": serialize.mask(np.maximum(-laid, 0)),
    }

"""The worker's part of teaching: samples in, a taught reader on the pad, what that changes.

A sample is a glyph as a text, base64 of its (28, 28) bytes. So the page can keep it.
"""

import base64
import io

import numpy as np

from inkling import ModelError
from inkling.network.model import Network
from inkling.reader import Reader
from inkling.teaching.prototypes import Prototypes
from inkling.teaching.taught_network import TaughtNetwork, taught
from worker import mnist_test
from worker.session import Pad

__export__ = ["compare_mnist", "compare_samples", "keep_prototypes", "learn", "sample"]

_prototypes = None


def keep_prototypes(pad: Pad, packed) -> None:
    """Take the prototypes, given as their file's bytes."""
    global _prototypes
    _prototypes = Prototypes.load(io.BytesIO(packed.to_bytes()))


def sample(pad: Pad) -> str:
    """Return the glyph of the digit that is looked at as a text; "" if there is no ink."""
    digit = pad.insight.digit if pad.insight else None
    if digit is None or digit.box is None:
        return ""
    return base64.b64encode(np.rint(digit.glyph * 255).astype(np.uint8).tobytes()).decode()


def learn(pad: Pad, texts, labels) -> bool:
    """Let the pad's reader know exactly these samples; False if one of them is no glyph."""
    network = _untaught(pad.network)
    side = network.frame.side
    try:
        glyphs = [_glyph(str(text), side) for text in texts]
        known = [int(label) for label in labels]
        pad.use(taught(network, np.reshape(glyphs, (-1, side, side)), known, _prototypes))
    except (ValueError, ModelError):
        return False
    return True


def compare_samples(pad: Pad) -> dict:
    """Count the samples that are read right, {count, before, after}.

    After: by a reader that was taught the others, and not this one. With it, all would be right.
    """
    known = pad.network
    if not isinstance(known, TaughtNetwork):
        return {"count": 0, "before": 0, "after": 0}
    glyphs, labels = known.taught_glyphs, known.taught_labels
    before = _right(known.network, glyphs, labels)
    after = [
        _right(_without(known, index), glyphs[index : index + 1], labels[index : index + 1])
        for index in range(len(labels))
    ]
    return {"count": len(labels), "before": int(sum(before)), "after": int(sum(map(sum, after)))}


def compare_mnist(pad: Pad, indices, labels) -> dict:
    """Count MNIST's test digits that are read right, {before, after, worse}; some at a time."""
    pictures = [mnist_test.picture(int(index)) for index in indices]
    glyphs = np.stack([Reader(_untaught(pad.network)).read_digit(p).glyph for p in pictures])
    labels = np.array([int(label) for label in labels])
    before, after = (_right(n, glyphs, labels) for n in (_untaught(pad.network), pad.network))
    return {
        "before": int(before.sum()),
        "after": int(after.sum()),
        "worse": int((before & ~after).sum()),
    }


def _untaught(network) -> Network:
    return network.network if isinstance(network, TaughtNetwork) else network


def _without(known: TaughtNetwork, index: int):
    """Return the network taught all samples but one."""
    return known.without(index) if len(known.taught_labels) > 1 else known.network


def _right(network, glyphs: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return which glyphs, (N, 28, 28), are answered with their label: (N,) bool."""
    read = Reader(network).read_glyphs(glyphs)
    return np.array([digit.label == label for digit, label in zip(read, labels, strict=True)])


def _glyph(text: str, side: int) -> np.ndarray:
    """Return the glyph in a text, (side, side) float32. Raises ValueError."""
    values = np.frombuffer(base64.b64decode(text, validate=True), np.uint8)
    if values.size != side * side or not values.any():
        raise ValueError("not a glyph")
    return values.reshape(side, side) / np.float32(255)

"""A network that has been taught a person's hand: the same interface, corrected probabilities."""

from copy import copy

import numpy as np

from ..errors import ModelError
from ..network import fast, layers
from ..network.model import Network
from .correction import Correction
from .prototypes import DIGITS, Prototypes, unit


class TaughtNetwork:
    """Stand in for a Network. What it does not define here, such as `labels`, is the network's.

    A correction moves probability between digits only, so the network refuses what it refused
    before. The exception is a taught sample that is drawn again.
    """

    def __init__(self, network: Network, glyphs: np.ndarray, labels: np.ndarray, prototypes):
        """Teach a network glyphs, (S, side, side) float32, and their labels, (S,) 0 .. 9.

        prototypes: those of the same network. Raises ModelError if they are of another.
        """
        self.network = network
        self.taught_glyphs, self.taught_labels = glyphs, _checked(labels, len(glyphs))
        samples = unit(features(network, glyphs))
        if samples.shape[1] != prototypes.features.shape[1]:
            raise ModelError(
                f"The prototypes have {prototypes.features.shape[1]} features, the network "
                f"{samples.shape[1]}; run `python -m training.teaching.prototypes`."
            )
        self.correction = Correction(samples, self.taught_labels, prototypes)

    def __getattr__(self, name: str):
        if name == "network":  # while it is being unpickled
            raise AttributeError(name)
        return getattr(self.network, name)

    def without(self, index: int) -> "TaughtNetwork":
        """Return the network taught all its samples but one, of at least two."""
        others = np.arange(len(self.taught_labels)) != index
        known = copy(self)
        known.taught_glyphs = self.taught_glyphs[others]
        known.taught_labels = self.taught_labels[others]
        samples = self.correction.samples[others]
        known.correction = self.correction._replace(samples=samples, labels=known.taught_labels)
        return known

    def probabilities(self, glyphs: np.ndarray) -> np.ndarray:
        """Map (N, side, side) float32, 0 .. 1, to calibrated and corrected probabilities (N, K)."""
        seen = features(self.network, glyphs)
        last = self.network.steps[-1][1]
        calibrated = layers.dense(seen, **last) / np.float32(self.network.temperature)
        return layers.softmax(self.corrected(unit(seen), calibrated))

    def logits(self, glyphs: np.ndarray) -> np.ndarray:
        """Map (N, side, side) float32 to logits (N, K) whose softmax is `probabilities`."""
        tiny = np.finfo(np.float32).tiny
        return np.log(self.probabilities(glyphs) + tiny) * np.float32(self.network.temperature)

    def corrected(self, seen: np.ndarray, logits: np.ndarray) -> np.ndarray:
        """Return calibrated logits, (N, K) float32, corrected; seen: unit features (N, F)."""
        raised, same = self.correction.raises(seen)
        free = logits.copy()
        free[:, :DIGITS] += raised
        kept = free.copy()
        # The digits' sum stays as it was, and so does the reject class's probability.
        kept[:, :DIGITS] -= (_log_sum(free) - _log_sum(logits))[:, None]
        refused = ~self._answered(layers.softmax(logits))
        return np.where(same[:, None], free, np.where(refused[:, None], logits, kept))

    def _answered(self, probabilities: np.ndarray) -> np.ndarray:
        none = probabilities[:, DIGITS:].sum(axis=1)
        sure = probabilities[:, :DIGITS].max(axis=1) >= self.network.threshold
        return sure & (none <= self.network.none_threshold)


def features(network: Network, glyphs: np.ndarray) -> np.ndarray:
    """Return the input of the last layer: (N, side, side) float32 -> (N, F) float32.

    Raises ModelError if the last layer is no dense one on values without sign.
    """
    ops = [op for op, _ in network.steps]
    if ops[-1:] != ["dense"] or "relu" not in ops or "dense" in ops[:-1]:
        raise ModelError("This network cannot be taught; use one like the package's own.")
    passes = network.passes or fast.prepared(network.steps)
    return fast.applied(passes[:-1], np.array(glyphs, np.float32)[..., None])


def taught(network: Network, glyphs: np.ndarray, labels, prototypes: Prototypes | None = None):
    """Return a network that knows these glyphs, and those that it has been taught before.

    prototypes: by default the package's. Without glyphs it is the network as it was.
    """
    labels = _checked(labels, len(glyphs))
    if isinstance(network, TaughtNetwork):
        glyphs = np.concatenate([network.taught_glyphs, glyphs])
        labels = np.concatenate([network.taught_labels, labels])
        prototypes, network = prototypes or network.correction.prototypes, network.network
    if not len(glyphs):
        return network
    return TaughtNetwork(network, glyphs, labels, prototypes or Prototypes.load())


def _checked(labels, count: int) -> np.ndarray:
    labels = np.asarray(labels)
    whole = labels.dtype.kind in "iu" or labels.size == 0
    if labels.shape != (count,) or not whole or not ((labels >= 0) & (labels < DIGITS)).all():
        raise ValueError(f"Give each of the {count} samples a label from 0 to 9.")
    return labels.astype(np.int64)


def _log_sum(logits: np.ndarray) -> np.ndarray:
    """Return the logarithm of the sum of the digits' exponentials, (N,)."""
    digits = logits[:, :DIGITS]
    largest = digits.max(axis=1)
    return largest + np.log(np.exp(digits - largest[:, None]).sum(axis=1))

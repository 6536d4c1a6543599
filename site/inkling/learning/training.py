"""Train a small network batch by batch: Adam, shuffled samples, and a person's own mixed in."""

from random import Random

import numpy as np

from ..explain.alterations import moved
from .small_network import SmallNetwork

BATCH = 32  # samples of a step
OWN_SHARE = 8  # of a batch's samples at most, where there are samples of one's own
TESTED_AT_ONCE = 100  # glyphs
SHIFT = 1  # pixels by which a sample is moved at most, each time that it is learned from
AVERAGED = 100  # steps, about, whose weights are averaged for reading
# Adam's constants as in D. Kingma, J. Ba (ICLR 2015), and Keras.
MEAN_DECAY, SQUARE_DECAY, EPSILON = 0.9, 0.999, 1e-7


class Adam:
    """Changes parameters in place, each by its own running mean and variance of gradients."""

    def __init__(self, parameters: list[np.ndarray], rate: float):
        self.rate = rate
        self._parameters = parameters
        self._means = [np.zeros_like(one) for one in parameters]
        self._squares = [np.zeros_like(one) for one in parameters]
        self._steps = 0

    def step(self, gradients: list[np.ndarray]) -> None:
        """Go one step against the gradients."""
        self._steps += 1
        bias = (1 - SQUARE_DECAY**self._steps) ** 0.5 / (1 - MEAN_DECAY**self._steps)
        rate = np.float32(self.rate * bias)
        every = zip(self._parameters, gradients, self._means, self._squares, strict=True)
        for parameter, gradient, mean, square in every:
            mean += (gradient - mean) * np.float32(1 - MEAN_DECAY)
            square += (gradient * gradient - square) * np.float32(1 - SQUARE_DECAY)
            parameter -= rate * mean / (np.sqrt(square) + np.float32(EPSILON))


class Training:
    """A network, its samples, and how far it has come.

    glyphs: (N, 28, 28) uint8, 255 = ink. labels: (N,) int. steps: that have been done.
    network: that learns; averaged: with the mean of its latest weights, which reads better
    (B. Polyak, A. Juditsky, 1992).
    """

    def __init__(self, shape: str, rate: float, glyphs, labels, seed: int = 1):
        self.network = SmallNetwork.random(shape, seed)
        self.averaged = self.network.copy()
        self.steps = 0
        self._adam = Adam(self.network.parameters, rate)
        self._glyphs, self._labels = glyphs, np.asarray(labels)
        self._own = []  # (glyph float32, label)
        self._random = Random(seed)
        self._order = []

    def add_own(self, glyph: np.ndarray, label: int) -> int:
        """Add a glyph, (28, 28) float32, of the person; return how many there are."""
        self._own.append((np.array(glyph, np.float32), int(label)))
        return len(self._own)

    def set_rate(self, rate: float) -> None:
        """Go on with another learning rate."""
        self._adam.rate = rate

    def step(self) -> tuple[float, float]:
        """Learn from one batch; return its loss and accuracy before that."""
        glyphs, labels = self._next_batch()
        loss, right, gradients = self.network.loss_and_gradients(glyphs, labels)
        self._adam.step(gradients)
        self.steps += 1
        share = np.float32(max(1 / self.steps, 1 / AVERAGED))
        pairs = zip(self.averaged.parameters, self.network.parameters, strict=True)
        for average, parameter in pairs:
            average += (parameter - average) * share
        return loss, right

    def answers(self, glyphs: np.ndarray) -> np.ndarray:
        """Return what the averaged network reads: (N, 28, 28) uint8 -> (N,) int."""
        starts = range(0, len(glyphs), TESTED_AT_ONCE)
        parts = (_as_ink(glyphs[start : start + TESTED_AT_ONCE]) for start in starts)
        return np.concatenate([self.averaged.logits(part).argmax(axis=1) for part in parts])

    def _next_batch(self):
        if len(self._order) < BATCH:
            self._order = list(range(len(self._labels)))
            self._random.shuffle(self._order)
        chosen, self._order = self._order[:BATCH], self._order[BATCH:]
        glyphs, labels = _as_ink(self._glyphs[chosen]), self._labels[chosen].copy()
        for place in range(min(OWN_SHARE, len(self._own))):
            glyphs[place], labels[place] = self._random.choice(self._own)
        for place, glyph in enumerate(glyphs):
            right, down = (self._random.randint(-SHIFT, SHIFT) for _ in range(2))
            glyphs[place] = moved(glyph, right, down)
        return glyphs, labels


def _as_ink(pixels: np.ndarray) -> np.ndarray:
    """Convert (N, 28, 28) uint8 to float32, 0 to 1."""
    return pixels.astype(np.float32) / np.float32(255)

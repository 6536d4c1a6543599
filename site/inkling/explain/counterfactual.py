"""Search for a counterfactual: few dabs of ink, added or removed, that change an answer."""

import numpy as np

from ..network.model import Network
from .occlusion import TINY

GRID = 3  # glyph pixels between two places where a dab is tried: about a stroke's width
RADIUS = 1.3  # glyph pixels: standard deviation of a dab, about a pen's tip
REACH = 4  # glyph pixels from the ink: further away a dab would be a blot
BATCH = 32  # glyphs tried at once: the page shows progress in between
BEST = 24  # dabs of the last round that are tried again in the next: the others hardly improve
MAX_DABS = 8  # an answer that needs more is far from the other


class CounterfactualSearch:
    """A greedy search for dabs that turn the answer of one glyph into another, batch by batch.

    glyph: (side, side) float32. Each round keeps the dab that raises the odds of `target` against
    `label` most. After `step()`: changed (side, side) float32; dabs, their count so far; found.
    """

    def __init__(self, network: Network, glyph: np.ndarray, label: int, target: int):
        self._network = network
        self._label, self._target = label, target
        self.glyph = self.changed = np.asarray(glyph, np.float32)
        self.dabs = 0
        self.found = False
        self._candidates = list(_dabs(self.glyph))
        self._begin_round(self._candidates)

    @property
    def finished(self) -> bool:
        """Whether nothing is left to try, found or not."""
        return self.found or self.dabs >= MAX_DABS or not self._waiting

    def step(self) -> None:
        """Try the next batch of dabs."""
        batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
        odds = self._odds(np.stack([_add_dab(self.changed, dab) for dab in batch]))
        self._tried += zip(odds, batch, strict=True)
        if not self._waiting:
            self._end_round()

    def _begin_round(self, dabs):
        self._waiting = dabs
        self._tried = []

    def _end_round(self):
        self._tried.sort(key=lambda tried: -tried[0])
        odds, dab = self._tried[0]
        if odds <= self._odds(self.changed[None])[0]:
            return  # no dab helps: `finished`
        self.changed = _add_dab(self.changed, dab)
        self.dabs += 1
        probabilities = self._network.probabilities(self.changed[None])[0]
        self.found = int(np.argmax(probabilities)) == self._target
        self._begin_round([dab for _, dab in self._tried[1 : BEST + 1]])

    def _odds(self, glyphs):
        p = self._network.probabilities(glyphs).astype(np.float64)
        return np.log(p[:, self._target] + TINY) - np.log(p[:, self._label] + TINY)


def _dabs(glyph: np.ndarray):
    """Yield dabs worth trying, (side, side) each: positive adds ink, negative removes it."""
    side = len(glyph)
    y, x = np.mgrid[:side, :side]
    inked = np.argwhere(glyph > 0.5)
    if not len(inked):
        return
    for top in range(GRID // 2, side, GRID):
        for left in range(GRID // 2, side, GRID):
            dab = np.exp(-((y - top) ** 2 + (x - left) ** 2) / (2 * RADIUS**2)).astype(np.float32)
            dab[dab < 0.05] = 0
            nearest = np.abs(inked - (top, left)).max(axis=1).min()
            if (glyph * dab).sum() > 0.5:
                yield -np.minimum(1.5 * dab, 1)
            if nearest <= REACH and glyph[top, left] < 0.5:
                yield np.minimum(1.5 * dab, 1)


def _add_dab(glyph: np.ndarray, dab: np.ndarray) -> np.ndarray:
    return np.clip(np.maximum(glyph, dab) if dab.max() > 0 else glyph + dab, 0, 1)

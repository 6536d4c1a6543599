"""The letter network, seen as one of 26 letters in either case, or as one of a code's characters.

The network tells ten digits, 26 capitals, 26 small letters and rejects apart. Who asks for a letter
knows that a ring is no 0; in a code it may be one. Both views have the interface of `Network` that
explanations and the reading of lines use.
"""

from typing import NamedTuple

import numpy as np

from ..errors import ModelError
from ..image.glyph import Frame
from ..network import fast
from ..network.letter_labels import LABELS, LOWER, UPPER, letter_shares
from ..network.model import Network
from ..network.model_file import REMEDY

DIGIT_ODDS = 65.0  # how many times likelier a digit is in a code than where a letter is asked for
RANKS = 10  # of a code's characters that the reading of lines weighs
DIGITS = slice(0, 10)


class LetterNetwork(NamedTuple):
    """The view of one letter: 26 letters, and last the reject class, digits among it."""

    network: Network

    @classmethod
    def load(cls, path) -> "LetterNetwork":
        """Read a letter network from a path or a binary file. Raises ModelError."""
        return cls.of(Network.load(path))

    @classmethod
    def of(cls, network: Network) -> "LetterNetwork":
        """Return the view of a network. Raises ModelError if it reads digits only."""
        if network.labels != LABELS:
            raise ModelError(f"This network reads no letters; load letters.npz, or {REMEDY}.")
        return cls(network)

    @property
    def frame(self) -> Frame:
        """The frame of its glyphs."""
        return self.network.frame

    @property
    def steps(self) -> tuple[tuple[str, dict], ...]:
        """Its layers, for explanations."""
        return self.network.steps

    @property
    def temperature(self) -> float:
        """What divides its logits."""
        return self.network.temperature

    @property
    def passes(self) -> tuple[fast.Pass, ...]:
        """Its layers, prepared."""
        return self.network.passes

    def probabilities(self, glyphs: np.ndarray) -> np.ndarray:
        """Map (N, side, side) float32, 0 .. 1, to probabilities (N, 27) of letters."""
        return self.folded(self.network.probabilities(glyphs))

    @staticmethod
    def folded(probabilities: np.ndarray) -> np.ndarray:
        """Add up the two cases of each letter, and all that is none: (N, 63) -> (N, 27)."""
        shares, rest = letter_shares(probabilities)
        return np.concatenate([shares, rest[:, None]], axis=1)


class CodeNetwork(NamedTuple):
    """The view of codes: the ten likeliest of 36 characters, likeliest first, and last none.

    The reading of lines (numbers/) weighs ten characters without knowing which they are.
    """

    network: Network

    @property
    def frame(self) -> Frame:
        """The frame of its glyphs."""
        return self.network.frame

    @property
    def numbers(self):
        """What was learned about lines of characters."""
        return self.network.numbers

    def probabilities(self, glyphs: np.ndarray) -> np.ndarray:
        """Map (N, side, side) float32, 0 .. 1, to probabilities (N, 11) by rank, then of none."""
        found = self.by_character(glyphs)
        ranked = np.sort(found, axis=1)[:, ::-1][:, :RANKS]
        none = np.clip(1 - found.sum(axis=1, keepdims=True), 0, 1)
        return np.concatenate([ranked, none], axis=1)

    def by_character(self, glyphs: np.ndarray) -> np.ndarray:
        """Map (N, side, side) float32 to probabilities (N, 36) of 0 .. 9 and A .. Z in either case.

        Posterior odds change as prior odds do (M. Saerens et al., see training/train.py).
        """
        seen = self.network.probabilities(glyphs)
        seen[:, DIGITS] *= np.float32(DIGIT_ODDS)
        seen /= seen.sum(axis=1, keepdims=True)
        return np.concatenate([seen[:, DIGITS], seen[:, UPPER] + seen[:, LOWER]], axis=1)

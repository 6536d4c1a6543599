"""The network that reads whole lines, from its file, and its forward pass.

The file has the format of the digit network's (export/FORMAT.md). The alphabet takes the place of
the ten labels.
"""

from typing import NamedTuple

import numpy as np

from ..errors import ModelError
from ..network import fast, layers
from ..network.model import parse_layer
from ..network.model_file import REMEDY, read_arrays
from .line_image import HEIGHT

STEP = 4  # columns of a line image for each step of the output
WIDTH_STEP = 32  # columns: lines are padded to multiples of it and read together
SQUARE = True  # Winograd's tiles: longer ones are off Keras by over 1e-5
BATCH_COLUMNS = 1_024  # columns of the lines that are read together


class ReadingRules(NamedTuple):
    """How the answers of both networks are joined; fitted by training/lines/fit_rules.py."""

    line_floor: float  # added to the line network's probabilities, so that it has no veto
    digit_floor: float  # the same, to the digit network's
    overruled: float  # probability of a digit from which the digit network overrules a reject
    alone: float  # the same where the picture holds one character only
    max_unread: float  # share of a number's characters that may be in the reject class
    threshold: float  # least confidence of a number: the geometric mean over its characters


class LineNetwork(NamedTuple):
    """A line network, ready to be used."""

    alphabet: str  # the characters of classes 1, 2, ...; class 0 is blank
    reject: str  # the reject class's character in the alphabet
    temperature: float  # divides the logits
    rules: ReadingRules
    passes: tuple[fast.Pass, ...]
    steps: tuple[tuple[str, dict], ...] = ()  # (op, parameters) that the passes are prepared from

    @classmethod
    def load(cls, file, name: str = "lines.npz") -> "LineNetwork":
        """Read a line network from a path or a binary file. Raises ModelError."""
        described, arrays = read_arrays(file, name)
        try:
            steps = tuple(parse_layer(layer, arrays, name) for layer in described["layers"])
            network = cls(
                alphabet=str(described["alphabet"]),
                reject=str(described["reject"]),
                temperature=float(described["temperature"]),
                rules=_rules(described["rules"]),
                passes=fast.prepared(steps, SQUARE),
                steps=steps,
            )
            given = network.probabilities([np.zeros((HEIGHT, WIDTH_STEP), np.float32)])[0]
        except ModelError:
            raise
        except Exception as error:  # JSON and arrays can be wrong in more ways than can be listed
            raise ModelError(f"{name} does not describe a network ({error}); {REMEDY}.") from None
        if given.shape != (WIDTH_STEP // STEP, len(network.alphabet) + 1):
            raise ModelError(f"{name}: its layers do not fit its alphabet; {REMEDY}.")
        return network

    def __reduce__(self):
        return _prepared_again, ({**self._asdict(), "passes": ()},)  # these cannot be pickled

    def probabilities(self, lines: list[np.ndarray]) -> list[np.ndarray]:
        """Return for each line the probability of each class at each step, (T, K) float32.

        lines: (HEIGHT, W) float32 each, 0 paper .. 1 ink. T is W / STEP, rounded up.
        """
        found: list[np.ndarray] = [np.zeros(0)] * len(lines)
        for width, members in _by_width(lines):
            block = np.zeros((len(members), HEIGHT, width, 1), np.float32)
            for row, i in enumerate(members):
                block[row, :, : lines[i].shape[1], 0] = lines[i]
            given = layers.softmax(self._logits(block), self.temperature)
            for row, i in enumerate(members):
                found[i] = given[row, : -(-lines[i].shape[1] // STEP)]
        return found

    def _logits(self, x: np.ndarray) -> np.ndarray:
        for one in self.passes:
            x = one(x)
        return x[:, 0]


def _rules(described: dict) -> ReadingRules:
    rules = ReadingRules(**{name: float(value) for name, value in described.items()})
    if not all(0 <= value <= 1 for value in rules):
        raise ValueError(f"rules outside 0 to 1: {described}")
    return rules


def _prepared_again(fields: dict) -> LineNetwork:
    """Return the network that was pickled."""
    network = LineNetwork(**fields)
    return network._replace(passes=fast.prepared(network.steps, SQUARE))


def _by_width(lines: list[np.ndarray]) -> list[tuple[int, list[int]]]:
    """Group lines by their padded width, a few at a time: (width, indices)."""
    widths = [-(-line.shape[1] // WIDTH_STEP) * WIDTH_STEP for line in lines]
    groups = []
    for width in sorted(set(widths)):
        members = [i for i, its in enumerate(widths) if its == width]
        count = max(1, BATCH_COLUMNS // width)
        groups += [(width, members[i : i + count]) for i in range(0, len(members), count)]
    return groups

"""A trained network from its file, and its forward pass.

The file is an .npz (a zip of .npy arrays). One entry, `architecture`, is a JSON text. It has
labels, frame, temperature and threshold, and the list of layers in order. A layer has its op, its
parameters and the names of its arrays. See export/FORMAT.md.
"""

import math
import os
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np

from ..errors import ModelError
from ..image.glyph import Frame
from . import fast, layers, letter_labels
from .learned_numbers import LearnedNumbers, parse_numbers
from .model_file import REMEDY, read_arrays

DIGITS = tuple("0123456789")
NONE = "none"  # the label of the reject class, if a network has one; it is the last
TEMPERATURES = (0.01, 100)  # beyond these the probabilities are all the same, or not numbers
# What one glyph may cost: far beyond any network for digits, and still done in a few seconds.
MAX_LAYERS = 100
MAX_WINDOW = 32  # pixels; also the longest stride
MAX_VALUES = 4_000_000  # that a layer gives
MAX_PRODUCTS = 1_000_000_000  # of all layers together; ours needs eight million

OPS = {
    "conv2d": layers.conv2d,
    "max_pool2d": layers.max_pool2d,
    "global_average_pool": layers.global_average_pool,
    "flatten": layers.flatten,
    "dense": layers.dense,
    "relu": layers.relu,
}
ARRAYS = {"conv2d": {"kernel": 4, "bias": 1}, "dense": {"kernel": 2, "bias": 1}}  # dimensions
PAIRS = ("stride", "size")  # parameters that JSON can only hold as lists


class Network(NamedTuple):
    """A trained network and its constants, as export/FORMAT.md describes them."""

    labels: tuple[str, ...]  # of each output, in order
    frame: Frame
    temperature: float  # divides the logits
    threshold: float  # least probability of an answer
    steps: tuple[tuple[str, dict], ...]  # (op, parameters with their arrays), in order
    numbers: LearnedNumbers  # costs and weights for reading several characters
    none_threshold: float = 1.0  # greatest probability of the reject class beside an answer
    passes: tuple[fast.Pass, ...] = ()  # the steps, prepared once

    @classmethod
    def load(cls, path: str | os.PathLike[str] | BinaryIO) -> "Network":
        """Read a network from a path or a binary file. Raises ModelError."""
        name = Path(path).name if isinstance(path, (str, os.PathLike)) else "The model file"
        described, arrays = read_arrays(path, name)
        try:
            network = cls(
                labels=tuple(str(label) for label in described["labels"]),
                frame=Frame(**described["frame"]),
                temperature=float(described["temperature"]),
                threshold=float(described["threshold"]),
                steps=tuple(parse_layer(layer, arrays, name) for layer in described["layers"]),
                numbers=parse_numbers(described.get("numbers"), name),
                none_threshold=float(described.get("none_threshold", 1.0)),
            )
        except ModelError:
            raise
        except Exception as error:  # JSON can be wrong in more ways than can be listed
            raise ModelError(f"{name} does not describe a network ({error}); {REMEDY}.") from None
        return network._checked(name)._replace(passes=fast.prepared(network.steps))

    def __reduce__(self):
        return _prepared_again, ({**self._asdict(), "passes": ()},)  # these cannot be pickled

    def logits(self, glyphs: np.ndarray) -> np.ndarray:
        """Map (N, side, side) float32, 0 .. 1, 1 = ink, to logits (N, K) float32."""
        passes = self.passes or fast.prepared(self.steps)
        return fast.applied(passes, np.asarray(glyphs, np.float32)[..., None])

    def probabilities(self, glyphs: np.ndarray) -> np.ndarray:
        """Map (N, side, side) float32, 0 .. 1, to calibrated probabilities (N, K) float32."""
        return layers.softmax(self.logits(glyphs), self.temperature)

    def _checked(self, name: str) -> "Network":
        """Try it on a blank glyph, so that a network that does not fit is refused when loaded."""
        side, box = self.frame
        framed = isinstance(side, int) and isinstance(box, int) and 0 < box <= side <= 256
        shares = all(0 <= share <= 1 for share in (self.threshold, self.none_threshold))
        if not (0 < self.temperature < np.inf and shares and framed):
            raise ModelError(f"{name} has constants out of range; {REMEDY}.")
        try:
            shape = self._tried(np.zeros((1, side, side, 1), np.float32)).shape
        except Exception as error:  # layers.py trusts its arguments, and these come from a file
            raise ModelError(
                f"{name}: its layers do not fit together ({error}); {REMEDY}."
            ) from None
        if self.labels not in (DIGITS, (*DIGITS, NONE), letter_labels.LABELS):
            raise ModelError(
                f"{name} has labels {', '.join(self.labels)}, not the ten digits and perhaps "
                f"{NONE!r}, nor those of a letter network; {REMEDY}."
            )
        if shape != (1, len(self.labels)):
            raise ModelError(
                f"{name} gives {shape[-1]} values for {len(self.labels)} labels; {REMEDY}."
            )
        return self

    def _tried(self, x: np.ndarray) -> np.ndarray:
        """Return the logits of one glyph, its cost being reckoned before each layer is applied."""
        if len(self.steps) > MAX_LAYERS:
            raise ValueError(f"{len(self.steps)} layers")
        products = 0
        for op, parameters in self.steps:
            values, more = _cost(x, op, parameters)
            products += more
            if values > MAX_VALUES or products > MAX_PRODUCTS:
                raise ValueError(f"{op} is too large")
            with np.errstate(all="ignore"):
                x = OPS[op](x, **parameters)
        if not np.isfinite(x).all():
            raise ValueError("its numbers are too large")
        return x


def _prepared_again(fields: dict) -> Network:
    """Return the network that was pickled."""
    network = Network(**fields)
    return network._replace(passes=fast.prepared(network.steps))


def _cost(x: np.ndarray, op: str, parameters: dict) -> tuple[int, int]:
    """Return how many values a layer gives at most for x, and the products that takes."""
    kernel = parameters.get("kernel", np.ones(1))
    windows = [*kernel.shape[:-2], *(number for key in PAIRS for number in parameters.get(key, ()))]
    if not all(1 <= number <= MAX_WINDOW for number in windows):
        raise ValueError(f"{op} has a window or a stride out of range")
    places = x.size // x.shape[-1]
    # Padding adds at most a window to each side of the input.
    padded = math.prod(length + MAX_WINDOW for length in x.shape[1:-1]) * x.shape[-1]
    return max(padded, places * kernel.shape[-1]), places * kernel.size


def parse_layer(layer: dict, arrays: dict[str, np.ndarray], name: str) -> tuple[str, dict]:
    """Return a layer's op and its parameters with their arrays. Raises ModelError."""
    parameters = dict(layer)
    op = parameters.pop("op")
    if op not in OPS:
        raise ModelError(f"{name} has a layer {op!r} that this program does not know; {REMEDY}.")
    for key in PAIRS:
        if key in parameters:
            down, across = parameters[key]
            parameters[key] = (int(down), int(across))
    for key, dimensions in ARRAYS.get(op, {}).items():
        parameters[key] = _array(parameters[key], dimensions, arrays, name)
    return op, parameters


def _array(key: str, dimensions: int, arrays: dict, name: str) -> np.ndarray:
    if key not in arrays:
        raise ModelError(
            f"{name} has {len(arrays)} arrays, and {key!r}, which its architecture names, is not "
            f"among them; {REMEDY}."
        )
    array = arrays[key]
    with np.errstate(over="ignore"):  # too large values become infinite, and are refused
        numbers = array.astype(np.float32) if array.dtype.kind == "f" else np.array(np.nan)
    if array.ndim != dimensions or not np.isfinite(numbers).all():
        raise ModelError(
            f"{name}: {key!r} should hold finite numbers in {dimensions} dimensions; {REMEDY}."
        )
    return numbers

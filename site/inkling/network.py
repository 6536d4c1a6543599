"""A trained network from its file, and its forward pass.

The file is an .npz (a zip of .npy arrays). One entry, `architecture`, is a JSON text: what the
page needs to know (labels, frame, temperature, threshold) and the list of layers in order, each
with its op, its parameters and the names of its arrays. See export/FORMAT.md.
"""

import json
import os
import zipfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

from . import forward, layers
from .errors import ModelError
from .glyph import Frame

FORMAT = 1
DIGITS = tuple("0123456789")
NONE = "none"  # the label of what is not a digit, if a network has one; it is the last
MAX_BYTES = 32_000_000  # unpacked; a hundred times what a network for digits needs
RELOAD = "run `make export`, or reload the page"

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
    """labels: what each output stands for; temperature: divides the logits; threshold: the least
    probability that is given as an answer; steps: (op, parameters with their arrays), in order."""

    labels: tuple[str, ...]
    frame: Frame
    temperature: float
    threshold: float
    steps: tuple[tuple[str, dict], ...]
    passes: tuple[forward.Pass, ...] = ()  # the steps, prepared once

    @classmethod
    def load(cls, path) -> "Network":
        """Read a network from a path or a binary file. Raises ModelError."""
        name = Path(path).name if isinstance(path, (str, os.PathLike)) else "The model file"
        arrays = _arrays(path, name)
        try:
            described = json.loads(str(arrays.pop("architecture")))
            if described["format"] != FORMAT:
                raise ModelError(
                    f"{name} has format {described['format']}, this program reads {FORMAT}; "
                    f"{RELOAD}."
                )
            network = cls(
                labels=tuple(str(label) for label in described["labels"]),
                frame=Frame(**described["frame"]),
                temperature=float(described["temperature"]),
                threshold=float(described["threshold"]),
                steps=tuple(_step(layer, arrays, name) for layer in described["layers"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            if isinstance(error, ModelError):
                raise
            raise ModelError(f"{name} does not describe a network ({error}); {RELOAD}.") from None
        return network._checked(name)._replace(passes=forward.prepared(network.steps))

    def logits(self, glyphs: np.ndarray) -> np.ndarray:
        """(N, side, side) float32, 0 .. 1, 1 = ink -> (N, K) float32."""
        passes = self.passes or forward.prepared(self.steps)
        return forward.applied(passes, np.asarray(glyphs, np.float32)[..., None])

    def probabilities(self, glyphs: np.ndarray) -> np.ndarray:
        """(N, side, side) float32, 0 .. 1 -> calibrated probabilities (N, K) float32."""
        return layers.softmax(self.logits(glyphs), self.temperature)

    def _checked(self, name: str) -> "Network":
        """Try it on a blank glyph, so that a network that does not fit is refused when loaded."""
        if not (self.temperature > 0 and 0 <= self.threshold <= 1 and self.frame.side <= 256):
            raise ModelError(f"{name} has constants out of range; {RELOAD}.")
        try:
            shape = self.logits(np.zeros((1, self.frame.side, self.frame.side))).shape
        except (ValueError, IndexError, TypeError) as error:
            raise ModelError(
                f"{name}: its layers do not fit together ({error}); {RELOAD}."
            ) from None
        if self.labels not in (DIGITS, (*DIGITS, NONE)):
            raise ModelError(
                f"{name} has labels {', '.join(self.labels)}, not the ten digits and perhaps "
                f"{NONE!r}; {RELOAD}."
            )
        if shape != (1, len(self.labels)):
            raise ModelError(
                f"{name} gives {shape[-1]} values for {len(self.labels)} labels; {RELOAD}."
            )
        return self


def _arrays(path, name: str) -> dict[str, np.ndarray]:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
                raise ModelError(f"{name} unpacks to over {MAX_BYTES // 10**6} MB; {RELOAD}.")
        if hasattr(path, "seek"):
            path.seek(0)
        with np.load(path, allow_pickle=False) as entries:
            return {key: entries[key] for key in entries.files}
    except FileNotFoundError:
        raise ModelError(f"{name} is missing; {RELOAD}.") from None
    except ModelError:
        raise
    except Exception:  # whatever a damaged zip or .npy header makes the readers stumble over
        raise ModelError(f"{name} is damaged; {RELOAD}.") from None


def _step(layer: dict, arrays: dict[str, np.ndarray], name: str) -> tuple[str, dict]:
    parameters = dict(layer)
    op = parameters.pop("op")
    if op not in OPS:
        raise ModelError(f"{name} has a layer {op!r} that this program does not know; {RELOAD}.")
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
            f"among them; {RELOAD}."
        )
    array = arrays[key]
    if array.ndim != dimensions or array.dtype.kind != "f" or not np.isfinite(array).all():
        raise ModelError(
            f"{name}: {key!r} should hold finite numbers in {dimensions} dimensions; {RELOAD}."
        )
    return array.astype(np.float32)

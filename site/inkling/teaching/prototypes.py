"""Prototypes of how people in general write each digit, as a network sees them.

They are centroids of MNIST's training digits in the space of the network's features, the input of
its last layer. `python -m training.teaching.prototypes` writes them to a file beside the network's.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..errors import ModelError
from ..network.model_file import REMEDY, read_arrays, weights, write_arrays

FILE = "prototypes.npz"  # beside the network's file
KIND = "prototypes"
LEVELS = 255  # a prototype's values are stored as bytes, scaled to its largest
DIGITS = 10
TINY = 1e-6


class Prototypes(NamedTuple):
    """Typical features of each digit."""

    features: np.ndarray  # (P, F) float32, unit vectors
    labels: np.ndarray  # (P,) int64, 0 .. 9

    @classmethod
    def load(cls, path=None) -> "Prototypes":
        """Load prototypes from a path or a binary file; without one, those of the package.

        Raises ModelError.
        """
        path = weights().with_name(FILE) if path is None else path
        name = Path(path).name if isinstance(path, (str, Path)) else "The file of prototypes"
        described, arrays = read_arrays(path, name)
        stored, labels = arrays.get("features"), arrays.get("labels")
        if described.get("kind") != KIND or not _fit(stored, labels):
            raise ModelError(f"{name} does not hold prototypes of digits; {REMEDY}.")
        return cls(unit(stored.astype(np.float32)), labels.astype(np.int64))

    def save(self, path: Path) -> None:
        """Write them to an .npz. Half of the values are 0, so that it packs well."""
        scaled = self.features / np.maximum(self.features.max(axis=1, keepdims=True), TINY)
        arrays = {
            "features": np.rint(scaled * LEVELS).astype(np.uint8),
            "labels": self.labels.astype(np.uint8),
        }
        write_arrays(path, {"kind": KIND}, arrays)


def unit(features: np.ndarray) -> np.ndarray:
    """Scale each row of features, (N, F) float32, to length 1; zeros stay zeros."""
    lengths = np.sqrt(np.einsum("nf,nf->n", features, features))[:, None]
    return features / np.maximum(lengths, np.float32(TINY))


def _fit(features, labels) -> bool:
    if features is None or labels is None or features.ndim != 2 or labels.ndim != 1:
        return False
    kinds = features.dtype == np.uint8 and labels.dtype == np.uint8
    return bool(kinds and len(features) == len(labels) and (labels < DIGITS).all())

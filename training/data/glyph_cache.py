"""Pictures -> training glyphs, by the code that the page runs, cached on disk."""

import hashlib
import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np

from export.setup.downloads import cache_folder
from inkling import image
from inkling.image.glyph import MNIST_FRAME, glyph
from inkling.image.ink import ink_map
from inkling.image.lightness import grey
from inkling.image.segment import single

SEED = 20  # of every drawing, together with its place in its set
WORKERS = 2  # processes
CHUNK = 500  # samples a worker gets at once; starting a worker takes as long as 500 samples
TRAINING = Path(__file__).resolve().parents[1]


def to_glyph(picture, segment: Callable = single) -> np.ndarray:
    """Frame one picture of any kind as the network sees it: (28, 28) uint8, 255 = ink.

    segment: ink map -> the part that is read, `single` or `single_letter`.
    """
    part = segment(ink_map(grey(picture)))
    if part is None:
        return np.zeros((MNIST_FRAME.side,) * 2, np.uint8)
    return np.rint(glyph(part.ink) * 255).astype(np.uint8)


def cached_glyphs(
    name: str, samples: Sequence, draw: Callable, segment: Callable = single
) -> np.ndarray:
    """Return the glyphs of the samples' pictures, (N, 28, 28) uint8, cached under a name.

    draw: a module's function (sample, numpy Generator) -> picture. Every sample has its own
    generator, so that its drawing depends on its place alone. segment: see `to_glyph`; a name
    belongs to one.
    """
    path = cache_folder() / "glyphs" / f"{name}-{len(samples)}-{_fingerprint()}.npy"
    if not path.exists():
        print(f"Framing {len(samples):,} of {name} ...", flush=True)
        glyphs = _make_all(samples, draw, segment)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part.npy")
        np.save(part, glyphs)
        part.replace(path)
    return np.load(path)


def identity(picture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Return the sample itself, where it is a picture already."""
    return picture


def _make_all(samples: Sequence, draw: Callable, segment: Callable) -> np.ndarray:
    chunks = [(i, samples[i : i + CHUNK]) for i in range(0, len(samples), CHUNK)]
    if len(chunks) < 2 * WORKERS:
        return np.concatenate([_make_chunk(chunk, draw, segment) for chunk in chunks])
    # Forked processes would share TensorFlow's threads and hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(WORKERS, mp_context=context) as pool:
        return np.concatenate(
            list(pool.map(partial(_make_chunk, draw=draw, segment=segment), chunks))
        )


def _make_chunk(chunk: tuple[int, Sequence], draw: Callable, segment: Callable) -> np.ndarray:
    first, samples = chunk
    randoms = (np.random.default_rng((SEED, first + i)) for i in range(len(samples)))
    pairs = zip(samples, randoms, strict=True)
    return np.stack([to_glyph(draw(sample, random), segment) for sample, random in pairs])


def _fingerprint() -> str:
    """Return a hash of all source files between a sample and its glyph."""
    folders = Path(image.__file__).parent, TRAINING / "synth", TRAINING / "data"
    sources = [path for folder in folders for path in sorted(folder.glob("*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]

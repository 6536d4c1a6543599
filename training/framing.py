"""Pictures -> glyphs to train on, by the very code that the page runs, kept once they are made."""

import hashlib
import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np

import inkling
from export.cache import cache_folder
from inkling.glyph import MNIST_FRAME, glyph
from inkling.ink import ink_map
from inkling.picture import grey
from inkling.segment import single

SEED = 20  # of every drawing, together with its place in its set
WORKERS = 2
CHUNK = 500  # samples handed to a worker at once; starting one costs as much as framing as many
FOLDER = Path(__file__).resolve().parent
# The page's modules that decide what becomes of a picture.
PICTURE_TO_GLYPH = (
    *("decoding", "picture", "filters", "tones", "drawing", "ink", "erasure", "ruling"),
    *("components", "marks", "segment", "glyph"),
)
# The modules that decide what is drawn, and how.
INVENTIONS = (
    *("strokes", "apart", "hands", "nondigits", "cuts", "paper", "pens", "photo", "surfaces"),
    *("blots", "chance", "drawings", "sources"),
)


def framed(picture) -> np.ndarray:
    """One picture of any kind as the network sees it: (28, 28) uint8, 255 = ink."""
    part = single(ink_map(grey(picture)))
    if part is None:
        return np.zeros((MNIST_FRAME.side,) * 2, np.uint8)
    return np.rint(glyph(part.ink) * 255).astype(np.uint8)


def kept(name: str, samples: Sequence, draw: Callable) -> np.ndarray:
    """The glyphs of the samples' pictures, (N, 28, 28) uint8, from the cache if they are there.

    draw: a module's function (sample, numpy Generator) -> picture. Every sample has a generator
    of its own, so that its drawing depends on its place alone.
    """
    path = cache_folder() / "glyphs" / f"{name}-{len(samples)}-{_fingerprint()}.npy"
    if not path.exists():
        print(f"Framing {len(samples):,} of {name} ...", flush=True)
        glyphs = _framed_all(samples, draw)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part.npy")
        np.save(part, glyphs)
        part.replace(path)
    return np.load(path)


def as_it_is(picture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """The drawing of what is a picture already."""
    return picture


def _framed_all(samples: Sequence, draw: Callable) -> np.ndarray:
    chunks = [(i, samples[i : i + CHUNK]) for i in range(0, len(samples), CHUNK)]
    if len(chunks) < 2 * WORKERS:
        return np.concatenate([_framed_chunk(chunk, draw) for chunk in chunks])
    # Processes that are forked would share TensorFlow's threads, and hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(WORKERS, mp_context=context) as pool:
        return np.concatenate(list(pool.map(partial(_framed_chunk, draw=draw), chunks)))


def _framed_chunk(chunk: tuple[int, Sequence], draw: Callable) -> np.ndarray:
    first, samples = chunk
    randoms = (np.random.default_rng((SEED, first + i)) for i in range(len(samples)))
    return np.stack([framed(draw(s, random)) for s, random in zip(samples, randoms, strict=True)])


def _fingerprint() -> str:
    """Changes whenever the code from picture or strokes to glyph does."""
    package = Path(inkling.__file__).parent
    sources = [package / f"{module}.py" for module in PICTURE_TO_GLYPH]
    sources += [FOLDER / f"{module}.py" for module in (*INVENTIONS, "framing")]
    found = (path.read_bytes() for path in sources if path.exists())
    return hashlib.sha256(b"".join(found)).hexdigest()[:12]

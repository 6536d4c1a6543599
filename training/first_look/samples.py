"""The strokes that the first look learns from, with what the digit network reads in them.

The digit network reads a drawing of each sample. A second drawing, with a slant and a stretch of
its own, goes through site/ui/first_look/features.py. Writers of the validation split stay apart, as
everywhere.
"""

import hashlib
import math
import multiprocessing
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from export.setup.downloads import cache_folder
from inkling.network.model import Network
from inkling.results import REJECT
from training.data.glyph_cache import SEED, cached_glyphs
from training.data.training_set import LETTER_FILE, PEN_FILES, validation_mask
from training.synth import non_digits, writing_style
from training.synth import samples as drawings
from training.synth.render import ASPECT, SLANT, read_trajectories
from ui.first_look import features

TEACHER = Path(__file__).resolve().parents[2] / "site" / "model" / "digits.npz"
SIGN_FILE = "unipen_symbols_train"
PAIR_FILE, PAIR_STEP = "unipen_digits_train", 3  # every third pair: 4,000
MARKS, SCRIBBLES = 5_000, 6_000  # as for the digit network, whose cache holds them
TURN = 0.06  # radians: standard deviation of a sample's rotation
SPARSE = 0.3  # share of the samples drawn from few pointer events
MAX_STEP = 4  # of these samples: every second to fourth point is kept
UNKNOWN = 255  # label of a sign: only the digit network says which digit it may be
VALIDATION = 12  # one drawn mark or scribble in twelve is kept for validation
WORKERS, CHUNK, BATCH = 2, 500, 1_000


class Lessons(NamedTuple):
    """Samples as the first look sees them."""

    inputs: np.ndarray  # (N, features.INPUTS) uint8, 255 = 1
    taught: np.ndarray  # (N, 11) float32, the digit network's probabilities
    labels: np.ndarray  # (N,) uint8, 0 to 9, REJECT or UNKNOWN
    validation: np.ndarray  # (N,) bool, whether its writer belongs to the validation split

    def select(self, chosen: np.ndarray) -> "Lessons":
        """Return those where a mask is true."""
        return Lessons(*(part[chosen] for part in self))


def load_lessons(data: Path) -> Lessons:
    """Return all samples. data: the folder of real handwriting."""
    teacher = Network.load(TEACHER)
    parts = [_lessons(teacher, *source) for source in _sources(data)]
    return Lessons(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def _sources(data: Path) -> Iterable[tuple]:
    """Yield (name of the cached glyphs, samples, how they are drawn, labels, validation)."""
    for name, rounds in PEN_FILES.items():
        rows = _read(data, name)
        yield name, rows * rounds, drawings.draw_sample, np.tile(validation_mask(rows), rounds)
    rows = [row for row in _read(data, LETTER_FILE) if row["label"] not in non_digits.LOOKALIKES]
    yield "letters", rows, drawings.draw_sample, validation_mask(rows)
    rows = _read(data, SIGN_FILE)
    yield "first-look-signs", rows, drawings.draw_sample, validation_mask(rows)
    couples = _couples(_read(data, PAIR_FILE))
    lefts = [left for left, _ in couples]
    yield "first-look-pairs", couples, drawings.draw_pair, validation_mask(lefts)
    for name, count, draw in (
        ("marks", MARKS, drawings.draw_mark),
        ("scribbles", SCRIBBLES, drawings.draw_scribble),
    ):
        yield name, range(count), draw, np.arange(count) % VALIDATION == 0


def _read(data: Path, name: str) -> list[dict]:
    return read_trajectories(data / "pen" / f"{name}.json.gz")


def _couples(rows: list[dict]) -> list[tuple[dict, dict]]:
    """Return every PAIR_STEP-th two samples of one writer that follow each other."""
    both = pairwise(sorted(rows, key=lambda row: row["writer"]))
    return [pair for pair in both if pair[0]["writer"] == pair[1]["writer"]][::PAIR_STEP]


def _lessons(teacher: Network, name: str, samples, draw, validation: np.ndarray) -> Lessons:
    glyphs = cached_glyphs(name, samples, draw)
    parts = [glyphs[i : i + BATCH] / np.float32(255) for i in range(0, len(glyphs), BATCH)]
    taught = np.concatenate([teacher.probabilities(part) for part in parts])
    labels = np.array([_label(name, sample) for sample in samples], np.uint8)
    return Lessons(_cached_inputs(name, samples), taught.astype(np.float32), labels, validation)


def _label(name: str, sample) -> int:
    if name == "first-look-signs":
        return UNKNOWN
    is_digit = isinstance(sample, dict) and sample["label"].isdigit()
    return int(sample["label"]) if is_digit else REJECT


# ---- What the first look sees ----


def _cached_inputs(name: str, samples) -> np.ndarray:
    """Return the inputs of samples, (N, features.INPUTS) uint8, cached on disk."""
    path = cache_folder() / "first_look" / f"{name}-{len(samples)}-{_fingerprint()}.npy"
    if not path.exists():
        print(f"Drawing {len(samples):,} of {name} for the first look ...", flush=True)
        chunks = [(name, i, samples[i : i + CHUNK]) for i in range(0, len(samples), CHUNK)]
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(WORKERS, mp_context=context) as pool:
            inputs = np.concatenate(list(pool.map(_draw_chunk, chunks)))
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, inputs)
    return np.load(path)


def _draw_chunk(chunk: tuple) -> np.ndarray:
    name, first, samples = chunk
    drawn = [_strokes(name, first + i, sample) for i, sample in enumerate(samples)]
    return as_bytes([features.inputs_of(strokes) for strokes in drawn])


def as_bytes(inputs: list[list[float]]) -> np.ndarray:
    """Return lists of inputs, 0 to 1, as uint8."""
    return np.rint(np.array(inputs, np.float32) * 255).astype(np.uint8)


def _strokes(name: str, place: int, sample) -> list[np.ndarray]:
    """Return a sample's strokes, varied as in its drawing, which had the same seed."""
    random = np.random.default_rng((SEED, place))
    if name == "first-look-pairs":
        strokes = non_digits.pair(sample[0]["strokes"], sample[1]["strokes"], random)
    elif name == "marks":
        strokes = non_digits.mark(random)
    elif name == "scribbles":
        strokes = non_digits.scribble(random)
    else:
        strokes = writing_style.vary_strokes(sample["strokes"], sample["label"], random)
    step = int(random.integers(2, MAX_STEP + 1)) if random.random() < SPARSE else 1
    turn, lean = random.normal(0, TURN), math.tan(random.normal(0, SLANT))
    wide = math.exp(random.normal(0, ASPECT))
    turned = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    matrix = turned @ np.array([[wide, 0], [-lean, 1]])
    return [(_thin_out(stroke, step) @ matrix).tolist() for stroke in strokes]


def _thin_out(stroke: np.ndarray, step: int) -> np.ndarray:
    """Keep every `step`-th point, and the last."""
    return np.concatenate([stroke[:-1:step], stroke[-1:]])


def _fingerprint() -> str:
    """Return a hash of the source files between a sample and its inputs."""
    folders = (Path(non_digits.__file__).parent.glob("*.py"),)
    sources = [Path(__file__), Path(features.__file__), *sorted(*folders)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]

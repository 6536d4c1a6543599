"""The training and validation samples of the letter network, with writers kept apart.

Letters come from pen strokes, all drawn and some photographed too. Digits are there for codes,
where both occur. The reject class has signs, scribbles, blots and pairs of letters.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from inkling.image.segment import single_letter
from inkling.network.letter_labels import LABELS
from training.data.datasets import Digits, mnist
from training.data.glyph_cache import cached_glyphs, identity
from training.data.training_set import VALIDATION_SAMPLES, Split, validation_mask
from training.synth import paper, render
from training.synth import samples as drawings

REJECT = len(LABELS) - 1
LETTER_FILE, SIGN_FILE = "unipen_letters_train", "unipen_symbols_train"
DIGIT_FILES = ("unipen_digits_train", "pendigits_train")
PEN_DIGITS, SIGNS, PHOTOS, MNIST_DIGITS = 9_000, 4_000, 4_000, 3_000
SCRIBBLES, BLOTS, PAIRS = 1_500, 400, 1_500
# Signs that share a shape with a letter or a digit, as some people write them.
LOOKALIKES = frozenset("+()/|!$'`,[]<^-_")
PAIRED = frozenset("ABDEFGHKMNPQRSTXYZ2345679")  # no two of these look like one letter
SEED = 27


def letter_sources(data: Path) -> dict[str, Split]:
    """Return every source by name. data: the folder of real handwriting."""
    rows = {
        name: render.read_trajectories(data / "pen" / f"{name}.json.gz")
        for name in (LETTER_FILE, SIGN_FILE, *DIGIT_FILES)
    }
    letters, signs, *digits = rows.values()
    signs = [row for row in signs if row["label"] not in LOOKALIKES]
    sources = {
        "letters": _drawn("letter", letters),
        "letter_photos": _photographed(letters),
        "mnist": _mnist(),
        "signs": _drawn("letter-signs", _choose(signs, SIGNS)),
        "pairs": _pairs(letters + digits[0]),
        "scribbles": _rejects("letter-scribbles", drawings.draw_scribble, SCRIBBLES),
        "blots": _rejects("letter-blots", drawings.draw_blot, BLOTS),
    }
    for name, samples in zip(DIGIT_FILES, digits, strict=True):
        sources[name] = _drawn(f"letter-{name}", _choose(samples, PEN_DIGITS // 2))
    return sources


def label_of(character: str) -> int:
    """Return a character's place among the network's labels."""
    return LABELS.index(character) if character in LABELS else REJECT


def _drawn(name: str, rows: list[dict]) -> Split:
    glyphs, validation = _glyphs(name, rows, drawings.draw_sample), validation_mask(rows)
    found = Digits(glyphs, _labels(rows))
    return Split(found.select(~validation), found.select(validation))


def _photographed(letters: list[dict]) -> Split:
    """Photograph some letters, without those in which something else was taken for the ink."""
    chosen = _choose(letters, PHOTOS)
    clean = _glyphs("letter-as-drawn", chosen, drawings.draw_sample)
    photos = _glyphs("letter-photos", chosen, drawings.photograph_sample)
    both = zip(photos, clean, strict=True)
    legible = np.array([paper.has_same_ink(photo, original) for photo, original in both])
    found, validation = Digits(photos, _labels(chosen)), validation_mask(chosen)
    return Split(found.select(legible & ~validation), found.select(legible & validation))


def _mnist() -> Split:
    pictures, labels = (part[:MNIST_DIGITS] for part in mnist("train"))
    found, held = Digits(_glyphs("letter-mnist", pictures, identity), labels), _held(len(labels))
    return Split(found.select(~held), found.select(held))


def _pairs(rows: list[dict]) -> Split:
    """Draw two characters side by side, as rejects."""
    rows = _choose([row for row in rows if row["label"] in PAIRED], 2 * PAIRS)
    couples = list(zip(rows[::2], rows[1::2], strict=True))
    glyphs = _glyphs("letter-pairs", couples, drawings.draw_pair)
    held = validation_mask(rows[::2]) | validation_mask(rows[1::2])
    both = validation_mask(rows[::2]) & validation_mask(rows[1::2])
    found = _as_rejects(glyphs)
    return Split(found.select(~held), found.select(both))


def _rejects(name: str, draw: Callable, count: int) -> Split:
    found = _as_rejects(_glyphs(name, range(count), draw))
    held = _held(count)
    return Split(found.select(~held), found.select(held))


def _held(count: int) -> np.ndarray:
    """Return a mask (count,) of validation samples where writers are unknown."""
    return np.arange(count) % VALIDATION_SAMPLES == 0


def _glyphs(name: str, samples: Sequence, draw: Callable) -> np.ndarray:
    return cached_glyphs(name, samples, draw, single_letter)


def _as_rejects(glyphs: np.ndarray) -> Digits:
    return Digits(glyphs, np.full(len(glyphs), REJECT, np.uint8))


def _choose(samples: Sequence, count: int) -> list:
    order = np.random.default_rng(SEED).permutation(len(samples))[:count]
    return [samples[i] for i in order]


def _labels(rows: list[dict]) -> np.ndarray:
    return np.array([label_of(row["label"]) for row in rows], np.uint8)

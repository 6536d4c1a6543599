"""The training and validation samples, source by source, with writers kept apart.

Digits come from MNIST and from pen strokes. Some of them come a second time as photographs, or as
cells cut from forms. The reject class has letters, signs, scribbles, blots, empty cells, pairs of
digits and fragments of them. No writer of a validation sample wrote a training sample.
"""

import hashlib
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from inkling.results import REJECT
from training.data.datasets import Digits, mnist, mnist_digits
from training.data.glyph_cache import cached_glyphs
from training.synth import fragments, non_digits, paper, render, split_numbers
from training.synth import samples as drawings

# Drawings of each sample, every time with another pen. Pendigits comes from a single tablet.
PEN_FILES = {"unipen_digits_train": 3, "pendigits_train": 1}
NUMBER_FILE, NUMBER_DRAWINGS = "unipen_strings_train", 5  # few digits, but of 105 more writers
LETTER_FILE = "unipen_letters_train"
MARKS, SCRIBBLES, BLOTS, PAIRS = 5_000, 6_000, 4_000, 4_000
FRAGMENTS = 10_000  # of pairs of touching digits that were cut apart
PHOTOS = 7_000  # of MNIST's digits, and as many of the pen digits
MNIST_CROPS, PEN_CROPS = 9_000, 16_000  # digits in cells
EMPTY_CELLS = 2_000
CELLS = ("mnist_crops", "pen_crops", "empty_cells")  # their sources
LEGIBLE = 0.6  # least ink_overlap of a digit in a cell: parts of the frame may be left
ALL_MNIST = 60_000
VALIDATION_WRITERS = 10  # one writer in ten belongs to the validation split
VALIDATION_SAMPLES = 12  # one sample in twelve does, where the writer is unknown
SEED = 20  # of random choices of samples


class Split(NamedTuple):
    """One source's samples."""

    train: Digits
    validation: Digits


def training_sources(data: Path | None, mnist_count: int = ALL_MNIST) -> dict[str, Split]:
    """Return every source by name; without a data folder, MNIST and the sources made from it.

    mnist_count: MNIST's first training digits to use. Synthetic sources shrink in proportion.
    """
    share = mnist_count / ALL_MNIST
    digits, validation = mnist_digits("train", mnist_count), _random_mask(mnist_count)
    sources = {"mnist": _split(digits, validation)}
    sources["mnist_photos"] = _mnist_photos(digits, validation, round(PHOTOS * share))
    sources["mnist_crops"] = _mnist_crops(digits, validation, round(MNIST_CROPS * share))
    for name, draw, count in (
        ("marks", drawings.draw_mark, MARKS),
        ("scribbles", drawings.draw_scribble, SCRIBBLES),
        ("blots", drawings.draw_blot, BLOTS),
        ("empty_cells", drawings.empty_cell, EMPTY_CELLS),
    ):
        sources[name] = _synthetic(name, draw, round(count * share))
    pens = {name: _read_rows(data, name) for name in (*PEN_FILES, NUMBER_FILE, LETTER_FILE)}
    if not all(pens.values()):
        print("No pen strokes found: training on MNIST alone. The network will misread about 3 %")
        print("of the digits drawn on a screen. Name their folder with --data or INKLING_DATA.")
        return sources
    return sources | _pen_sources(pens)


def _pen_sources(pens: dict[str, list[dict]]) -> dict[str, Split]:
    drawn = {
        name: cached_glyphs(name, pens[name] * times, drawings.draw_sample)
        for name, times in PEN_FILES.items()
    }
    sources = {name: _pen_split(pens[name], glyphs) for name, glyphs in drawn.items()}
    rows = [row for name in PEN_FILES for row in pens[name]]
    clean = np.concatenate([drawn[name][: len(pens[name])] for name in PEN_FILES])
    sources["pen_photos"] = _pen_photos(rows, clean)
    sources["pen_crops"] = _pen_crops(rows, clean)
    couples = _consecutive_pairs(rows)
    sources["pairs"], sources["fragments"] = _pairs(couples), _fragments(couples)
    sources["numerals"] = _pen_split(*numerals(pens[NUMBER_FILE]))
    letters = [row for row in pens[LETTER_FILE] if row["label"] not in non_digits.LOOKALIKES]
    glyphs = cached_glyphs("letters", letters, drawings.draw_sample)
    sources["letters"] = _pen_split(letters, glyphs)
    return sources


def numerals(numbers: list[dict]) -> tuple[list[dict], np.ndarray]:
    """Return the single digits of numbers, and NUMBER_DRAWINGS rounds of drawings of them all."""
    rows = split_numbers.split_digits(numbers)
    return rows, cached_glyphs("numerals", rows * NUMBER_DRAWINGS, drawings.draw_sample)


def _pen_split(rows: list[dict], glyphs: np.ndarray) -> Split:
    """Split samples by writer. glyphs: one or more rounds; validation uses the first round only."""
    times = len(glyphs) // len(rows)
    first = np.arange(len(glyphs)) < len(rows)
    validation = np.tile(validation_mask(rows), times)
    everything = Digits(glyphs, np.tile(_labels(rows), times))
    return Split(everything.select(~validation), everything.select(validation & first))


def _pen_photos(rows: list[dict], clean: np.ndarray) -> Split:
    places = _sample(range(len(rows)), PHOTOS)
    chosen = [rows[place] for place in places]
    photos = Digits(
        cached_glyphs("pen-photos", chosen, drawings.photograph_sample), _labels(chosen)
    )
    return _split_legible(photos, clean[places], validation_mask(chosen))


def _mnist_photos(digits: Digits, validation: np.ndarray, count: int) -> Split:
    # Not the split's own permutation: all the photographs would be of validation digits.
    chosen = np.random.default_rng(SEED + 1).permutation(len(digits.labels))[:count]
    pictures = mnist("train")[0][chosen]
    photos = cached_glyphs("mnist-photos", pictures, drawings.photograph_picture)
    photographed = Digits(photos, digits.labels[chosen])
    return _split_legible(photographed, digits.glyphs[chosen], validation[chosen])


def _pen_crops(rows: list[dict], clean: np.ndarray) -> Split:
    """Write pen digits into cells, each beside two other digits of the training writers."""
    masks, random = validation_mask(rows), np.random.default_rng(SEED + 2)
    places = random.integers(len(rows), size=PEN_CROPS)
    beside = random.integers(len(rows), size=(PEN_CROPS, 2))
    chosen = [
        (rows[place], *(rows[k] for k in two)) for place, two in zip(places, beside, strict=True)
    ]
    crops = cached_glyphs("pen-crops", chosen, drawings.crop_sample)
    labelled = Digits(crops, _labels([row for row, *_ in chosen]))
    return _split_legible(labelled, clean[places], masks[places], LEGIBLE)


def _mnist_crops(digits: Digits, validation: np.ndarray, count: int) -> Split:
    random = np.random.default_rng(SEED + 3)
    chosen = random.permutation(len(digits.labels))[:count]
    beside = random.integers(len(digits.labels), size=(count, 2))
    pictures = mnist("train")[0][np.column_stack([chosen, beside])]
    crops = Digits(
        cached_glyphs("mnist-crops", pictures, drawings.crop_pictures), digits.labels[chosen]
    )
    return _split_legible(crops, digits.glyphs[chosen], validation[chosen], LEGIBLE)


def _split_legible(
    photos: Digits, clean: np.ndarray, validation: np.ndarray, least: float = paper.LIKE
) -> Split:
    """Split photographs, without those in which something else was taken for the digit's ink.

    clean: the glyphs of the same digits before they were photographed. least: `ink_overlap`.
    """
    both = zip(photos.glyphs, clean, strict=True)
    legible = np.array([paper.ink_overlap(photo, original) >= least for photo, original in both])
    return Split(photos.select(legible & ~validation), photos.select(legible & validation))


def _consecutive_pairs(rows: list[dict]) -> list[tuple[dict, dict]]:
    """Return every two samples of one writer that follow each other."""
    order = np.argsort([row["writer"] for row in rows], kind="stable")
    neighbours = ((rows[a], rows[b]) for a, b in pairwise(order))
    return [couple for couple in neighbours if couple[0]["writer"] == couple[1]["writer"]]


def _pairs(couples: list[tuple[dict, dict]]) -> Split:
    """Draw two digits of one writer in one frame, as rejects."""
    chosen = _sample(couples, PAIRS)
    glyphs = cached_glyphs("pairs", chosen, drawings.draw_pair)
    return _split(_as_rejects(glyphs), validation_mask([left for left, _ in chosen]))


def _fragments(couples: list[tuple[dict, dict]]) -> Split:
    """Cut touching digits apart and draw one side: a digit, or a fragment as a reject."""
    randoms = (np.random.default_rng((SEED, place)) for place in range(FRAGMENTS))
    chosen = _sample(couples, FRAGMENTS)
    rows = [
        fragments.cut_fragment(*both, random) for both, random in zip(chosen, randoms, strict=True)
    ]
    return _pen_split(rows, cached_glyphs("fragments", rows, drawings.draw_sample))


def _synthetic(name: str, draw: Callable, count: int) -> Split:
    """Draw rejects without samples. Glyphs that are in the training split too are not validated."""
    rejects = _as_rejects(cached_glyphs(name, range(count), draw))
    train, validation = _split(rejects, _random_mask(count))
    known = {glyph.tobytes() for glyph in train.glyphs}  # many dots are identical
    new = np.array([glyph.tobytes() not in known for glyph in validation.glyphs])
    return Split(train, validation.select(new))


def _read_rows(data: Path | None, name: str) -> list[dict]:
    path = data / "pen" / f"{name}.json.gz" if data else None
    return render.read_trajectories(path) if path and path.exists() else []


def _sample(samples: Sequence, count: int) -> list:
    order = np.random.default_rng(SEED).permutation(len(samples))[:count]
    return [samples[i] for i in order]


def _labels(rows: list[dict]) -> np.ndarray:
    labels = (row["label"] for row in rows)
    return np.array([int(label) if label.isdigit() else REJECT for label in labels], np.uint8)


def _as_rejects(glyphs: np.ndarray) -> Digits:
    return Digits(glyphs, np.full(len(glyphs), REJECT, np.uint8))


def _split(digits: Digits, validation: np.ndarray) -> Split:
    return Split(digits.select(~validation), digits.select(validation))


def _random_mask(count: int) -> np.ndarray:
    """Return a mask (count,) of the validation samples where writers are unknown."""
    validation = np.zeros(count, bool)
    validation[np.random.default_rng(SEED).permutation(count)[: count // VALIDATION_SAMPLES]] = True
    return validation


def validation_mask(rows: list[dict]) -> np.ndarray:
    """Return a mask (n,) of the samples by writers of the validation split."""
    return np.array([_is_validation_writer(row["writer"]) for row in rows])


def validation_rows(rows: list[dict]) -> list[dict]:
    """Return the samples by writers of the validation split."""
    return [row for row in rows if _is_validation_writer(row["writer"])]


def _is_validation_writer(writer: str) -> bool:
    return int(hashlib.sha256(writer.encode()).hexdigest(), 16) % VALIDATION_WRITERS == 0

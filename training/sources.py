"""What the network is trained on and validated with, source by source.

Digits from MNIST and from pens, and some of both once more as photographs; as what is not a
digit, letters, marks, scribbles, blots, pairs of digits and pieces of them. Nobody who wrote a
validation sample wrote a training one.
"""

import hashlib
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from training import apart, cuts, drawings, nondigits, paper, strokes
from training.datasets import NONE, Digits, mnist, mnist_digits
from training.framing import kept

# How often each sample is drawn, every time with another pen; pendigits is one tablet's.
PEN_FILES = {"unipen_digits_train": 3, "pendigits_train": 1}
NUMBER_FILE, NUMBER_DRAWINGS = "unipen_strings_train", 5  # few digits, but of 105 more people
LETTER_FILE = "unipen_letters_train"
MARKS, SCRIBBLES, BLOTS, PAIRS = 5_000, 6_000, 4_000, 4_000
PIECES = 10_000  # of pairs of touching digits that were cut apart
PHOTOS = 7_000  # of MNIST's digits, and as many of the pens'
ALL_MNIST = 60_000
HELD_WRITERS = 10  # one writer in so many is kept for validation, with all that they wrote
HELD = 12  # of what names no writer: one sample in so many, chosen at random
SEED = 20  # of what is chosen

Split = tuple[Digits, Digits]  # to train on, to validate with


def training_sources(data: Path | None, mnist_count: int = ALL_MNIST) -> dict[str, Split]:
    """Every source by name; without a data folder, MNIST and what can be made of it.

    mnist_count: how many of MNIST's training digits to take, from the first; fewer shrink what
    is made here in proportion.
    """
    share = mnist_count / ALL_MNIST
    digits, held = mnist_digits("train", mnist_count), _held_at_random(mnist_count)
    sources = {"mnist": _split(digits, held)}
    sources["mnist_photos"] = _mnist_photos(digits, held, round(PHOTOS * share))
    for name, draw, count in (
        ("marks", drawings.mark, MARKS),
        ("scribbles", drawings.scribble, SCRIBBLES),
        ("blots", drawings.blot, BLOTS),
    ):
        sources[name] = _made(name, draw, round(count * share))
    pens = {name: _rows(data, name) for name in (*PEN_FILES, NUMBER_FILE, LETTER_FILE)}
    if not all(pens.values()):
        print("No pen strokes found: training on MNIST alone, which costs some 3 % of the digits")
        print("that people draw on a screen. `--data DIR` or INKLING_DATA says where they are.")
        return sources
    return sources | _pen_sources(pens)


def _pen_sources(pens: dict[str, list[dict]]) -> dict[str, Split]:
    drawn = {
        name: kept(name, pens[name] * times, drawings.inked) for name, times in PEN_FILES.items()
    }
    sources = {name: _pen_split(pens[name], glyphs) for name, glyphs in drawn.items()}
    rows = [row for name in PEN_FILES for row in pens[name]]
    clean = np.concatenate([drawn[name][: len(pens[name])] for name in PEN_FILES])
    sources["pen_photos"] = _pen_photos(rows, clean)
    couples = _couples(rows)
    sources["pairs"], sources["pieces"] = _pairs(couples), _pieces(couples)
    sources["numerals"] = _pen_split(*numerals(pens[NUMBER_FILE]))
    letters = [row for row in pens[LETTER_FILE] if row["label"] not in nondigits.LOOKALIKES]
    sources["letters"] = _pen_split(letters, kept("letters", letters, drawings.inked))
    return sources


def numerals(numbers: list[dict]) -> tuple[list[dict], np.ndarray]:
    """The single digits of numbers, and their drawings: all of them once, then again, and so on."""
    rows = apart.digits_apart(numbers)
    return rows, kept("numerals", rows * NUMBER_DRAWINGS, drawings.inked)


def _pen_split(rows: list[dict], glyphs: np.ndarray) -> Split:
    """Samples, drawn once or more; those to validate with are used once each."""
    times = len(glyphs) // len(rows)
    first = np.arange(len(glyphs)) < len(rows)
    held = np.tile(held_writers(rows), times)
    everything = Digits(glyphs, np.tile(_labels(rows), times))
    return everything.only(~held), everything.only(held & first)


def _pen_photos(rows: list[dict], clean: np.ndarray) -> Split:
    places = _chosen(range(len(rows)), PHOTOS)
    chosen = [rows[place] for place in places]
    photos = kept("pen-photos", chosen, drawings.photographed)
    return _legible(photos, clean[places], _labels(chosen), held_writers(chosen))


def _mnist_photos(digits: Digits, held: np.ndarray, count: int) -> Split:
    # Another order than that of the split, or all the photographs would be of held-out digits.
    chosen = np.random.default_rng(SEED + 1).permutation(len(digits.labels))[:count]
    pictures = mnist("train")[0][chosen]
    photos = kept("mnist-photos", pictures, drawings.picture_photographed)
    return _legible(photos, digits.glyphs[chosen], digits.labels[chosen], held[chosen])


def _legible(photos: np.ndarray, clean: np.ndarray, labels: np.ndarray, held: np.ndarray) -> Split:
    """Without the photographs of which something else than the digit was taken for ink."""
    legible = np.array([paper.same_ink(*both) for both in zip(photos, clean, strict=True)])
    digits = Digits(photos, labels)
    return digits.only(legible & ~held), digits.only(legible & held)


def _couples(rows: list[dict]) -> list[tuple[dict, dict]]:
    """Two samples of one writer each, any two that follow each other."""
    order = np.argsort([row["writer"] for row in rows], kind="stable")
    neighbours = ((rows[a], rows[b]) for a, b in pairwise(order))
    return [couple for couple in neighbours if couple[0]["writer"] == couple[1]["writer"]]


def _pairs(couples: list[tuple[dict, dict]]) -> Split:
    """Two digits of one writer in one frame."""
    chosen = _chosen(couples, PAIRS)
    glyphs = kept("pairs", chosen, drawings.pair)
    return _split(_nothing(glyphs), held_writers([left for left, _ in chosen]))


def _pieces(couples: list[tuple[dict, dict]]) -> Split:
    """What is left of two touching digits when they are cut apart, rightly or wrongly."""
    randoms = (np.random.default_rng((SEED, place)) for place in range(PIECES))
    chosen = _chosen(couples, PIECES)
    rows = [cuts.piece(*both, random) for both, random in zip(chosen, randoms, strict=True)]
    return _pen_split(rows, kept("pieces", rows, drawings.inked))


def _made(name: str, draw: Callable, count: int) -> Split:
    trained, held = _split(_nothing(kept(name, range(count), draw)), _held_at_random(count))
    known = {glyph.tobytes() for glyph in trained.glyphs}  # dots are much alike
    return trained, held.only(np.array([glyph.tobytes() not in known for glyph in held.glyphs]))


def _rows(data: Path | None, name: str) -> list[dict]:
    path = data / "pen" / f"{name}.json.gz" if data else None
    return strokes.trajectories(path) if path and path.exists() else []


def _chosen(samples: Sequence, count: int) -> list:
    order = np.random.default_rng(SEED).permutation(len(samples))[:count]
    return [samples[i] for i in order]


def _labels(rows: list[dict]) -> np.ndarray:
    labels = (row["label"] for row in rows)
    return np.array([int(label) if label.isdigit() else NONE for label in labels], np.uint8)


def _nothing(glyphs: np.ndarray) -> Digits:
    return Digits(glyphs, np.full(len(glyphs), NONE, np.uint8))


def _split(digits: Digits, held: np.ndarray) -> Split:
    return digits.only(~held), digits.only(held)


def _held_at_random(count: int) -> np.ndarray:
    held = np.zeros(count, bool)
    held[np.random.default_rng(SEED).permutation(count)[: count // HELD]] = True
    return held


def held_writers(rows: list[dict]) -> np.ndarray:
    return np.array([_held_writer(row["writer"]) for row in rows])


def by_held_writers(rows: list[dict]) -> list[dict]:
    """The samples, of a training set, of those who are kept for validation."""
    return [row for row in rows if _held_writer(row["writer"])]


def _held_writer(writer: str) -> bool:
    return int(hashlib.sha256(writer.encode()).hexdigest(), 16) % HELD_WRITERS == 0

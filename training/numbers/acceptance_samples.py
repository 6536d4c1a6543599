"""Draw numbers of every kind, words and scribbles: the samples of fit_acceptance.py.

All are by writers of the validation split, except for numbers that people wrote: the network was
trained on those.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from training.data import training_set
from training.numbers import false_acceptance
from training.numbers.compose import (
    OVERLAPPING,
    PAIR,
    SPACED,
    TOUCHING,
    Number,
    as_written,
    compose,
)
from training.numbers.cost_samples import SINGLE
from training.synth import non_digits, paper
from training.synth.render import read_trajectories, render_strokes

SOME = 800  # of each kind
UNEVEN = (0.6, 1.2)  # digit heights over the number's: an unsteady hand
LINES = (2, 8)  # of a page
LINE = (4, 6)  # digits
PHOTOS = "photographed"  # the least certain kind


def numbers(pens: Path) -> dict[str, list[Number]]:
    """Return numbers by kind: written, spaced, touching, signed, uneven, on pages, photographed."""
    digits = _held(pens, "unipen_digits_train")
    return {
        "written": as_written(
            read_trajectories(pens / f"{training_set.NUMBER_FILE}.json.gz"), 10_000
        ),
        "spaced": compose(digits, SOME, SPACED, seed=1),
        "overlapping": compose(digits, SOME, OVERLAPPING, seed=2),
        "touching": compose(digits, SOME, TOUCHING, PAIR, seed=3),
        "with signs": compose(digits, SOME, SPACED, seed=4, signs=1.0),
        "one and a sign": compose(digits, SOME, SPACED, SINGLE, seed=6, signs=1.0),
        "uneven": compose(digits, SOME, SPACED, seed=7, even=UNEVEN),
        "pages": _pages(compose(digits, SOME * 2, SPACED, LINE, seed=8)),
        PHOTOS: [_photo(n, place) for place, n in enumerate(compose(digits, SOME, SPACED, seed=5))],
    }


def no_numbers(pens: Path) -> dict[str, list[Number]]:
    """Return words and scribbles, by the names of false_acceptance.WHAT; their text is empty."""
    return false_acceptance.words(_held(pens, training_set.LETTER_FILE), SOME) | {
        "scribbles": scribbles(SOME)
    }


def scribbles(count: int) -> list[Number]:
    """Return scribbles; they need no writer."""
    return [Number("", None, partial(_scribble, seed)) for seed in range(count)]


def _held(pens: Path, name: str) -> list[dict]:
    return training_set.validation_rows(read_trajectories(pens / f"{name}.json.gz"))


def _photo(number: Number, seed: int) -> Number:
    return number._replace(picture=partial(_photographed, number.picture, seed))


def _photographed(draw: Callable[[], Image.Image], seed: int) -> Image.Image:
    ink = 1 - _dark_on_light(draw()) / 255
    return paper.photograph(ink, np.random.default_rng((training_set.SEED, seed)))


def _dark_on_light(picture: Image.Image) -> np.ndarray:
    light = np.asarray(picture, np.float32)  # some pictures are white on black
    return light if light.mean() > 127 else 255 - light


def _pages(lines: list[Number]) -> list[Number]:
    """Group the numbers into pages, one below the other."""
    random, pages = np.random.default_rng(training_set.SEED), []
    while lines:
        count = int(random.integers(*LINES))
        own, lines = lines[:count], lines[count:]
        text = "".join(number.text for number in own)
        pages.append(Number(text, own[0].writer, partial(_page, [n.picture for n in own])))
    return pages


def _page(draw: list[Callable[[], Image.Image]]) -> Image.Image:
    return Image.fromarray(np.vstack([_dark_on_light(each()) for each in draw]).astype(np.uint8))


def _scribble(seed: int) -> Image.Image:
    # Not the seed of the training scribbles.
    random = np.random.default_rng((training_set.SEED, seed, seed))
    return render_strokes(non_digits.scribble(random), random)

"""Pictures of numbers of every sort, and of what is none: what `verdicts` learns from.

All were written by held-out writers but for the numbers that people wrote, which the network has
learnt from.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from training import doubts, nondigits, paper, sources
from training.lessons import SINGLE
from training.numbers import OVERLAPPING, PAIR, SPACED, TOUCHING, Number, as_written, composed
from training.strokes import drawing, trajectories

SOME = 800  # of each kind
UNEVEN = (0.6, 1.2)  # of a number's height: digits of an unsteady hand
LINES = (2, 8)  # of a page
LINE = (4, 6)  # digits
PHOTOS = "photographed"  # the numbers that are least sure of all


def numbers(pens: Path) -> dict[str, list[Number]]:
    """Numbers as they are written, spaced, joined, signed, uneven, photographed and on pages."""
    digits = _held(pens, "unipen_digits_train")
    return {
        "written": as_written(trajectories(pens / f"{sources.NUMBER_FILE}.json.gz"), 10_000),
        "spaced": composed(digits, SOME, SPACED, seed=1),
        "overlapping": composed(digits, SOME, OVERLAPPING, seed=2),
        "touching": composed(digits, SOME, TOUCHING, PAIR, seed=3),
        "with signs": composed(digits, SOME, SPACED, seed=4, signs=1.0),
        "one and a sign": composed(digits, SOME, SPACED, SINGLE, seed=6, signs=1.0),
        "uneven": composed(digits, SOME, SPACED, seed=7, even=UNEVEN),
        "pages": _pages(composed(digits, SOME * 2, SPACED, LINE, seed=8)),
        PHOTOS: [
            _photo(n, place) for place, n in enumerate(composed(digits, SOME, SPACED, seed=5))
        ],
    }


def no_numbers(pens: Path) -> dict[str, list[Number]]:
    """Words and scribbles, under the names of doubts.WHAT; their text is empty."""
    scribbles = [Number("", None, partial(_scribble, seed)) for seed in range(SOME)]
    return doubts.words(_held(pens, sources.LETTER_FILE), SOME) | {"scribbles": scribbles}


def _held(pens: Path, name: str) -> list[dict]:
    return sources.by_held_writers(trajectories(pens / f"{name}.json.gz"))


def _photo(number: Number, seed: int) -> Number:
    return number._replace(picture=partial(_photographed, number.picture, seed))


def _photographed(draw: Callable[[], Image.Image], seed: int) -> Image.Image:
    ink = 1 - _dark_on_light(draw()) / 255
    return paper.photographed(ink, np.random.default_rng((sources.SEED, seed)))


def _dark_on_light(picture: Image.Image) -> np.ndarray:
    light = np.asarray(picture, np.float32)  # some are written white on black
    return light if light.mean() > 127 else 255 - light


def _pages(lines: list[Number]) -> list[Number]:
    """The numbers, some of them below each other."""
    random, pages = np.random.default_rng(sources.SEED), []
    while lines:
        count = int(random.integers(*LINES))
        own, lines = lines[:count], lines[count:]
        text = "".join(number.text for number in own)
        pages.append(Number(text, own[0].writer, partial(_page, [n.picture for n in own])))
    return pages


def _page(draw: list[Callable[[], Image.Image]]) -> Image.Image:
    return Image.fromarray(np.vstack([_dark_on_light(each()) for each in draw]).astype(np.uint8))


def _scribble(seed: int) -> Image.Image:
    random = np.random.default_rng((sources.SEED, seed, seed))  # not those that are trained on
    return drawing(nondigits.scribble(random), random)

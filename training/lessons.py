"""Lines of writing whose text is known, as the network sees them: what `costs` learns from.

The numbers that people wrote, numbers composed of single digits with and without signs, single
digits, and what is no number.
"""

from collections.abc import Callable
from functools import partial
from multiprocessing.pool import Pool
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from inkling.evidence import Evidence, weighed
from inkling.ink import ink_map
from inkling.numbers import taken_apart
from inkling.picture import lightness, upright
from inkling.segment import writing
from training import nondigits, reading, sources
from training.expectation import expectation
from training.numbers import OVERLAPPING, PAIR, SPACED, TOUCHING, Number, as_written, composed
from training.strokes import drawing, trajectories

SOME = 300  # composed numbers of each kind
FEW = 40  # of each kind of what is no number: people who write numbers seldom scribble
SIGNED = 0.5  # share of some of these that have a sign
SINGLE = (1, 1)


class Lesson(NamedTuple):
    """evidence: of one line of writing. text: what it says. writer: who wrote it, or None."""

    evidence: Evidence
    text: str
    writer: str | None


def sets(data: Path) -> tuple[list[Number], list[Number]]:
    """The numbers that people wrote, and what else there is to learn from.

    The latter's digits are those of writers whom the network has not learnt from: of others it
    would be surer than it is of anybody's whom it meets.
    """
    written = as_written(trajectories(data / "pen" / "unipen_strings_train.json.gz"), 10_000)
    rows = sources.by_held_writers(trajectories(data / "pen" / "unipen_digits_train.json.gz"))
    others = composed(rows, SOME, SPACED, seed=1, signs=SIGNED)
    others += composed(rows, SOME, OVERLAPPING, seed=2)
    others += composed(rows, SOME, TOUCHING, PAIR, seed=3)
    others += composed(rows, SOME, SPACED, SINGLE, seed=4)
    for kind in (nondigits.scribble, nondigits.mark):
        others += [Number("", None, partial(_drawn, kind, seed)) for seed in range(FEW)]
    return written, others


def lessons(pool: Pool, numbers: list[Number]) -> list[Lesson]:
    """What can be learnt from: pictures of one line in which there is a way to read its text."""
    found = zip(numbers, pool.imap(_evidence, numbers, reading.CHUNK), strict=True)
    taught = [Lesson(lines[0], n.text, n.writer) for n, lines in found if len(lines) == 1]
    return [lesson for lesson in taught if _can_be_read(lesson)]


def _can_be_read(lesson: Lesson) -> bool:
    return bool(np.isfinite(expectation(weighed(lesson.evidence), lesson.text)[0]))


def _evidence(number: Number) -> list[Evidence]:
    """The evidence of every line of a number's picture, by this process's network."""
    light = lightness(upright(number.picture())[0])
    ink = ink_map(light)
    found = writing(ink)
    desk, rows = taken_apart(ink, found.marks, found.all, reading.network())
    return [desk.evidence(row) for row in rows]


def _drawn(kind: Callable, seed: int) -> Image.Image:
    random = np.random.default_rng(seed)
    return drawing(kind(random), random)

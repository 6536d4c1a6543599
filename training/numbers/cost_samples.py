"""Collect lines of writing with known text, as lattices: the samples of fit_costs.py.

Some are numbers that people wrote. Others are composed of single digits, with and without signs.
The rest are single digits, and scribbles and signs without a number.
"""

from collections.abc import Callable
from functools import partial
from multiprocessing.pool import Pool
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from inkling.image.ink import ink_map
from inkling.image.lightness import lightness, upright
from inkling.image.segment import writing
from inkling.numbers.read import segment_lines
from inkling.numbers.scores import Evidence, score_segments
from training.data import training_set
from training.evaluation import parallel
from training.learned_numbers import checked_numbers
from training.numbers.compose import (
    OVERLAPPING,
    PAIR,
    SPACED,
    TOUCHING,
    Number,
    as_written,
    compose,
)
from training.numbers.forward_backward import sum_paths
from training.synth import non_digits
from training.synth.render import read_trajectories, render_strokes

COMPOSED = 300  # numbers of each kind
REJECTS = 40  # pictures of each kind without a number: few, as in use
SIGNED = 0.5  # share of the spaced numbers that have a sign
SINGLE = (1, 1)


class CostSample(NamedTuple):
    """One line of writing."""

    evidence: Evidence
    text: str
    writer: str | None


def number_sets(data: Path) -> tuple[list[Number], list[Number]]:
    """Return the numbers that people wrote, and the other samples.

    The others' digits are by writers of the validation split. The network is more confident about
    writers that it was trained on.
    """
    written = as_written(read_trajectories(data / "pen" / "unipen_strings_train.json.gz"), 10_000)
    rows = training_set.validation_rows(
        read_trajectories(data / "pen" / "unipen_digits_train.json.gz")
    )
    others = compose(rows, COMPOSED, SPACED, seed=1, signs=SIGNED)
    others += compose(rows, COMPOSED, OVERLAPPING, seed=2)
    others += compose(rows, COMPOSED, TOUCHING, PAIR, seed=3)
    others += compose(rows, COMPOSED, SPACED, SINGLE, seed=4)
    for kind in (non_digits.scribble, non_digits.mark):
        others += [Number("", None, partial(_drawn, kind, seed)) for seed in range(REJECTS)]
    return written, others


def cost_samples(pool: Pool, numbers: list[Number]) -> list[CostSample]:
    """Return the samples of numbers on one line whose lattice has a path for their text."""
    found = zip(numbers, pool.imap(_evidence, numbers, parallel.CHUNK), strict=True)
    samples = [CostSample(lines[0], n.text, n.writer) for n, lines in found if len(lines) == 1]
    return [sample for sample in samples if _has_path(sample)]


def _has_path(sample: CostSample) -> bool:
    numbers = checked_numbers()
    lattice = score_segments(
        sample.evidence, numbers.trust, numbers.digit_costs, numbers.reject_costs
    )
    return bool(np.isfinite(sum_paths(lattice, sample.text)[0]))


def _evidence(number: Number) -> list[Evidence]:
    """Return the evidence of every line of a number's picture, by this process's network."""
    light = lightness(upright(number.picture())[0])
    ink = ink_map(light)
    found = writing(ink)
    candidates, rows = segment_lines(ink, found.marks, found.all, parallel.network())
    return [candidates.evidence(row) for row in rows]


def _drawn(kind: Callable, seed: int) -> Image.Image:
    random = np.random.default_rng(seed)
    return render_strokes(kind(random), random)

"""Fit what the looks of a run cost (inkling/pieces.py): `python -m training.costs`.

The numbers that people wrote, numbers composed of single digits with and without signs, single
digits, and what is no number teach the weights that make the true texts likeliest: a lattice is a
conditional random field (J. Lafferty, A. McCallum, F. Pereira, "Conditional random fields", ICML
2001). A network that has not learnt from these numbers says what is seen. Every number that people
wrote is also read with weights that were fitted without its writer. Prints the weights, to be
written into the modules they belong to.
"""

import argparse
from collections.abc import Callable, Iterable
from functools import partial
from multiprocessing.pool import Pool
from pathlib import Path
from typing import NamedTuple

import keras
import numpy as np

from inkling.evidence import TRUST, Evidence, weighed
from inkling.ink import ink_map
from inkling.lattice import NOTHING, best_path
from inkling.numbers import taken_apart
from inkling.picture import lightness, upright
from inkling.pieces import A_DIGIT, NO_DIGIT, Weights
from inkling.segment import writing
from training import datasets, nondigits, reading, sources
from training.expectation import expectation
from training.numbers import PAIR, SPACED, TOUCHING, Number, as_written, composed
from training.strangers import stranger
from training.strokes import drawing, trajectories

LOOKS = len(A_DIGIT)
FOLDS = 5
STEPS, RATE = 80, 0.05  # of Adam; the loss has hardly changed for the last twenty
PRIOR = 0.5  # of a weight: how much the square of its distance from START counts beside a number
# A guess, which stays where numbers say little, as of gaps in one digit: trust, then the weights
# of what is a digit and of what is none.
START = np.array(
    [
        1.5,
        *Weights(-0.8, 1.2, 1.3, 1.1, 6.0, 3.8, 0.0, 1.5, 0.0, 0.0, 0.0),
        *Weights(0.9, 1.2, 1.3, 1.1, 6.0, 0.0, 5.0, 0.0, 1.2, 0.0, 0.0),
    ]
)
SOME = 300  # composed numbers of each kind
FEW = 40  # of each kind of what is no number: people who write numbers seldom scribble
SIGNED = 0.5  # share of some of these that have a sign
SINGLE = (1, 1)
OVERLAPPING = (-0.1, 0.06)


class Lesson(NamedTuple):
    """evidence: of one line of writing. text: what it says. writer: who wrote it, or None."""

    evidence: Evidence
    text: str
    writer: str | None


def main(arguments: list[str] | None = None) -> None:
    """Fit, cross-validate and print."""
    options = _parser().parse_args(arguments)
    data = datasets.data_folder(options.data)
    if data is None:
        raise SystemExit("No handwriting found; set INKLING_DATA to its folder and try again.")
    with stranger(data) as path, reading.readers(path) as pool:
        written, others = (lessons(pool, numbers) for numbers in sets(data))
    now = np.concatenate([[TRUST], A_DIGIT, NO_DIGIT])
    print(f"right as it is: {right(written, now)} written, {right(others, now)} others")
    weights = fitted([*written, *others])
    print(f"right with the weights below: {right(written, weights)}, {right(others, weights)}")
    print(f"right, cross-validated: {cross_validated(written, others)}")
    print(f"TRUST = {weights[0]:.2f}")
    for name, part in zip(("A_DIGIT", "NO_DIGIT"), unpacked(weights)[1], strict=True):
        print(f"{name} = {Weights(*(round(float(value), 2) for value in part))}")


def sets(data: Path) -> tuple[list[Number], list[Number]]:
    """The numbers that people wrote, and what else there is to learn from.

    The latter's digits are those of writers whom the network has not learnt from: of others it
    would be surer than it is of anybody's whom it meets.
    """
    written = as_written(trajectories(data / "pen" / "unipen_strings_train.json.gz"), 10_000)
    rows = trajectories(data / "pen" / "unipen_digits_train.json.gz")
    rows = [row for row, held in zip(rows, sources.held_writers(rows), strict=True) if held]
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
    return [lesson for lesson in taught if np.isfinite(_likelihood(lesson))]


def fitted(taught: list[Lesson], steps: int = STEPS) -> np.ndarray:
    """The weights that make the lessons' texts likeliest, as `unpacked` takes them."""
    weights = keras.Variable(START.astype(np.float32))
    optimiser = keras.optimizers.Adam(RATE)
    for step in range(steps):
        now = keras.ops.convert_to_numpy(weights)
        loss, slope = loss_and_slope(taught, now)
        slope += PRIOR * (now - START)
        optimiser.apply([keras.ops.convert_to_tensor(slope, "float32")], [weights])
        if step % 10 == 0:
            print(f"step {step}: {loss / len(taught):.4f} nats a number", flush=True)
    return keras.ops.convert_to_numpy(weights)


def loss_and_slope(taught: Iterable[Lesson], weights: np.ndarray) -> tuple[float, np.ndarray]:
    """The texts' negative log likelihood, in nats, and its derivative, (1 + 2 * LOOKS,)."""
    loss, slope = 0.0, np.zeros(len(weights))
    for evidence, text, _ in taught:
        lattice = weighed(evidence, *unpacked(weights))
        every, all_counts = expectation(lattice)
        true, counts = expectation(lattice, text)
        loss += every - true
        surplus = all_counts - counts
        slope[0] += (surplus * evidence.seen).sum()
        slope[1 : 1 + LOOKS] -= surplus[:, :NOTHING].sum(axis=1) @ evidence.looks
        slope[1 + LOOKS :] -= surplus[:, NOTHING] @ evidence.looks
    return loss, slope


def right(taught: list[Lesson], weights: np.ndarray) -> str:
    """How many lessons' texts are read right, for people."""
    count = sum(_text(lesson.evidence, weights) == lesson.text for lesson in taught)
    return f"{count} of {len(taught)}"


def cross_validated(written: list[Lesson], others: list[Lesson]) -> str:
    """How many of the written are read right with weights that know nothing of their writers."""
    names = sorted({lesson.writer for lesson in written})
    fold = {name: place % FOLDS for place, name in enumerate(names)}
    count = 0
    for k in range(FOLDS):
        known = [lesson for lesson in written if fold[lesson.writer] != k]
        weights = fitted([*known, *others])
        unknown = (lesson for lesson in written if fold[lesson.writer] == k)
        count += sum(_text(lesson.evidence, weights) == lesson.text for lesson in unknown)
    return f"{count} of {len(written)}"


def unpacked(weights: np.ndarray) -> tuple[float, tuple[Weights, Weights]]:
    """Trust, A_DIGIT and NO_DIGIT of all weights in a row, (1 + 2 * LOOKS,)."""
    return weights[0], (Weights(*weights[1 : 1 + LOOKS]), Weights(*weights[1 + LOOKS :]))


def _text(evidence: Evidence, weights: np.ndarray) -> str:
    _, labels = best_path(weighed(evidence, *unpacked(weights)))
    return "".join(str(label) for label in labels if label != NOTHING)


def _likelihood(lesson: Lesson) -> float:
    return expectation(weighed(lesson.evidence), lesson.text)[0]


def _evidence(number: Number) -> list[Evidence]:
    """The evidence of every line of a number's picture, by this process's network."""
    light = lightness(upright(number.picture())[0])
    ink = ink_map(light)
    found = writing(ink)
    desk, rows, _ = taken_apart(ink, found.marks, found.all, reading.network())
    return [desk.evidence(row) for row in rows]


def _drawn(kind: Callable, seed: int):
    random = np.random.default_rng(seed)
    return drawing(kind(random), random)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="real handwriting; else INKLING_DATA")
    return parser


if __name__ == "__main__":
    main()

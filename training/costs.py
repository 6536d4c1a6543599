"""Fit what the looks of a run cost (inkling/pieces.py): `python -m training.costs`.

The lessons (lessons.py) teach the weights that make the true texts likeliest: a lattice is a
conditional random field (J. Lafferty, A. McCallum, F. Pereira, "Conditional random fields", ICML
2001). A network that has not learnt from these numbers says what is seen. Every number that people
wrote is also read with weights that were fitted without its writer. Prints the weights, to be
written into the modules they belong to.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

import keras
import numpy as np

from inkling.evidence import TRUST, Evidence, weighed
from inkling.lattice import NOTHING, best_path
from inkling.pieces import A_DIGIT, NO_DIGIT, Weights
from training import datasets, reading
from training.expectation import expectation
from training.lessons import Lesson, lessons, sets
from training.strangers import stranger

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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="real handwriting; else INKLING_DATA")
    return parser


if __name__ == "__main__":
    main()

"""Fit the acceptance of numbers against words: `python -m training.numbers.fit_acceptance`.

Fits a logistic regression on features of what was read, in which every kind of picture has the same
weight. Writes weights, bias and threshold to numbers.json. Prints for several thresholds how many
numbers would be rejected and how many words and scribbles accepted.

The card's words and scribbles (false_acceptance.py) are by other writers. The features were chosen
with those in view, so expect less on others.
"""

import argparse
from multiprocessing.pool import Pool
from pathlib import Path

import keras
import numpy as np

from inkling.image.ink import ink_map
from inkling.image.lightness import lightness, upright
from inkling.image.segment import writing
from inkling.network.learned_numbers import ReadingFeatures
from inkling.numbers.acceptance import features
from inkling.numbers.read import read_lines
from inkling.results import REJECT
from training.data import datasets
from training.evaluation.parallel import CHUNK, network, readers
from training.learned_numbers import update_numbers
from training.numbers import acceptance_samples
from training.numbers.compose import Number
from training.text_table import markdown, percent, plain

MODEL = Path(__file__).resolve().parents[2] / "site" / "model" / "digits.npz"
REJECTED = 0.006  # share of the drawn numbers below the threshold
TRIED = (0.002, 0.004, REJECTED, 0.01, 0.015)  # such shares, to compare
STEPS, RATE = 1_000, 0.1  # of Adam
PRIOR = 1e-4  # L2 penalty of the weights of standardised features


def main(arguments: list[str] | None = None) -> None:
    """Read the pictures, fit, print and write."""
    options = _parser().parse_args(arguments)
    data = datasets.data_folder(options.data)
    if data is None:
        print("No handwriting found: the acceptance in numbers.json stays as it is.")
        return
    sets = acceptance_samples.numbers(data / "pen"), acceptance_samples.no_numbers(data / "pen")
    with readers(options.model) as pool:
        true, others = ({name: _judged(pool, kind) for name, kind in its.items()} for its in sets)
    weights, bias = fit(list(true.values()), list(others.values()))
    weights, bias = np.round(weights.astype(float), 2), round(bias, 2)
    true, others = ({k: seen @ weights + bias for k, seen in its.items()} for its in (true, others))
    print(plain(_threshold_table(true, others)))
    named = dict(zip(ReadingFeatures._fields, weights.tolist(), strict=True))
    threshold = round(_threshold(true, REJECTED), 2)
    update_numbers(acceptance={"weights": named, "bias": bias, "threshold": threshold})


def fit(true: list[np.ndarray], others: list[np.ndarray]) -> tuple[np.ndarray, float]:
    """Fit a logistic regression; returns the weights, (features,), and the bias.

    true, others: for each kind of picture the features, (n, features), of numbers and of others.
    """
    kinds = [*true, *others]
    seen = np.concatenate(kinds).astype(np.float32)
    number = np.repeat([1.0] * len(true) + [0.0] * len(others), [len(kind) for kind in kinds])
    counts = np.concatenate([np.full(len(kind), 1 / len(kind) / len(kinds)) for kind in kinds])
    middle, spread = seen.mean(axis=0), seen.std(axis=0) + 1e-6
    prior = keras.regularizers.L2(PRIOR)
    layer = keras.layers.Dense(1, kernel_initializer="zeros", kernel_regularizer=prior)
    model = keras.Sequential([keras.Input(seen.shape[1:]), layer])
    loss = keras.losses.BinaryCrossentropy(from_logits=True, reduction="sum")
    rate = keras.optimizers.schedules.CosineDecay(RATE, STEPS)
    model.compile(optimizer=keras.optimizers.Adam(rate), loss=loss)
    for _ in range(STEPS):
        model.train_on_batch((seen - middle) / spread, number[:, None], counts)
    kernel, bias = layer.get_weights()
    weights = kernel[:, 0] / spread
    return weights, float(bias[0] - weights @ middle)


def _threshold(true: dict[str, np.ndarray], rejected: float) -> float:
    """Return the log odds below which a share of the drawn numbers lies.

    true: log odds by kind. Photographed numbers, the least certain, do not count.
    """
    drawn = [odds for name, odds in true.items() if name != acceptance_samples.PHOTOS]
    return float(np.quantile(np.concatenate(drawn), rejected))


def _threshold_table(true: dict[str, np.ndarray], others: dict[str, np.ndarray]) -> str:
    """Return a table of the effect of each threshold, from log odds by kind."""
    rows = []
    for rejected in TRIED:
        threshold = _threshold(true, rejected)
        shares = [np.mean(odds < threshold) for odds in true.values()]
        given = [
            np.count_nonzero(odds >= threshold) / acceptance_samples.SOME
            for odds in others.values()
        ]
        rows.append([f"{threshold:.2f}", *map(percent, [rejected, *shares, *given])])
    heads = ["threshold", "drawn rejected, %", *(f"{name}, %" for name in true)]
    return markdown([*heads, *(f"{name} accepted, %" for name in others)], rows, 0)


def _judged(pool: Pool, kind: list[Number]) -> np.ndarray:
    """Return the features, (n, features), of pictures that reach the decision.

    These are read as several characters. Numbers count only if they are read right.
    """
    found = pool.map(_judge, kind, CHUNK)
    return np.array([seen for seen in found if seen])


def _judge(number: Number) -> ReadingFeatures | None:
    ink = ink_map(lightness(upright(number.picture())[0]))
    found = writing(ink)
    lines = read_lines(ink, found.marks, found.all, network())
    marks = [mark for line in lines for mark in line.segments]
    text = "".join(str(mark.label) for mark in marks if mark.label != REJECT)
    taken = len(marks) > 1 and text and number.text in (text, "")
    return features(lines) if taken else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder of handwriting; default INKLING_DATA")
    parser.add_argument("--model", type=Path, default=MODEL, help="network")
    return parser


if __name__ == "__main__":
    main()

"""What tells numbers from words and scribbles (inkling/verdict.py): `python -m training.verdicts`.

Fits the weights of the traits, a logistic regression in which every kind of picture counts the
same, and prints them, to be written into that module; then, for several bounds, how many numbers
would be given up, and how many words and scribbles would get a text. What the card says of words
and scribbles, doubts.py takes from other writers, but those were in view when the traits were
chosen: expect less on others.
"""

import argparse
from multiprocessing.pool import Pool
from pathlib import Path

import keras
import numpy as np

from inkling.ink import ink_map
from inkling.lattice import NOTHING
from inkling.numbers import read_lines
from inkling.picture import lightness, upright
from inkling.segment import writing
from inkling.verdict import Traits, traits
from training import datasets, examples
from training.numbers import Number
from training.reading import CHUNK, network, readers
from training.tables import markdown, percent, plain

MODEL = Path(__file__).resolve().parent.parent / "site" / "model" / "digits.npz"
LOST = (0.002, 0.004, 0.006, 0.01, 0.015)  # shares of the drawn ones that might be given up
STEPS, RATE = 1_000, 0.1  # of Adam
PRIOR = 1e-4  # what the square of a weight counts beside all pictures


def main(arguments: list[str] | None = None) -> None:
    """Measure, fit and print; raises SystemExit without handwriting."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="real handwriting; else INKLING_DATA")
    parser.add_argument("--model", type=Path, default=MODEL, help="network")
    options = parser.parse_args(arguments)
    data = datasets.data_folder(options.data)
    if data is None:
        raise SystemExit("No handwriting found; set INKLING_DATA to its folder and try again.")
    sets = examples.numbers(data / "pen"), examples.no_numbers(data / "pen")
    with readers(options.model) as pool:
        true, others = ({name: _judged(pool, kind) for name, kind in its.items()} for its in sets)
    weights, bias = fitted(list(true.values()), list(others.values()))
    print(f"WEIGHTS = {Traits(*(round(float(weight), 2) for weight in weights))}")
    print(f"BIAS = {bias:.2f}")
    odds = ({k: seen @ weights + bias for k, seen in its.items()} for its in (true, others))
    print(plain(_bounds(*odds)))


def fitted(true: list[np.ndarray], others: list[np.ndarray]) -> tuple[np.ndarray, float]:
    """What each trait adds to the logarithm of the odds that it is a number, and what is added to
    all. true, others: the traits of a kind of picture each, (n, traits)."""
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


def _bounds(true: dict[str, np.ndarray], others: dict[str, np.ndarray]) -> str:
    """What every bound on the odds' logarithm would do, a row each."""
    drawn = np.concatenate([odds for name, odds in true.items() if name != examples.PHOTOS])
    rows = []
    for lost in LOST:
        bound = float(np.quantile(drawn, lost))
        shares = [np.mean(odds < bound) for odds in true.values()]
        given = [np.count_nonzero(odds >= bound) / examples.SOME for odds in others.values()]
        rows.append([f"{bound:.2f}", *map(percent, [lost, *shares, *given])])
    heads = ["ENOUGH", "drawn lost, %", *(f"{name}, %" for name in true)]
    return markdown([*heads, *(f"{name} given a text, %" for name in others)], rows, 0)


def _judged(pool: Pool, kind: list[Number]) -> np.ndarray:
    """The traits, (n, traits), of what is taken for a number, or for one digit and something else;
    of numbers, if that is read right."""
    found = pool.map(_judge, kind, CHUNK)
    return np.array([seen for seen in found if seen])


def _judge(number: Number) -> Traits | None:
    ink = ink_map(lightness(upright(number.picture())[0]))
    found = writing(ink)
    lines = read_lines(ink, found.marks, found.all, network())
    marks = [mark for line in lines for mark in line.found]
    text = "".join(str(mark.label) for mark in marks if mark.label != NOTHING)
    taken = len(marks) > 1 and text and number.text in (text, "")
    return traits(lines) if taken else None


if __name__ == "__main__":
    main()

"""How numbers are read by networks that never met who wrote them: `python -m training.folds`.

The network is trained on digits out of the very numbers that it is measured with (apart.py).
So one from before that, a teacher, learns on for an epoch, five times: each time with the digits
of four fifths of the writers, to read the numbers of the others. Prints, and writes folds.json.
"""

import argparse
import json
from pathlib import Path

import keras
import numpy as np

from training import datasets, fitting, sources, strings
from training.costs import FOLDS
from training.datasets import Digits
from training.earlier import BEFORE, HERE, stored
from training.measures import rounded
from training.numbers import Number, as_written
from training.reading import readers
from training.strokes import trajectories

RATE = 2e-4  # at first; that of a training's last epochs
RECORD = HERE / "folds.json"


def main(arguments: list[str] | None = None) -> None:
    """Learn on, read, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="real handwriting; else INKLING_DATA")
    data = datasets.data_folder(parser.parse_args(arguments).data)
    if data is None:
        raise SystemExit("No handwriting found; set INKLING_DATA to its folder and try again.")
    rows = trajectories(data / "pen" / f"{sources.NUMBER_FILE}.json.gz")
    others = sources.training_sources(data)
    del others["numerals"]
    rest = datasets.together(kept for kept, _ in others.values())
    fold = {name: i % FOLDS for i, name in enumerate(sorted({row["writer"] for row in rows}))}
    numbers = as_written(rows, len(rows))
    right = np.zeros((0, 2), int)
    for k in range(FOLDS):
        known = [row for row in rows if fold[row["writer"]] != k]
        unknown = [number for number in numbers if fold[number.writer] == k]
        models = keras.models.load_model(BEFORE), _learnt_on(rest, digits_by(known, rows))
        right = np.vstack([right, [_right(model, unknown) for model in models]])
        before, after = right[-1]
        print(f"of {len(unknown)} numbers {before} right before, {after} after", flush=True)
    before, after = (int(count) for count in right.sum(axis=0))
    found = {"numbers": len(numbers), "before": before, "right": after}
    print(found)
    found["accuracy"] = rounded(after / len(numbers))
    RECORD.write_text(json.dumps({"unipen_strings": found}, indent=1) + "\n")


def digits_by(known: list[dict], rows: list[dict]) -> Digits:
    """The drawings of the digits in numbers, `rows`, by those who wrote some of them, `known`."""
    digits, glyphs = sources.numerals(rows)
    writers = {row["writer"] for row in known}
    chosen = np.array([digit["writer"] in writers for digit in digits])
    labels = np.array([int(digit["label"]) for digit in digits], np.uint8)
    times = len(glyphs) // len(digits)
    return Digits(glyphs, np.tile(labels, times)).only(np.tile(chosen, times))


def _learnt_on(rest: Digits, drawn: Digits) -> keras.Model:
    """The network from before after one more epoch, with these digits too."""
    kept = datasets.together([rest, drawn])
    model, teacher = (keras.models.load_model(BEFORE) for _ in range(2))
    steps = len(kept.labels) // fitting.BATCH
    rate = keras.optimizers.schedules.CosineDecay(RATE, steps)
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.AdamW(rate), loss)
    model.fit(fitting.batches(kept, 1, teachers=[teacher]), steps_per_epoch=steps, verbose=0)
    return model


def _right(model: keras.Model, numbers: list[Number]) -> int:
    """How many of the numbers are read right by a network."""
    with stored(model) as path, readers(path) as pool:
        answers = pool.map(strings.answer, numbers)
    return sum(text == number.text for number, (text, _) in zip(numbers, answers, strict=True))


if __name__ == "__main__":
    main()

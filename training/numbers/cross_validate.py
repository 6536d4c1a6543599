"""Measure numbers with networks that were not trained on their writers: `make folds`.

The page's network is trained on digits of the very numbers that it is measured with
(split_numbers.py). So five others are trained, each with the digits of four fifths of the writers.
They read the numbers of the rest. Prints, and writes folds.json.
"""

import argparse
import json
from pathlib import Path

from training.data import datasets, training_set
from training.evaluation.metrics import rounded
from training.evaluation.parallel import readers
from training.numbers import evaluate
from training.numbers.compose import Number, as_written
from training.numbers.fit_costs import FOLDS
from training.numbers.held_out_writers import held_out_network
from training.synth.render import read_trajectories

RECORD = Path(__file__).resolve().parents[1] / "folds.json"


def main(arguments: list[str] | None = None) -> None:
    """Train, read, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder of handwriting; default INKLING_DATA")
    data = datasets.required_data_folder(parser.parse_args(arguments).data)
    rows = read_trajectories(data / "pen" / f"{training_set.NUMBER_FILE}.json.gz")
    numbers = as_written(rows, len(rows))
    fold = {name: i % FOLDS for i, name in enumerate(sorted({row["writer"] for row in rows}))}
    right = 0
    for k in range(FOLDS):
        known = {name for name, its in fold.items() if its != k}
        unknown = [number for number in numbers if fold[number.writer] == k]
        with held_out_network(data, known) as path:
            found = _right(path, unknown)
        print(f"{found} of {len(unknown)} numbers right", flush=True)
        right += found
    record = {"numbers": len(numbers), "right": right, "accuracy": rounded(right / len(numbers))}
    print(record)
    RECORD.write_text(json.dumps({"unipen_strings": record}, indent=1) + "\n")


def _right(network: Path, numbers: list[Number]) -> int:
    """Count the numbers that are read right."""
    with readers(network) as pool:
        answers = pool.map(evaluate.read_text, numbers)
    return sum(text == number.text for number, (text, _) in zip(numbers, answers, strict=True))


if __name__ == "__main__":
    main()

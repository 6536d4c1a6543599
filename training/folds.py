"""How numbers are read by networks that never met who wrote them: `python -m training.folds`.

The network is trained on digits out of the very numbers that it is measured with (apart.py). So
others are trained, five of them: each with the digits of four fifths of the writers, to read the
numbers of the rest. Prints, and writes folds.json.
"""

import argparse
import json
from pathlib import Path

from training import datasets, sources, strings
from training.costs import FOLDS
from training.measures import rounded
from training.numbers import Number, as_written
from training.reading import readers
from training.strangers import stranger
from training.strokes import trajectories

RECORD = Path(__file__).resolve().parent / "folds.json"


def main(arguments: list[str] | None = None) -> None:
    """Train, read, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="real handwriting; else INKLING_DATA")
    data = datasets.data_folder(parser.parse_args(arguments).data)
    if data is None:
        raise SystemExit("No handwriting found; set INKLING_DATA to its folder and try again.")
    rows = trajectories(data / "pen" / f"{sources.NUMBER_FILE}.json.gz")
    numbers = as_written(rows, len(rows))
    fold = {name: i % FOLDS for i, name in enumerate(sorted({row["writer"] for row in rows}))}
    right = 0
    for k in range(FOLDS):
        known = {name for name, its in fold.items() if its != k}
        unknown = [number for number in numbers if fold[number.writer] == k]
        with stranger(data, known) as path:
            found = _right(path, unknown)
        print(f"{found} of {len(unknown)} numbers right", flush=True)
        right += found
    record = {"numbers": len(numbers), "right": right, "accuracy": rounded(right / len(numbers))}
    print(record)
    RECORD.write_text(json.dumps({"unipen_strings": record}, indent=1) + "\n")


def _right(network: Path, numbers: list[Number]) -> int:
    """How many of the numbers are read right."""
    with readers(network) as pool:
        answers = pool.map(strings.answer, numbers)
    return sum(text == number.text for number, (text, _) in zip(numbers, answers, strict=True))


if __name__ == "__main__":
    main()

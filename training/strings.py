"""Measure how whole numbers are read: `python -m training.strings`.

Every picture goes through Reader.read and the numpy forward pass: numbers as people wrote them,
numbers composed of single digits of writers that the network has never seen, and single digits,
which `read` should answer as `read_digit` does. From the first the reader has learnt, too: what is
read of them without that, training/costs.py and training/folds.py say. The failures of all of them
were looked at while it was written: expect less on others.
Prints a table and writes what was measured to --out; `--limit 50` tries it out.
"""

import argparse
import json
from multiprocessing.pool import Pool
from pathlib import Path

import numpy as np

from inkling import Reading
from training import datasets, development
from training.calibration import expected_calibration_error
from training.measures import rounded, share, wilson
from training.numbers import PAIR, SPACED, TOUCHING, Number, as_written, composed
from training.reading import CHUNK, Sample, read, read_number, readers
from training.strokes import trajectories
from training.tables import markdown, percent, plain

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 1_000  # pictures of a set
COMPOSED = 500  # numbers of each kind
AGREEING = ("unipen_dev", "user_mit")  # sets of single digits
WHAT = {
    "unipen_strings": "numbers of 2 to 10 digits, as 128 people wrote them; learnt from",
    "composed_spaced": "2 to 6 single digits of one of 24 writers (unipen_dev), clearly apart",
    "composed_touching": "2 of them, overlapping by up to a tenth",
    "tablet_spaced": "2 to 6 single digits of one of 11 writers (ujipenchars_dev), clearly apart",
    "tablet_touching": "2 of them, overlapping by up to a tenth",
}
SINGLE = {"composed": "unipen_digits_dev", "tablet": "ujipenchars_dev"}  # what is composed


def main(arguments: list[str] | None = None) -> None:
    """Measure, print and write."""
    options = _parser().parse_args(arguments)
    data = datasets.data_folder(options.data)
    if data is None:
        raise SystemExit("No handwriting found; set INKLING_DATA to its folder and try again.")
    with readers(options.model) as pool:
        found = measured(pool, data, options.limit)
    print(plain(string_table(found)))
    print(plain(agreement_table(found)))
    if options.out:
        options.out.write_text(json.dumps(found, indent=1) + "\n")


def measured(pool: Pool, data: Path, limit: int | None = None) -> dict:
    """What the card holds of whole numbers: {"numbers": {set: ...}, "agreement": {set: ...}}.

    pool: of readers. data: the folder of handwriting; sets whose files are not there are left out.
    """
    numbers = {
        name: number_measures(samples, pool.map(answer, samples, CHUNK))
        for name, samples in number_sets(data, limit).items()
    }
    singles = {name: development.DIGIT_SETS[name] for name in AGREEING}
    singles = development.present(singles, data, limit or LIMIT)
    agreement = {
        name: _agreement(pool.map(_both, samples, CHUNK)) for name, samples in singles.items()
    }
    return {"numbers": numbers, "agreement": agreement}


def number_sets(data: Path, limit: int | None = None) -> dict[str, list[Number]]:
    """Every set of numbers by name."""
    sets = {}
    if (written := data / "pen" / "unipen_strings_train.json.gz").exists():
        sets["unipen_strings"] = as_written(trajectories(written), limit or LIMIT)
    for name, source in SINGLE.items():
        if (single := data / "pen" / f"{source}.json.gz").exists():
            rows = trajectories(single)
            count = min(limit or COMPOSED, COMPOSED)
            sets[f"{name}_spaced"] = composed(rows, count, SPACED)
            sets[f"{name}_touching"] = composed(rows, count, TOUCHING, PAIR)
    return sets


def number_measures(samples: list[Number], answers: list[tuple[str, float]]) -> dict:
    """The share of numbers read right as a whole, and what the confidences are worth.

    answers: the text that was read of each sample, and the confidence, 0 .. 1.
    """
    texts, confidences = zip(*answers, strict=True)
    right = np.array([text == sample.text for text, sample in zip(texts, samples, strict=True)])
    return {
        "numbers": len(samples),
        "writers": len({sample.writer for sample in samples}),
        "accuracy": share(right),
        "interval": [rounded(bound) for bound in wilson(int(right.sum()), len(right))],
        "calibration_error": rounded(expected_calibration_error(np.array(confidences), right)),
        "silent": share(np.array([not text for text in texts])),
    }


def string_table(card: dict) -> str:
    """The sets of numbers, a row each; empty if none were measured."""
    if not card.get("numbers"):
        return ""
    rows = [
        [
            name,
            WHAT[name],
            f"{row['numbers']:,}",
            f"**{percent(row['accuracy'])}**",
            "{} to {}".format(*(f"{100 * bound:.1f}" for bound in row["interval"])),
            f"{row['calibration_error']:.4f}",
        ]
        for name, row in card["numbers"].items()
    ]
    heads = ["set", "what", "numbers", "whole number right, %", "95 % interval"]
    return markdown([*heads, "calibration error"], rows, 2)


def agreement_table(card: dict) -> str:
    """Sets of single digits: how often `read` answers as `read_digit` does; "" if not asked."""
    if not card.get("agreement"):
        return ""
    rows = [
        [name, f"{row['digits']:,}", percent(row["same"])]
        for name, row in card["agreement"].items()
    ]
    return markdown(["set", "digits", "same answer as one digit, %"], rows, 1)


def _agreement(answers: list[tuple[str, str]]) -> dict:
    same = np.array([number == digit for number, digit in answers])
    return {"digits": len(same), "same": share(same)}


def answer(sample: Number) -> tuple[str, float]:
    """What this process's network reads in a sample, and its confidence, 0 .. 1."""
    reading: Reading = read_number(sample.picture())
    return reading.text, reading.confidence


def _both(sample: Sample) -> tuple[str, str]:
    picture = sample.picture()
    label = read(picture).label
    return read_number(picture).text, "" if label is None else str(label)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    model = ROOT / "site" / "model" / "digits.npz"
    parser.add_argument("--model", type=Path, default=model, help="network")
    parser.add_argument("--data", type=Path, help="real handwriting; else INKLING_DATA")
    parser.add_argument("--limit", type=int, help="pictures of a set, for a trial")
    parser.add_argument("--out", type=Path, help="JSON file to write to")
    return parser


if __name__ == "__main__":
    main()

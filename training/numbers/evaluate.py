"""Measure how whole numbers are read: `python -m training.numbers.evaluate`.

Every picture goes through Reader.read. There are three kinds: numbers as people wrote them, numbers
composed of single digits, and single digits. The last `read` should read as `read_digit` does. The
first were trained on: fit_costs.py and cross_validate.py measure them without that. The others are
by writers of no training sample. All sets were inspected during development, so expect less on new
ones.

Prints tables and writes the measures to --out. `--limit 50` is a trial.
"""

import argparse
import json
from multiprocessing.pool import Pool
from pathlib import Path

import numpy as np

from inkling import Reading
from training.data import datasets
from training.evaluation import sets as development
from training.evaluation.calibration import expected_calibration_error
from training.evaluation.metrics import rounded, share, wilson
from training.evaluation.parallel import CHUNK, Sample, read_digit, read_number, readers
from training.numbers.compose import PAIR, SPACED, TOUCHING, Number, as_written, compose
from training.synth.render import read_trajectories
from training.text_table import markdown, percent, plain

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 1_000  # pictures of a set
COMPOSED = 500  # numbers of each kind
AGREEING = ("unipen_dev", "user_mit")  # sets of single digits
WHAT = {
    "unipen_strings": "numbers of 2 to 10 digits, as 128 people wrote them; trained on",
    "composed_spaced": "2 to 6 single digits of one of 24 writers (unipen_dev), clearly apart",
    "composed_touching": "2 of them, overlapping by up to a tenth",
    "tablet_spaced": "2 to 6 single digits of one of 11 writers (ujipenchars_dev), clearly apart",
    "tablet_touching": "2 of them, overlapping by up to a tenth",
}
SINGLE = {"composed": "unipen_digits_dev", "tablet": "ujipenchars_dev"}  # digits to compose


def main(arguments: list[str] | None = None) -> None:
    """Measure, print and write."""
    options = _parser().parse_args(arguments)
    data = datasets.required_data_folder(options.data)
    with readers(options.model) as pool:
        found = measure(pool, data, options.limit)
    print(plain(number_table(found)))
    print(plain(agreement_table(found)))
    if options.out:
        options.out.write_text(json.dumps(found, indent=1) + "\n")


def measure(pool: Pool, data: Path, limit: int | None = None) -> dict:
    """Measure whole numbers for the card: {"numbers": {set: ...}, "agreement": {set: ...}}.

    pool: of readers. data: the folder of handwriting; sets that are not found are left out.
    """
    numbers = {
        name: measure_numbers(samples, pool.map(read_text, samples, CHUNK))
        for name, samples in number_sets(data, limit).items()
    }
    singles = {name: development.DIGIT_SETS[name] for name in AGREEING}
    singles = development.load_sets(singles, data, limit or LIMIT)
    agreement = {
        name: _measure_agreement(pool.map(_read_both, samples, CHUNK))
        for name, samples in singles.items()
    }
    return {"numbers": numbers, "agreement": agreement}


def number_sets(data: Path, limit: int | None = None) -> dict[str, list[Number]]:
    """Return every set of numbers that is found, by name."""
    sets = {}
    if (written := data / "pen" / "unipen_strings_train.json.gz").exists():
        sets["unipen_strings"] = as_written(read_trajectories(written), limit or LIMIT)
    for name, source in SINGLE.items():
        if (single := data / "pen" / f"{source}.json.gz").exists():
            rows = read_trajectories(single)
            count = min(limit or COMPOSED, COMPOSED)
            sets[f"{name}_spaced"] = compose(rows, count, SPACED)
            sets[f"{name}_touching"] = compose(rows, count, TOUCHING, PAIR)
    return sets


def measure_numbers(samples: list[Number], answers: list[tuple[str, float]]) -> dict:
    """Measure the share of numbers read entirely right, and the confidences' calibration.

    answers: (text, confidence 0 .. 1) of each sample.
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


def number_table(card: dict) -> str:
    """Return a table with a row for each set of numbers; "" if none was measured."""
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
    """Return a table of how often `read` answers as `read_digit` does; "" if not measured."""
    if not card.get("agreement"):
        return ""
    rows = [
        [name, f"{row['digits']:,}", percent(row["same"])]
        for name, row in card["agreement"].items()
    ]
    return markdown(["set", "digits", "same answer as one digit, %"], rows, 1)


def _measure_agreement(answers: list[tuple[str, str]]) -> dict:
    same = np.array([number == digit for number, digit in answers])
    return {"digits": len(same), "same": share(same)}


def read_text(sample: Number) -> tuple[str, float]:
    """Read a number with this process's network; returns its text and confidence, 0 .. 1."""
    reading: Reading = read_number(sample.picture())
    return reading.text, reading.confidence


def _read_both(sample: Sample) -> tuple[str, str]:
    picture = sample.picture()
    label = read_digit(picture).label
    return read_number(picture).text, "" if label is None else str(label)


def _parser() -> argparse.ArgumentParser:
    parser = development.options_parser(__doc__)
    parser.add_argument("--out", type=Path, help="JSON file to write to")
    return parser


if __name__ == "__main__":
    main()

"""Measure the exported network on MNIST's test digits: `make evaluate`.

Every digit goes the way a person's picture goes, through Reader.read_digit and the numpy forward
pass. Prints accuracy, precision and recall, and writes site/model/card.json and the plots.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from inkling import Reader, __version__
from inkling.reader import Digit
from training import datasets, plots
from training.calibration import expected_calibration_error

ROOT = Path(__file__).resolve().parent.parent
TARGET = 0.994  # of MNIST's test digits; less means that something broke on the way to numpy


def main(arguments: list[str] | None = None) -> None:
    """Measure, print and write; raises SystemExit with both numbers if the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=ROOT / "site" / "model", help="folder")
    parser.add_argument("--source", type=Path, default=ROOT / "training", help="trained network")
    options = parser.parse_args(arguments)

    reader = Reader.load(options.model / "digits.npz")
    pictures, labels = datasets.mnist("test")
    measured = measure([reader.read_digit(picture) for picture in pictures], labels)
    print_table(measured)

    record = json.loads((options.source / "history.json").read_text())
    history = record.pop("history")
    parity = json.loads((options.source / "parity.json").read_text())
    card = {"version": __version__, **record, "mnist_test": measured, "parity": parity}
    (options.model / "card.json").write_text(json.dumps(card, indent=1) + "\n")
    plots.confusion(np.array(measured["confusion"]), options.model / "confusion.png")
    plots.curves(history, options.model / "history.png")
    if measured["accuracy"] < TARGET:
        raise SystemExit(f"MNIST test accuracy {measured['accuracy']:.4f} < {TARGET}")


def measure(digits: list[Digit], labels: np.ndarray) -> dict:
    """Accuracy (a refusal counts as wrong), coverage, calibration, precision and recall.

    digits: as read; labels: (N,) what they are. Shares are 0 .. 1; `confusion` counts the likeliest
    digit, refused or not: a row for each true digit, a column for each reading.
    """
    likeliest = np.array([int(digit.probabilities.argmax()) for digit in digits])
    answered = np.array([digit.label is not None for digit in digits])
    confidence = np.array([digit.confidence for digit in digits])
    right = likeliest == labels
    confusion = np.zeros((10, 10), int)
    np.add.at(confusion, (labels, likeliest), 1)
    return {
        "digits": len(labels),
        "accuracy": round(float((right & answered).mean()), 5),
        "coverage": round(float(answered.mean()), 5),
        "accuracy_of_answered": round(float(right[answered].mean()), 5),
        "calibration_error": round(expected_calibration_error(confidence, right), 5),
        "precision": _rounded(np.diag(confusion) / np.maximum(confusion.sum(axis=0), 1)),
        "recall": _rounded(np.diag(confusion) / np.maximum(confusion.sum(axis=1), 1)),
        "confusion": confusion.tolist(),
    }


def print_table(measured: dict) -> None:
    """What was measured, for people."""
    print(f"MNIST test accuracy {measured['accuracy']:.2%} of {measured['digits']:,} digits, ")
    print(
        f"  answered {measured['coverage']:.2%}, of these right "
        f"{measured['accuracy_of_answered']:.2%}; "
        f"expected calibration error {measured['calibration_error']:.4f}"
    )
    print("digit  precision  recall")
    for digit, row in enumerate(zip(measured["precision"], measured["recall"], strict=True)):
        print(f"{digit:>5}  {row[0]:>9.2%} {row[1]:>7.2%}")


def _rounded(shares: np.ndarray) -> list[float]:
    return [round(float(share), 5) for share in shares]


if __name__ == "__main__":
    main()

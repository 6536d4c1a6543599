"""Finds the MNIST test digits that the committed network finds hardest, for the page to offer.

    python -m export.hard

Writes site/model/hard.json: indices into MNIST's test set, misread ones first, then the least sure.
"""

import json
import sys

from export.packages import ROOT
from inkling import Reader
from training.datasets import mnist

MODEL = ROOT / "site" / "model"
MOST = 100


def main() -> int:
    """Read all test digits and write down the hardest."""
    reader = Reader.load(MODEL / "digits.npz")
    pictures, labels = mnist("test")
    read = [reader.read_digit(picture) for picture in pictures]
    share = [float(digit.probabilities[label]) for digit, label in zip(read, labels, strict=True)]
    hardest = sorted(range(len(labels)), key=lambda index: share[index])[:MOST]
    (MODEL / "hard.json").write_text(json.dumps({"mnist_test": hardest}) + "\n")
    missed = sum(digit.label != label for digit, label in zip(read, labels, strict=True))
    print(f"site/model/hard.json: {MOST} of {len(labels)} digits, {missed} of them not read right.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""List the MNIST test digits that the network reads worst, for the page to offer.

    python -m training.evaluation.hard_samples

Writes site/model/hard.json: indices into MNIST's test set, by rising probability of the true digit.
It is a command of its own, hence short: it reads the exported network, after training.
"""

import json
import sys

from export.setup.machine import ROOT
from inkling import Reader
from training.data.datasets import mnist

MODEL = ROOT / "site" / "model"
MAX_SAMPLES = 100


def main() -> int:
    """Read all test digits and list the hardest."""
    reader = Reader.load(MODEL / "digits.npz")
    pictures, labels = mnist("test")
    read = [reader.read_digit(picture) for picture in pictures]
    share = [float(digit.probabilities[label]) for digit, label in zip(read, labels, strict=True)]
    hardest = sorted(range(len(labels)), key=lambda index: share[index])[:MAX_SAMPLES]
    (MODEL / "hard.json").write_text(json.dumps({"mnist_test": hardest}) + "\n")
    missed = sum(digit.label != label for digit, label in zip(read, labels, strict=True))
    print(f"site/model/hard.json: {MAX_SAMPLES} of {len(labels)} digits; {missed} are misread.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

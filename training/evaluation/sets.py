"""Load the development sets: handwriting that was not trained on, as pictures a person would give.

MNIST's test digits and the pictures without a digit are always there. The other sets come from the
folder of real handwriting, outside the repository (MODEL_CARD.md names its sources). Sets that are
not found are left out.
"""

import argparse
import csv
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from inkling.results import REJECT
from training.data import datasets
from training.evaluation import canvas, non_digits
from training.evaluation.parallel import Sample
from training.synth.render import read_trajectories

NETWORK = Path(__file__).resolve().parents[2] / "site" / "model" / "digits.npz"
LIMIT = 1_000  # samples of a set, after a seeded shuffle; MNIST is read whole
NON_DIGITS = 200  # pictures of each kind
MNIST = "mnist_test"
# Letters that cannot be told from a digit out of context.
AMBIGUOUS = frozenset("OoQDIliLjJtTZzSsBbGgqyPpUVvXx")


class DevelopmentSet(NamedTuple):
    """A set in the data folder."""

    what: str  # a short description
    path: str  # in the data folder
    samples: Callable[[Path, int], list[Sample]]  # (path, limit) -> samples


def sample_trajectories(
    path: Path, limit: int | None = None, is_chosen: Callable[[str], bool] = lambda label: True
) -> list[dict]:
    """Return pen strokes whose label is chosen, in a random order that is the same each time.

    limit: how many at most; None for all. See read_trajectories for the samples.
    """
    samples = [sample for sample in read_trajectories(path) if is_chosen(sample["label"])]
    random.Random(0).shuffle(samples)
    return samples[:limit]


def drawn_digits(path: Path, limit: int) -> list[Sample]:
    """Read pen strokes of digits, to be drawn on canvases."""
    return _drawn(sample_trajectories(path, limit), int)


def drawn_letters(path: Path, limit: int) -> list[Sample]:
    """Read pen strokes of letters unlike any digit, to be drawn on canvases."""
    letters = sample_trajectories(path, limit, lambda label: label not in AMBIGUOUS)
    return _drawn(letters, lambda letter: REJECT)


def npz_pictures(path: Path, limit: int) -> list[Sample]:
    """Read small pictures from an .npz: images (N, H, W) uint8, labels (N,)."""
    with np.load(path, allow_pickle=False) as kept:
        images, labels = kept["images"], kept["labels"]
    order = np.random.RandomState(0).permutation(len(images))[:limit]
    return [Sample(int(labels[i]), None, partial(Image.fromarray, images[i])) for i in order]


def photographs(path: Path, limit: int) -> list[Sample]:
    """Read a manifest of picture files, with the columns file, label and source."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    random.Random(0).shuffle(rows)
    return [
        Sample(int(row["label"]), row["source"], partial(Path, path.parent / row["file"]))
        for row in rows[:limit]
    ]


DIGIT_SETS = {
    "unipen_dev": DevelopmentSet(
        "pen strokes of 24 writers, drawn on a canvas",
        "pen/unipen_digits_dev.json.gz",
        drawn_digits,
    ),
    "ujipenchars_dev": DevelopmentSet(
        "pen strokes of 11 writers on a tablet PC, drawn on a canvas",
        "pen/ujipenchars_dev.json.gz",
        drawn_digits,
    ),
    "user_mit": DevelopmentSet(
        "people's own phone photos (107) and drawings (20)",
        "images/user_mit/manifest.csv",
        photographs,
    ),
    "hwd1000": DevelopmentSet("drawn, clean, 28 x 28", "images/hwd1000.npz", npz_pictures),
    "optdigits32": DevelopmentSet(
        "bitmaps 32 x 32, stretched", "images/optdigits_orig32.npz", npz_pictures
    ),
    "semeion": DevelopmentSet(
        "scans 16 x 16, aspect ratio lost", "images/semeion.npz", npz_pictures
    ),
}
LETTERS = "unipen_letters_dev"
LETTER_SETS = {
    LETTERS: DevelopmentSet(
        "letters that share no shape with a digit, drawn on a canvas",
        "pen/unipen_letters_dev.json.gz",
        drawn_letters,
    )
}
WHAT = {
    MNIST: "scanned, 28 x 28",
    **{name: found.what for name, found in (DIGIT_SETS | LETTER_SETS).items()},
    "blank": "paper of any tone",
    "scribbles": "a line to and fro",
    "dots": "one to six taps",
    "crosses": "two straight lines across each other",
    "dashes": "a level line",
    "noise": "specks and clouds",
}


def mnist(limit: int | None = None) -> list[Sample]:
    """Return MNIST's test digits, the first `limit` or all."""
    pictures, labels = datasets.mnist("test")
    digits = zip(pictures[:limit], labels[:limit], strict=True)
    return [Sample(int(label), None, partial(np.asarray, picture)) for picture, label in digits]


def load_sets(sets: dict[str, DevelopmentSet], data: Path | None, limit: int = LIMIT) -> dict:
    """Return the samples of each set whose file is in the data folder."""
    return {
        name: found.samples(data / found.path, limit)
        for name, found in sets.items()
        if data and (data / found.path).exists()
    }


def non_digit_sets(count: int = NON_DIGITS) -> dict[str, list[Sample]]:
    """Return `count` pictures without a digit of each kind."""
    return {
        kind: [
            Sample(REJECT, None, partial(non_digits.picture, kind, seed)) for seed in range(count)
        ]
        for kind in non_digits.KINDS
    }


def _drawn(samples: list[dict], label: Callable[[str], int]) -> list[Sample]:
    return [
        Sample(label(s["label"]), s["writer"], partial(canvas.draw_on_canvas, s["strokes"], seed))
        for seed, s in enumerate(samples)
    ]


def options_parser(description: str, model: Path = NETWORK) -> argparse.ArgumentParser:
    """Return a parser with the options that all evaluations have: --model, --data and --limit."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--model", type=Path, default=model, help="network")
    parser.add_argument("--data", type=Path, help="folder of handwriting; default INKLING_DATA")
    parser.add_argument("--limit", type=int, help="pictures of each set, for a trial")
    return parser

"""The development sets: handwriting that nothing was trained on, as pictures a person would give.

MNIST's test digits are always there, and so are the pictures that are not digits. The other sets
are read from the folder of real handwriting, which is kept outside the repository (MODEL_CARD.md
says where it comes from); a set that is not there is left out.
"""

import csv
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from training import canvas, datasets, impostors
from training.measures import NO_DIGIT
from training.reading import Sample
from training.strokes import trajectories

LIMIT = 1_000  # samples of a set, after a seeded shuffle; MNIST is read whole
IMPOSTORS = 200  # pictures of each kind
MNIST = "mnist_test"
# Letters that share a shape with a digit: nobody could tell them apart out of context.
AMBIGUOUS = frozenset("OoQDIliLjJtTZzSsBbGgqyPpUVvXx")


class DevelopmentSet(NamedTuple):
    """what: in a few words. path: in the data folder. samples: (path, limit) -> samples."""

    what: str
    path: str
    samples: Callable[[Path, int], list[Sample]]


def drawn_digits(path: Path, limit: int) -> list[Sample]:
    """Pen strokes of digits, drawn on canvases."""
    return _drawn(trajectories(path), limit, int)


def drawn_letters(path: Path, limit: int) -> list[Sample]:
    """Pen strokes of letters that are no digit's shape, drawn on canvases."""
    letters = [sample for sample in trajectories(path) if sample["label"] not in AMBIGUOUS]
    return _drawn(letters, limit, lambda letter: NO_DIGIT)


def arrays(path: Path, limit: int) -> list[Sample]:
    """Small pictures in an .npz: images (N, H, W) uint8, labels (N,)."""
    with np.load(path, allow_pickle=False) as kept:
        images, labels = kept["images"], kept["labels"]
    order = np.random.RandomState(0).permutation(len(images))[:limit]
    return [Sample(int(labels[i]), None, partial(Image.fromarray, images[i])) for i in order]


def photographs(path: Path, limit: int) -> list[Sample]:
    """Picture files, listed in a manifest with the columns file, label and source."""
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
    "hwd1000": DevelopmentSet("drawn, clean, 28 x 28", "images/hwd1000.npz", arrays),
    "optdigits32": DevelopmentSet(
        "bitmaps 32 x 32, stretched", "images/optdigits_orig32.npz", arrays
    ),
    "semeion": DevelopmentSet("scans 16 x 16, aspect ratio lost", "images/semeion.npz", arrays),
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
    """MNIST's test digits, the first `limit` or all."""
    pictures, labels = datasets.mnist("test")
    digits = zip(pictures[:limit], labels[:limit], strict=True)
    return [Sample(int(label), None, partial(np.asarray, picture)) for picture, label in digits]


def present(sets: dict[str, DevelopmentSet], data: Path | None, limit: int = LIMIT) -> dict:
    """The samples, by set, of those sets whose file is in the data folder."""
    return {
        name: found.samples(data / found.path, limit)
        for name, found in sets.items()
        if data and (data / found.path).exists()
    }


def not_digits(count: int = IMPOSTORS) -> dict[str, list[Sample]]:
    """So many pictures of each kind of impostor."""
    return {
        kind: [
            Sample(NO_DIGIT, None, partial(impostors.picture, kind, seed)) for seed in range(count)
        ]
        for kind in impostors.KINDS
    }


def _drawn(samples: list[dict], limit: int, label: Callable[[str], int]) -> list[Sample]:
    shuffled = list(samples)
    random.Random(0).shuffle(shuffled)
    return [
        Sample(label(s["label"]), s["writer"], partial(canvas.drawn, s["strokes"], seed))
        for seed, s in enumerate(shuffled[:limit])
    ]

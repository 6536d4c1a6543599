"""What is written in the tests: real people's digits where they are at hand, else our own. Strokes
are lists of (x, y) points from 0 to 1 across the pad and down it."""

import gzip
import json
import os
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
SAMPLES = ROOT / "site" / "samples"
PENS = Path("pen") / "ujipenchars_dev.json.gz"
MARGIN = 0.17  # of the pad left free on each side: people write about this large


def shared_data() -> Path:
    """Where the development sets lie, if this machine has them."""
    return Path(os.environ.get("INKLING_DATA", ROOT.parent / "shared" / "data"))


def pen_strokes(digit: int) -> list:
    """A real writer's digit: the first in the development set that nobody doubts.

    Without the set: our own drawing of a 0, a 3, a 4 or a 7.
    """
    if not (shared_data() / PENS).exists():
        return fixture_strokes(digit)
    samples = json.loads(gzip.decompress((shared_data() / PENS).read_bytes()))
    trusted = (s for s in samples if s["label"] == str(digit) and not s.get("suspect"))
    return fitted(next(trusted)["strokes"])


def fixture_strokes(digit: int) -> list:
    """A 0, a 3, a 4 or a 7 of our own drawing."""
    return json.loads((FIXTURES / f"{digit}.json").read_text())


def drawable_digits() -> list[int]:
    """Which digits `pen_strokes` knows here."""
    if (shared_data() / PENS).exists():
        return list(range(10))
    return sorted(int(path.stem) for path in FIXTURES.glob("[0-9].json"))


def fitted(strokes: list) -> list:
    """Strokes in any units, moved and scaled to the middle of the pad."""
    xs, ys = zip(*(point for stroke in strokes for point in stroke), strict=True)
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    scale = (1 - 2 * MARGIN) / max(width, height)
    left = 0.5 - (min(xs) + width / 2) * scale
    top = 0.5 - (min(ys) + height / 2) * scale
    return [[(x * scale + left, y * scale + top) for x, y in stroke] for stroke in strokes]


def number_strokes(digits: str) -> list:
    """Real writers' digits beside each other, for a pad that is twice as wide as it is high."""
    width = 1 / len(digits)
    side = min(1, 2 * width)  # of each digit's own square, in heights of the pad
    return [
        [((place + 0.5) * width + (x - 0.5) * side / 2, 0.5 + (y - 0.5) * side) for x, y in stroke]
        for place, digit in enumerate(digits)
        for stroke in pen_strokes(int(digit))
    ]


def mnist_digits(numbers: str) -> Image.Image:
    """MNIST test digits, black on white, a line for each line of the text, well apart."""
    described = json.loads((SAMPLES / "labels.json").read_text())
    packed = zlib.decompress((SAMPLES / "sheet-0.z").read_bytes())
    sheet = np.frombuffer(packed, np.uint8).reshape(-1, 28, 28)
    lines = numbers.split("\n")
    page = np.zeros((40 * len(lines), 32 * max(map(len, lines))), np.uint8)
    for row, line in enumerate(lines):
        for column, digit in enumerate(line):
            which = described["labels"].index(digit)
            y, x = 40 * row + 6, 32 * column + 2
            page[y : y + 28, x : x + 28] = sheet[which]
    picture = Image.fromarray(255 - np.pad(page, 12))
    return picture.resize((4 * picture.width, 4 * picture.height), Image.Resampling.BICUBIC)

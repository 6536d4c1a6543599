"""Provide handwriting for the tests: real people's digits if available, else drawn ones.

Strokes are lists of (x, y) points from 0 to 1, across the pad and down it.
"""

import gzip
import json
import os
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[3]
FIXTURES = ROOT / "tests" / "fixtures"
SAMPLES = ROOT / "site" / "samples"
LETTER_PENS = Path("pen") / "ujipenchars_letters_dev.json.gz"
PENS = Path("pen") / "ujipenchars_dev.json.gz"
MARGIN = 0.17  # of the pad left free on each side: people write about this large


def shared_data() -> Path:
    """Return the folder of the development sets, if this machine has them."""
    return Path(os.environ.get("INKLING_DATA", ROOT.parent / "shared" / "data"))


def pen_strokes(digit: int) -> list:
    """Return a real writer's digit: the first of the development set not marked as suspect.

    Without the set: a drawn 0, 3, 4 or 7.
    """
    if not (shared_data() / PENS).exists():
        return fixture_strokes(digit)
    samples = json.loads(gzip.decompress((shared_data() / PENS).read_bytes()))
    trusted = (s for s in samples if s["label"] == str(digit) and not s.get("suspect"))
    return fitted(next(trusted)["strokes"])


def letter_strokes(letter: str) -> list:
    """Return a real writer's letter; without the set, a drawn one of LETTERS."""
    if not (shared_data() / LETTER_PENS).exists():
        return fitted([[(x, y) for x, y in stroke] for stroke in LETTERS[letter]])
    samples = json.loads(gzip.decompress((shared_data() / LETTER_PENS).read_bytes()))
    return fitted(next(s for s in samples if s["label"] == letter)["strokes"])


# Letters of straight lines, drawn for the tests: their strokes, y down.
LETTERS = {
    "A": [[(0, 10), (4, 0), (8, 10)], [(1.5, 6.5), (6.5, 6.5)]],
    "E": [[(6, 0), (0, 0), (0, 10), (6, 10)], [(0, 5), (5, 5)]],
    "F": [[(6, 0), (0, 0), (0, 10)], [(0, 5), (5, 5)]],
    "H": [[(0, 0), (0, 10)], [(7, 0), (7, 10)], [(0, 5), (7, 5)]],
    "K": [[(0, 0), (0, 10)], [(6, 0), (0, 5.5), (6, 10)]],
    "M": [[(0, 10), (0, 0), (4, 6), (8, 0), (8, 10)]],
    "N": [[(0, 10), (0, 0), (7, 10), (7, 0)]],
    "T": [[(0, 0), (8, 0)], [(4, 0), (4, 10)]],
    "W": [[(0, 0), (2.5, 10), (5, 3), (7.5, 10), (10, 0)]],
    "X": [[(0, 0), (7, 10)], [(7, 0), (0, 10)]],
}


def drawable_letters() -> list[str]:
    """Return ten letters that `letter_strokes` knows here and that have one shape."""
    with_pens = (shared_data() / LETTER_PENS).exists()
    return list("BDGHKMRSXZ") if with_pens else list(LETTERS)


def fixture_strokes(digit: int) -> list:
    """Return the strokes of a drawn 0, 3, 4 or 7."""
    return json.loads((FIXTURES / f"{digit}.json").read_text())


def drawable_digits() -> list[int]:
    """Return the digits that `pen_strokes` knows here."""
    if (shared_data() / PENS).exists():
        return list(range(10))
    return sorted(int(path.stem) for path in FIXTURES.glob("[0-9].json"))


def fitted(strokes: list) -> list:
    """Scale strokes of any units and move them to the middle of the pad."""
    xs, ys = zip(*(point for stroke in strokes for point in stroke), strict=True)
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    scale = (1 - 2 * MARGIN) / max(width, height)
    left = 0.5 - (min(xs) + width / 2) * scale
    top = 0.5 - (min(ys) + height / 2) * scale
    return [[(x * scale + left, y * scale + top) for x, y in stroke] for stroke in strokes]


def number_strokes(digits: str) -> list:
    """Return real writers' digits side by side, for a pad twice as wide as high."""
    width = 1 / len(digits)
    side = min(1, 2 * width)  # of each digit's own square, in heights of the pad
    return [
        [((place + 0.5) * width + (x - 0.5) * side / 2, 0.5 + (y - 0.5) * side) for x, y in stroke]
        for place, digit in enumerate(digits)
        for stroke in pen_strokes(int(digit))
    ]


SIGNS = {  # strokes of signs and their width, in heights of a digit, from its top
    ".": ([[(0.05, 0.97), (0.07, 0.98), (0.06, 1.0)]], 0.12),
    ",": ([[(0.1, 0.93), (0.1, 1.02), (0.03, 1.18)]], 0.14),
    ":": ([[(0.05, 0.35), (0.07, 0.37)], [(0.05, 0.85), (0.07, 0.87)]], 0.12),
    "-": ([[(0.0, 0.53), (0.2, 0.52), (0.42, 0.52)]], 0.42),
    "/": ([[(0.55, -0.2), (0.28, 0.5), (0.0, 1.2)]], 0.55),
    "+": ([[(0.0, 0.55), (0.44, 0.54)], [(0.22, 0.32), (0.23, 0.78)]], 0.44),
    "=": ([[(0.0, 0.43), (0.4, 0.42)], [(0.01, 0.65), (0.4, 0.64)]], 0.4),
}
DIGIT_HEIGHT = 0.42  # of the pad's height, in a numeral
GAP = 0.2  # between characters, in heights of a digit
WIDEST = 0.92  # of the pad's width


def numeral_strokes(text: str) -> list:
    """Return real writers' digits with drawn signs between them, for the wide pad."""
    line, edge = [], 0.0
    for character in text:
        strokes, width = SIGNS.get(character) or _digit_strokes(int(character))
        line += [[(x + edge, y) for x, y in stroke] for stroke in strokes]
        edge += width + GAP
    scale = min(DIGIT_HEIGHT, 2 * WIDEST / (edge - GAP))
    left, top = 0.5 - (edge - GAP) * scale / 4, 0.5 - scale / 2
    return [[(left + x * scale / 2, top + y * scale) for x, y in stroke] for stroke in line]


def _digit_strokes(digit: int) -> tuple[list, float]:
    """Return a digit's strokes with a height of 1, and their width."""
    strokes = pen_strokes(digit)
    xs, ys = zip(*(point for stroke in strokes for point in stroke), strict=True)
    scale = 1 / (max(ys) - min(ys))
    moved = [[((x - min(xs)) * scale, (y - min(ys)) * scale) for x, y in s] for s in strokes]
    return moved, (max(xs) - min(xs)) * scale


def mnist_digits(numbers: str) -> Image.Image:
    """Return a picture of MNIST test digits, black on white, one line for each line of text."""
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

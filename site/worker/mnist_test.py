"""Read MNIST's test digits for the view Measure, one sheet at a time."""

import zlib

import numpy as np

from inkling.reader import Reader
from worker import serialize

SIDE = 28
REJECTED = -1  # in place of a label: the reader withheld its answer
SHOWN = 10  # corrupted digits that are shown

_sheets = {}


def keep_sheet(number: int, packed: bytes) -> None:
    """Keep a sheet of digits, packed by export/site/samples.py."""
    pixels = np.frombuffer(zlib.decompress(packed), np.uint8)
    _sheets[number] = pixels.reshape(-1, SIDE, SIDE)


def picture(index: int) -> np.ndarray:
    """Return one test digit, (28, 28) uint8, white on black. Its sheet must have been kept."""
    size = len(next(iter(_sheets.values())))
    return _sheets[index // size][index % size]


def run(reader: Reader, indices: list[int]) -> dict:
    """Read some test digits: {"labels", with REJECTED for none; "confidences"}."""
    return _read(reader, [picture(index) for index in indices])


def disturb(reader: Reader, indices: list[int], kind: str, amount: float) -> dict:
    """Corrupt some test digits and read them; "look" shows a few."""
    from inkling.explain.corruptions import corrupt  # not needed for the page's first answer
    from inkling.explain.occlusion import mosaic

    pictures = [corrupt(picture(index), kind, amount) for index in indices]
    look = mosaic(np.stack(pictures[:SHOWN]).astype(np.float32) / 255, SHOWN // 2)
    return {**_read(reader, pictures), "look": serialize.mask(look)}


def thumbs(indices: list[int]) -> list[dict]:
    """Return some test digits as masks."""
    return [serialize.mask(picture(index).astype(np.float32) / 255) for index in indices]


def _read(reader, pictures):
    digits = [reader.read_digit(picture) for picture in pictures]
    return {
        "labels": [REJECTED if digit.label is None else digit.label for digit in digits],
        "confidences": [float(digit.confidence) for digit in digits],
    }

"""The worker's part in the view Measure: MNIST's test digits, read one sheet at a time."""

import zlib

import numpy as np

import plain
from inkling.disturb import disturbed
from inkling.explain import mosaic
from inkling.reader import Reader

SIDE = 28
NOBODY = -1  # in place of a label: the reader withheld its answer
SHOWN = 10  # disturbed digits to look at

_sheets = {}


def keep_sheet(number: int, packed: bytes) -> None:
    """Take a sheet of digits as export/samples.py has written it."""
    pixels = np.frombuffer(zlib.decompress(packed), np.uint8)
    _sheets[number] = pixels.reshape(-1, SIDE, SIDE)


def picture(index: int) -> np.ndarray:
    """One test digit, (28, 28) uint8, white on black; its sheet has to be there."""
    size = len(next(iter(_sheets.values())))
    return _sheets[index // size][index % size]


def run(reader: Reader, indices: list[int]) -> dict:
    """What is read in some test digits: labels, NOBODY for none, and confidences."""
    return _read(reader, [picture(index) for index in indices])


def disturb(reader: Reader, indices: list[int], kind: str, amount: float) -> dict:
    """The same after disturbing them, with a few to look at."""
    pictures = [disturbed(picture(index), kind, amount) for index in indices]
    look = mosaic(np.stack(pictures[:SHOWN]).astype(np.float32) / 255, SHOWN // 2)
    return {**_read(reader, pictures), "look": plain.mask(look)}


def thumbs(indices: list[int]) -> list[dict]:
    """Test digits as masks to show."""
    return [plain.mask(picture(index).astype(np.float32) / 255) for index in indices]


def _read(reader, pictures):
    digits = [reader.read_digit(picture) for picture in pictures]
    return {
        "labels": [NOBODY if digit.label is None else digit.label for digit in digits],
        "confidences": [float(digit.confidence) for digit in digits],
    }

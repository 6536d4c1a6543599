"""A program as a user of the package would write it, to be checked by a strict type checker.

Nothing here is run but `main`, by a test; each line uses the package by its hints alone.
"""

import io
from decimal import Decimal
from pathlib import Path
from typing import assert_type

import numpy as np
import numpy.typing as npt
from PIL import Image

from inkling import Digit, PictureError, Reader, Reading
from inkling.batch.rows import read_files
from inkling.classifier import Classifier
from inkling.many import read_many


def forms(path: Path) -> list[Reading]:
    """Read a picture in each form that the hints allow."""
    reader = Reader.load()
    content = path.read_bytes()
    picture = Image.open(path)
    pixels: npt.NDArray[np.uint8] = np.asarray(picture.convert("L"))
    with path.open("rb") as file:
        readings = [reader.read(file)]
    readings += [reader.read(path), reader.read(str(path)), reader.read(content)]
    readings += [reader.read(bytearray(content)), reader.read(memoryview(content))]
    readings += [reader.read(io.BytesIO(content)), reader.read(picture), reader.read(pixels)]
    readings.append(reader.read(pixels.astype(np.float64) / 255))
    return readings


def labels(glyphs: npt.NDArray[np.float32]) -> list[int | None]:
    """Return what each glyph is."""
    digits = Reader.load().read_glyphs(glyphs)
    assert_type(digits, list[Digit])
    return [digit.label for digit in digits]


def sums(paths: list[Path]) -> Decimal:
    """Return the sum of all numbers that could be read."""
    total = Decimal(0)
    for result in read_many(Reader.load(), paths, jobs=1):
        if isinstance(result, Exception):
            continue
        assert_type(result, Reading)
        if isinstance(result.value, int | Decimal):
            total += result.value
    return total


def main(path: Path) -> tuple[str, Decimal]:
    """Return what a picture says and its value."""
    try:
        digit = Reader.load().read_digit(path)
    except PictureError as error:
        return error.sentence, Decimal(0)
    classes = Classifier(abstain=-1).predict(digit.glyph[np.newaxis])
    assert labels(digit.glyph[np.newaxis]) == [int(classes[0])]
    rows = read_files([str(path)], single=True)
    assert rows[0]["label"] == digit.label
    texts = {reading.text for reading in forms(path)}
    return texts.pop(), sums([path])

"""The worker's part of the pad: what is read in the picture that lies on it, as plain values."""

from time import perf_counter

import numpy as np

import plain
from inkling import PictureError, Reader
from inkling.picture import upright
from inkling.readings import Digit
from insight import Insight

SURE = 0.5  # of a number: before it is offered to read the picture as one


class Pad:
    """The last picture on the page's pad that could be read, and the digits in it."""

    def __init__(self, reader: Reader):
        self._reader = reader
        self._image = None
        self._digits = []
        self._as_number = False
        self._foreseen = None  # a canvas that may be asked for next, and what is read in it
        self.insight = None  # into one of those digits

    def read(self, image, as_number: bool) -> dict:
        """Read what is laid on the pad, any image that `Reader` takes, and look at its first digit.

        If it is a bad picture, what lay there before stays.
        """
        told, digits = self._taken(image, as_number) or read(self._reader, image, as_number)
        if digits is not None:
            self._image, self._digits, self._as_number = image, digits, as_number
            self.look_at(0)
        return told

    def foresee(self, pixels: np.ndarray) -> None:
        """Read the one digit on a canvas, (H, W) uint8, that `read` may soon be asked for."""
        self._foreseen = pixels, read(self._reader, pixels, False)

    def look_at(self, index: int) -> None:
        """Let the insight be into one of the digits of the number on the pad."""
        if index < len(self._digits):  # else the page asks of a number that has been overtaken
            digit = self._digits[index]
            self.insight = Insight(self._reader, self._image, digit, self._as_number)

    def _taken(self, image, as_number):
        """What was foreseen, if it is of this very canvas; it is given once. None if it is not."""
        foreseen, self._foreseen = self._foreseen, None
        known = foreseen and not as_number and np.array_equal(image, foreseen[0])
        return foreseen[1] if known else None


def read(reader: Reader, image, as_number: bool) -> tuple[dict, list[Digit] | None]:
    """What the page is told of a picture, and its digits; of a bad picture there are none."""
    start = perf_counter()
    try:
        found = reader.read(image) if as_number else reader.read_digit(image)
    except PictureError as error:
        return plain.failure("picture", error), None
    milliseconds = 1000 * (perf_counter() - start)
    told = plain.number(found) if as_number else plain.digit(found)
    told["milliseconds"] = milliseconds
    return told, found.digits if as_number else [found]


def with_preview(told: dict, reader: Reader, image, side: int) -> dict:
    """Add to what is told of a picture a copy of it, upright and no larger than `side`, and an
    offer if there is one to make."""
    if "error" in told:
        return told
    small, (full_width, _) = upright(image, side)
    told["preview"] = plain.picture(small, full_width)
    return with_offer(told, reader, small)


def with_offer(told: dict, reader: Reader, image) -> dict:
    """Say of one digit whether the picture seems to hold several: then a number is offered."""
    if "box" in told:
        number = reader.read(image)
        labelled = [digit.label is not None for digit in number.digits]
        if len(labelled) > 1 and all(labelled) and number.confidence >= SURE:
            told["several"] = True
    return told


def has_more(pixels: np.ndarray, box: tuple[int, int, int, int]) -> bool:
    """Whether a canvas, (H, W) uint8, black on white, has ink outside a box."""
    inked = pixels < 128
    left, top, right, bottom = box
    return np.count_nonzero(inked) > np.count_nonzero(inked[top:bottom, left:right])

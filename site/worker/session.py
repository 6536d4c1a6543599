"""Keep the picture on the page's pad and its digits, and read it in plain values."""

from time import perf_counter

import numpy as np

from inkling import PictureError, Reader
from inkling.results import Digit, Letter
from worker import serialize
from worker.explanations import Insight

DIGIT, NUMBER, LETTER = "digit", "number", "letter"  # what a picture may be read as
SURE = 0.5  # least confidence of a number that the page offers to read


class Pad:
    """The last picture on the page's pad that could be read, and its digits.

    reader: of all pictures. image: as it was read, None at first. mode: what it was read as.
    """

    def __init__(self, reader: Reader):
        self.reader = reader
        self.image = None
        self.dark_ink = None  # as the page has asked; None: as each picture seems
        self._digits = []
        self.mode = DIGIT
        self._ahead = None  # a canvas that may be asked for next, and its result
        self.insight = None  # explanations of one of those digits
        self.ahead_insight = None  # of a digit that is being drawn

    def read(self, image, mode: str, dark_ink: bool | None = None) -> dict:
        """Read a picture, any image that `Reader` takes, and explain its first digit from now on.

        After a bad picture the one before stays. dark_ink: as for `Reader.read_digit`.
        """
        result, digits = self._taken(image, mode) or read(self.reader, image, mode, dark_ink)
        if digits is not None:
            self.image, self._digits, self.mode = image, digits, mode
            self.dark_ink = dark_ink
            self.look_at(0)
        return result

    def read_ahead(self, pixels: np.ndarray) -> dict:
        """Read the one digit on a canvas, (H, W) uint8, that `read` may soon be asked for."""
        result, digits = read(self.reader, pixels, DIGIT)
        self._ahead = pixels, (result, digits)
        if digits:
            self.ahead_insight = Insight(self.reader, pixels, digits[0])
        return result

    @property
    def network(self):
        """The network that digits are read with."""
        return self.reader.network

    def use(self, network) -> None:
        """Read with another network of the same kind from now on."""
        self.reader.network = network
        self._ahead = None  # it was read with the other one

    def look_at(self, index: int) -> None:
        """Explain one of the digits of the number on the pad from now on."""
        if index < len(self._digits):  # else the page asks of a number that has been replaced
            digit = self._digits[index]
            reader = self.reader.letters if self.mode == LETTER else self.reader
            self.insight = Insight(reader, self.image, digit, self.mode == NUMBER, self.dark_ink)

    def _taken(self, image, mode):
        """Return, once, the result that was read ahead for this very canvas, else None."""
        ahead, self._ahead = self._ahead, None
        self.ahead_insight = None
        known = ahead and mode == DIGIT and np.array_equal(image, ahead[0])
        return ahead[1] if known else None


def read(
    reader: Reader, image, mode: str, dark_ink: bool | None = None
) -> tuple[dict, list[Digit] | list[Letter] | None]:
    """Return the result for the page, and a picture's digits: None of a bad picture.

    mode: DIGIT, NUMBER or LETTER. dark_ink: as for `Reader.read_digit`; letters are read as always.
    """
    ask = {DIGIT: reader.read_digit, NUMBER: reader.read, LETTER: reader.read_letter}[mode]
    given = {} if mode == LETTER or dark_ink is None else {"dark_ink": dark_ink}
    start = perf_counter()
    try:
        found = ask(image, **given)
    except PictureError as error:
        return serialize.failure("picture", error), None
    milliseconds = 1000 * (perf_counter() - start)
    result = serialize.number(found) if mode == NUMBER else serialize.digit(found)
    result["milliseconds"] = milliseconds
    return result, found.digits if mode == NUMBER else [found]


def with_preview(
    result: dict, reader: Reader, image, side: int, dark_ink: bool | None = None
) -> dict:
    """Add an upright copy of the picture, no larger than `side`, to a result.

    With it come an offer and, if the picture was refused, the obstacle. dark_ink: as it was read.
    """
    if "error" in result:
        return result
    from inkling.image import lightness  # not needed for the page's first answer

    shown, (full_width, _) = lightness.upright(image, max(side, lightness.WORKING_SIDE))
    pixels = np.asarray(shown)  # of a large photo, decoded once for all that follows
    small, _ = lightness.upright(pixels, side)
    result["preview"] = serialize.picture(small, full_width)
    return with_obstacle(with_offer(result, reader, pixels), reader, pixels, dark_ink)


def with_obstacle(result: dict, reader: Reader, image, dark_ink: bool | None = None) -> dict:
    """Add what is in the way of a character or number to a result without any, if certain."""
    number, letter = "digits" in result, "alternatives" in result
    refused = not result["text"] if number else "label" not in result
    if refused and "several" not in result:
        from inkling.obstacles import find_obstacle  # not needed for the page's first answer

        obstacle = find_obstacle(reader, image, number, dark_ink, letter)
        if obstacle:
            result["obstacle"] = obstacle
    return result


def with_offer(result: dict, reader: Reader, image) -> dict:
    """Add "several" to the result of one digit if the picture seems to hold a number.

    Where no digit was read, anything that can be read as a number counts, without its signs.
    """
    if "box" in result and "alternatives" not in result:  # a letter has these
        number = reader.read(image)
        labelled = [digit.label is not None for digit in number.digits]
        sure = sum(labelled) > 1 and number.confidence >= SURE
        if sure or ("label" not in result and number.text):
            result["several"] = True
    return result


def has_more(pixels: np.ndarray, box: tuple[int, int, int, int]) -> bool:
    """Return whether a canvas, (H, W) uint8, black on white, has ink outside a box."""
    inked = pixels < 128
    left, top, right, bottom = box
    return np.count_nonzero(inked) > np.count_nonzero(inked[top:bottom, left:right])

"""The public interface: a picture in, a digit or a number out."""

from dataclasses import dataclass, field

import numpy as np

from .glyph import glyph
from .ink import ink_map
from .lattice import NOTHING
from .network import Network
from .numbers import CERTAIN, Found, Line, read_lines
from .picture import lightness, upright
from .segment import Part, Writing, part_of, single, writing

NO_INK = "no ink"
NO_DIGIT = "not a digit"
NO_NUMBER = "not a number"
STRANGE = 0.3  # of what is as tall as a digit, at most, is none in a number
# Probability below which one mark cut into digits is no number. On the training's own numbers and
# scribbles this withholds as many wrong pairs of touching digits as right ones, one in eighty, and
# half of the scribbles that are left.
DOUBTFUL = 0.6
MOST = 400  # marks of writing on a page, at most: a photo of fur or leaves has more
ENOUGH = 4  # marks that stand alone tell text from numbers; two or three may be touching digits


@dataclass(frozen=True)
class Digit:
    """One digit, read.

    label: 0 to 9, or None with a `reason` ("no ink", "not a digit", "unsure between 4 and 9").
    confidence: the calibrated probability of the likeliest digit, 0 .. 1, given or not.
    probabilities: (10,) float32; what they lack of 1 is the probability that it is no digit.
    box: (left, top, right, bottom) in pixels of the upright picture, the last two exclusive, or
    None without ink. glyph: (28, 28) float32, 1 = ink.
    """

    label: int | None
    confidence: float
    probabilities: np.ndarray
    box: tuple[int, int, int, int] | None
    glyph: np.ndarray
    reason: str | None = None


@dataclass(frozen=True)
class Reading:
    """A picture, read.

    lines: its digits and signs, line by line. light, ink: (H, W) float32, what was seen (0 black
    .. 1 white) and what was taken for ink (0 .. 1), at the size that was worked on. reason: None,
    or why there is no text ("no ink", "not a number").
    confidence: the probability, 0 .. 1, that the whole text is right: for each line, that it has
    as many digits, which is the share that the ways to group and cut it so have in all ways; times
    the probability of every digit. 0 where nothing was read.
    """

    lines: list[list[Digit]]
    light: np.ndarray = field(repr=False)
    ink: np.ndarray = field(repr=False)
    confidence: float = 0.0
    reason: str | None = None

    @property
    def digits(self) -> list[Digit]:
        """All digits and signs in reading order."""
        return [digit for line in self.lines for digit in line]

    @property
    def text(self) -> str:
        """The digits as text, a line break between lines; without signs and what was not read."""
        if self.reason:
            return ""
        lines = ["".join(str(d.label) for d in line if d.label is not None) for line in self.lines]
        return "\n".join(line for line in lines if line)


class Reader:
    """Reads pictures with one network."""

    def __init__(self, network: Network):
        self.network = network

    @classmethod
    def load(cls, path) -> "Reader":
        """A reader with the network in an .npz, given as a path or a binary file.

        Raises ModelError.
        """
        return cls(Network.load(path))

    def read_digit(self, image) -> Digit:
        """Read a picture that holds one digit.

        image: a PIL image, encoded bytes (PNG, JPEG, WebP, BMP, GIF), a path, or uint8 pixels
        (H, W), (H, W, 3) or (H, W, 4). Raises PictureError.
        """
        picture, size = upright(image)
        light = lightness(picture)
        part = single(ink_map(light))
        if part is None:
            side = self.network.frame.side
            blank = np.zeros((side, side), np.float32)
            return Digit(None, 0.0, np.zeros(10, np.float32), None, blank, NO_INK)
        return self._named([part], _scale(size, light))[0]

    def read(self, image) -> Reading:
        """Find the digits in a picture and read them, line by line. Raises PictureError.

        A sign, such as a minus or a decimal mark, is a Digit without label, "not a digit". In a
        number the likeliest digit is given, however unsure: its confidence says so. A picture that
        holds a single digit is read as `read_digit` reads it.
        """
        picture, size = upright(image)
        light = lightness(picture)
        ink = ink_map(light)
        found, scale = writing(ink), _scale(size, light)
        if not len(found.all):
            return Reading([], light, ink, 0.0, NO_INK)
        if len(found.all) > MOST:
            return Reading([], light, ink, 0.0, NO_NUMBER)
        one = self._one(ink, found, scale)
        lines = read_lines(ink, found.marks, found.all, self.network)
        if one and _is_one(one, lines, bool(np.isin(found.all, found.one).all())):
            refused = NO_NUMBER if one.label is None else None
            return Reading([[one]], light, ink, 0.0 if refused else one.confidence, refused)
        digits = [[self._in_number(mark, scale) for mark in line.found] for line in lines]
        if _is_strange(lines):
            return Reading(digits, light, ink, 0.0, NO_NUMBER)
        confidence = _confidence(lines)
        if len(found.all) == 1 and confidence < DOUBTFUL:  # a scribble can be cut into digits, too
            return Reading(digits, light, ink, 0.0, NO_NUMBER)
        return Reading(digits, light, ink, confidence)

    def read_glyphs(self, glyphs: np.ndarray) -> list[Digit]:
        """Read what is framed already: glyphs (N, side, side) float32, 1 = ink; boxes are None."""
        probabilities = self.network.probabilities(glyphs)
        return [self._digit(*seen, box=None) for seen in zip(glyphs, probabilities, strict=True)]

    def _one(self, ink: np.ndarray, found: Writing, scale: np.ndarray) -> Digit | None:
        """What the picture's one digit would be read as."""
        if not len(found.one):
            return None
        return self._named([part_of(ink, found.marks, found.one)], scale)[0]

    def _in_number(self, mark: Found, scale: np.ndarray) -> Digit:
        digits, box = mark.probabilities[:10], _box(mark.part, scale)
        if mark.label == NOTHING:
            return Digit(None, float(digits.max()), digits, box, mark.glyph, NO_DIGIT)
        return Digit(mark.label, float(digits[mark.label]), digits, box, mark.glyph)

    def _named(self, parts: list[Part], scale: np.ndarray) -> list[Digit]:
        """The digits that the network sees in the parts, in one batch."""
        if not parts:
            return []
        glyphs = np.stack([glyph(part.ink, self.network.frame) for part in parts])
        probabilities = self.network.probabilities(glyphs)
        return [
            self._digit(*seen, box=_box(part, scale))
            for part, *seen in zip(parts, glyphs, probabilities, strict=True)
        ]

    def _digit(self, glyph: np.ndarray, probabilities: np.ndarray, box) -> Digit:
        """probabilities: (K,) float32, the ten digits' and, if the network has it, none's."""
        digits, none = probabilities[:10], probabilities[10:].sum()
        best, second = (int(k) for k in np.argsort(-digits, kind="stable")[:2])
        confidence = float(digits[best])
        doubtful = none > self.network.none_threshold
        if confidence >= self.network.threshold and not doubtful:
            return Digit(best, confidence, digits, box, glyph)
        reason = f"unsure between {min(best, second)} and {max(best, second)}"
        if doubtful or none > digits[second]:
            reason = NO_DIGIT
        return Digit(None, confidence, digits, box, glyph, reason)


def _is_one(one: Digit, lines: list[Line], covers: bool) -> bool:
    """Whether the picture holds a single digit, after all.

    one: what the whole picture is read as; covers: whether that takes in all that is written.
    """
    marks = [mark for line in lines for mark in line.found]
    digits = [mark for mark in marks if mark.label != NOTHING]
    if len(digits) > 1:  # a digit broken across would be read as two lines
        return covers and len(lines) > 1 and one.confidence >= CERTAIN
    if not digits:
        return len(marks) == 1 or one.label is not None
    if len(marks) == 1:
        return True
    # A 2 without its foot is a 7: what was left out may be what makes it another digit.
    surer = one.confidence >= min(digits[0].probabilities.max(), CERTAIN if covers else 1.0)
    return one.label != digits[0].label and surer


def _is_strange(lines: list[Line]) -> bool:
    """Whether too much of what is as tall as a digit is none, or is given as one against odds."""
    tall = [mark for line in lines for mark in line.found if mark.tall]
    strange = sum(
        mark.label == NOTHING or mark.probabilities[10:].sum() > mark.probabilities[mark.label]
        for mark in tall
    )
    # Letters can be cut into what looks like digits: they have to be refused before they are.
    marks, refused = sum(line.marks for line in lines), sum(line.refused for line in lines)
    letters = marks >= ENOUGH and refused > STRANGE * marks
    digits = sum(mark.label != NOTHING for line in lines for mark in line.found)
    # One mark in doubt makes a number doubtful, not something else.
    mostly_strange = strange > STRANGE * len(tall) and (strange > 1 or len(tall) == 1)
    return letters or mostly_strange or not digits


def _confidence(lines: list[Line]) -> float:
    shares = [line.certainty for line in lines]
    digits = [
        float(mark.probabilities[mark.label])
        for line in lines
        for mark in line.found
        if mark.label != NOTHING
    ]
    return float(np.prod(shares + digits))


def _scale(size: tuple[int, int], light: np.ndarray) -> np.ndarray:
    """Picture pixels to one pixel of the working size, (across, down, across, down)."""
    return np.tile(np.array(size) / light.shape[::-1], 2)


def _box(part: Part, scale: np.ndarray) -> tuple[int, int, int, int]:
    left, top, right, bottom = (int(v) for v in np.rint(part.box * scale))
    return left, top, right, bottom

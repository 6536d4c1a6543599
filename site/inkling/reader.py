"""The public interface: a picture in, a digit or a number out."""

import numpy as np

from .glyph import glyph
from .ink import ink_map
from .lattice import NOTHING
from .network import Network
from .numbers import Found, read_lines
from .picture import lightness, upright
from .readings import NO_DIGIT, NO_INK, NO_NUMBER, Digit, Reading
from .segment import Part, Writing, part_of, single, writing
from .verdict import confidence, is_number, is_one

MOST = 400  # marks of writing on a page, at most: a photo of fur or leaves has more


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
        if one and is_one(one, lines, bool(np.isin(found.all, found.one).all())):
            refused = NO_NUMBER if one.label is None else None
            return Reading([[one]], light, ink, 0.0 if refused else one.confidence, refused)
        digits = [[self._in_number(mark, scale) for mark in line.found] for line in lines]
        if not is_number(lines):
            return Reading(digits, light, ink, 0.0, NO_NUMBER)
        return Reading(digits, light, ink, confidence(lines))

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
        part, glyph, probabilities = mark.seen
        digits, box = probabilities[:10], _box(part, scale)
        if mark.label == NOTHING:
            return Digit(None, float(digits.max()), digits, box, glyph, NO_DIGIT)
        return Digit(mark.label, float(digits[mark.label]), digits, box, glyph)

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


def _scale(size: tuple[int, int], light: np.ndarray) -> np.ndarray:
    """Picture pixels to one pixel of the working size, (across, down, across, down)."""
    return np.tile(np.array(size) / light.shape[::-1], 2)


def _box(part: Part, scale: np.ndarray) -> tuple[int, int, int, int]:
    left, top, right, bottom = (int(v) for v in np.rint(part.box * scale))
    return left, top, right, bottom

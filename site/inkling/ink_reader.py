"""Ink -> digits and numbers, with the digit network and the line network.

The public interface (reader.py) adds to it what pictures, tables and letters need.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from .errors import TooDenseError
from .image.form_lines import cut_edge_lines
from .image.glyph import glyph
from .image.segment import MAX_MARKS, Part, Writing, part_of, single, writing
from .network.in_turn import InTurn, Question, alone, together
from .network.model import Network
from .numbers import read_lines as by_network
from .numbers.acceptance import confidence, is_number, is_one
from .numbers.candidates import CERTAIN
from .numbers.left_out import with_left_out
from .numbers.line_network import LineNetwork
from .numbers.read import ReadSegment
from .numbers.read import read_in_turn as by_cuts_in_turn
from .results import (
    NO_DIGIT,
    NO_INK,
    NO_NUMBER,
    REJECT,
    SIGN,
    UNREAD,
    Digit,
    Reading,
)

# Least confidence of what a second look reads: in one digit that was refused, in such a number, and
# in place of a number beside which ink was left out.
SECOND_DIGIT, SECOND_NUMBER, SECOND_INSTEAD = 0.8, 0.6, 0.9
DOUBTFUL = 0.6  # confidence: below it a digit beside a line is read without the line
TOGETHER = 16  # ink maps that are read at once: more take no less time, and more memory
Box = tuple[int, int, int, int]
Progress = Callable[[int, int], object]  # is told how many of how many parts have been read


class InkReader:
    """Reads ink maps, (H, W) float32, 0 paper .. 1 ink."""

    def __init__(self, network: Network, lines: LineNetwork | None = None) -> None:
        self.network = network
        self.lines = lines  # None: numbers are read digit by digit, without signs

    def digit_part(self, ink: np.ndarray) -> Part | None:
        """Return the part of an ink map, (H, W) float32, that `read_digit` reads; None if blank.

        A line at the picture's edge that touches the digit may be a form's, or a stroke. It is cut
        off if the rest is read as a digit, and the whole is a reject or unsure.
        """
        part = single(ink)
        return alone(self._without_edge_line(ink, part)) if part else None

    def _without_edge_line(self, ink: np.ndarray, part: Part) -> InTurn[Part]:
        cut = cut_edge_lines(ink)
        rest = single(cut) if cut is not None else None
        if rest is None or rest.box == part.box:
            return part
        whole, without = yield from self._parts_in_turn([part, rest], np.ones(4))
        doubtful = whole.label is None or whole.confidence < DOUBTFUL < without.confidence
        return rest if doubtful and without.label is not None else part

    def _read_ink(self, light: np.ndarray, ink: np.ndarray, scale: np.ndarray) -> Reading:
        """Read the digits in a picture's ink. Raises TooDenseError."""
        return alone(self._ink_in_turn(light, ink, scale))

    def _read_inks(
        self, inks: list[np.ndarray], progress: Progress | None = None
    ) -> list[Reading | None]:
        """Read ink maps, (H, W) float32 each, in common batches; None for one that is too dense.

        progress: called after each batch, with the number of ink maps read and that of all.
        """
        found: list[Reading | None] = []
        for start in range(0, len(inks), TOGETHER):
            some = inks[start : start + TOGETHER]
            found += together([self._or_none(ink) for ink in some])
            if progress:
                progress(len(found), len(inks))
        return found

    def _or_none(self, ink: np.ndarray) -> InTurn[Reading | None]:
        try:
            return (yield from self._ink_in_turn(1 - ink, ink, np.ones(4)))
        except TooDenseError:
            return None

    # Methods that return InTurn are readings in turn: see network/in_turn.py.

    def _ink_in_turn(
        self, light: np.ndarray, ink: np.ndarray, scale: np.ndarray
    ) -> InTurn[Reading]:
        found = writing(ink)
        if not len(found.all):
            return Reading([], light, ink, 0.0, NO_INK)
        if len(found.all) > MAX_MARKS:
            raise TooDenseError
        reading = yield from self._read_writing(light, ink, found, scale)
        return with_left_out(reading, found, scale)

    def _read_writing(
        self, light: np.ndarray, ink: np.ndarray, found: Writing, scale: np.ndarray
    ) -> InTurn[Reading]:
        """Read by the line network if it is there, else by cutting. Raises TooDenseError."""
        one = yield from self._one_in_turn(ink, found, scale)
        if not self.lines:
            return (yield from self._read_by_cuts(light, ink, found, scale, one))
        if one and self._is_plain(one, found, self.lines):
            return _only(one, light, ink)
        return (yield from self._read_by_lines(self.lines, light, ink, found, scale, one))

    def _is_plain(self, one: Digit, found: Writing, network: LineNetwork) -> bool:
        """Return whether a picture's only mark is surely one digit, so that no line is looked at.

        No mark of two digits is taken for one so surely: see CERTAIN.
        """
        only = len(found.all) == 1 and np.array_equal(found.all, found.one)
        sure = one.label is not None and one.confidence >= max(CERTAIN, network.rules.alone)
        return only and sure

    def _read_by_cuts(
        self,
        light: np.ndarray,
        ink: np.ndarray,
        found: Writing,
        scale: np.ndarray,
        one: Digit | None,
    ) -> InTurn[Reading]:
        """Read digits by cutting lines apart; signs are left out. Raises TooDenseError."""
        lines = yield from by_cuts_in_turn(ink, found.marks, found.all, self.network)
        if one and is_one(one, lines, bool(np.isin(found.all, found.one).all())):
            return _only(one, light, ink)
        digits = [[self._in_number(segment, scale) for segment in line.segments] for line in lines]
        if not is_number(lines, self.network.numbers.acceptance):
            return Reading(digits, light, ink, 0.0, NO_NUMBER)
        return Reading(digits, light, ink, confidence(lines))

    def _read_by_lines(
        self,
        network: LineNetwork,
        light: np.ndarray,
        ink: np.ndarray,
        found: Writing,
        scale: np.ndarray,
        one: Digit | None,
    ) -> InTurn[Reading]:
        """Read lines with the line network; a single digit as `read_digit` reads it."""
        lines = yield from by_network.read_in_turn(ink, found, network)
        count = sum(len(line.characters) for line in lines)
        certainty = float(np.prod([line.confidence for line in lines]))
        alone = bool(np.isin(found.all, found.one).all())
        if one and alone and (count <= 1 or (one.label is not None and one.confidence > certainty)):
            if one.label is not None and by_network.is_no_digit(lines, one.confidence, network):
                one = replace(one, label=None, reason=NO_DIGIT, character="")
            return _only(one, light, ink)
        digits = yield from self._characters(lines, network, scale)
        texts = [[digit.character for digit in line] for line in digits]
        sure = [
            by_network.certainty(line, its, network) for line, its in zip(lines, texts, strict=True)
        ]
        if not by_network.is_number(sure, texts, network):
            return Reading(digits, light, ink, 0.0, NO_NUMBER)
        return Reading(digits, light, ink, float(np.prod(sure)))

    def _characters(
        self, lines: list[by_network.LineReading], network: LineNetwork, scale: np.ndarray
    ) -> InTurn[list[list[Digit]]]:
        """Return a Digit for each character, with the glyph that the digit network sees in it."""
        side, read = self.network.frame.side, [c for line in lines for c in line.characters]
        glyphs = np.zeros((len(read), side, side), np.float32)
        for row, character in enumerate(read):
            if character.part.ink.any():
                glyphs[row] = glyph(character.part.ink, self.network.frame)
        probabilities = yield Question(self.network, glyphs)
        found = iter(zip(read, glyphs, probabilities, strict=True))
        return [
            [self._character(*next(found), network, scale) for _ in line.characters]
            for line in lines
        ]

    def _character(
        self,
        read: by_network.Character,
        glyph: np.ndarray,
        probabilities: np.ndarray,
        network: LineNetwork,
        scale: np.ndarray,
    ) -> Digit:
        box = _box(read.part, scale)
        label = by_network.likeliest_digit(read, probabilities, network)
        unread = label is None and read.text == network.reject
        reason = None if label is not None else NO_DIGIT if unread else SIGN
        character = str(label) if label is not None else UNREAD if unread else read.text
        digits = probabilities[:10]
        confidence = read.confidence if label is None else float(digits[label])
        return Digit(label, confidence, digits, box, glyph, reason, character)

    def blank(self, reason: str) -> Digit:
        """Return the answer where there is no digit to look at."""
        side = self.network.frame.side
        glyph = np.zeros((side, side), np.float32)
        return Digit(None, 0.0, np.zeros(10, np.float32), None, glyph, reason)

    def _read_one(self, ink: np.ndarray, found: Writing, scale: np.ndarray) -> Digit | None:
        """Read a picture's ink as one digit; None if nothing may be one."""
        return alone(self._one_in_turn(ink, found, scale))

    def _one_in_turn(
        self, ink: np.ndarray, found: Writing, scale: np.ndarray
    ) -> InTurn[Digit | None]:
        if not len(found.one):
            return None
        part = part_of(ink, found.marks, found.one)
        part = yield from self._without_edge_line(ink, part)
        (one,) = yield from self._parts_in_turn([part], scale)
        return one

    def _in_number(self, segment: ReadSegment, scale: np.ndarray) -> Digit:
        part, glyph, probabilities = segment.classified
        digits, box = probabilities[:10], _box(part, scale)
        if segment.label == REJECT:
            return Digit(None, float(digits.max()), digits, box, glyph, NO_DIGIT)
        character = str(segment.label)
        return Digit(
            segment.label, float(digits[segment.label]), digits, box, glyph, None, character
        )

    def _read_parts(self, parts: list[Part], scale: np.ndarray) -> list[Digit]:
        """Read parts of a picture with the digit network, in one batch."""
        return alone(self._parts_in_turn(parts, scale)) if parts else []

    def _parts_in_turn(self, parts: list[Part], scale: np.ndarray) -> InTurn[list[Digit]]:
        glyphs = np.stack([glyph(part.ink, self.network.frame) for part in parts])
        probabilities = yield Question(self.network, glyphs)
        return [
            self._digit_of(glyph, chances, _box(part, scale))
            for part, glyph, chances in zip(parts, glyphs, probabilities, strict=True)
        ]

    def _digit_of(self, glyph: np.ndarray, probabilities: np.ndarray, box: Box | None) -> Digit:
        """Return a Digit, without label below the thresholds.

        probabilities: (K,) float32, of the ten digits and, if the network has it, the reject class.
        """
        digits, none = probabilities[:10], probabilities[10:].sum()
        best, second = (int(k) for k in np.argsort(-digits, kind="stable")[:2])
        confidence = float(digits[best])
        doubtful = none > self.network.none_threshold
        if confidence >= self.network.threshold and not doubtful:
            return Digit(best, confidence, digits, box, glyph, None, str(best))
        reason = f"unsure between {min(best, second)} and {max(best, second)}"
        if doubtful or none > digits[second]:
            reason = NO_DIGIT
        return Digit(None, confidence, digits, box, glyph, reason)


def _only(one: Digit, light: np.ndarray, ink: np.ndarray) -> Reading:
    """Return the reading of a picture's only digit."""
    refused = NO_NUMBER if one.label is None else None
    return Reading([[one]], light, ink, 0.0 if refused else one.confidence, refused)


def scale_of(size: tuple[int, int], light: np.ndarray) -> np.ndarray:
    """Return the picture pixels to one of the working size, (across, down, across, down)."""
    return np.tile(np.array(size) / light.shape[::-1], 2)


def _box(part: Part, scale: np.ndarray) -> Box:
    left, top, right, bottom = (int(v) for v in np.rint(part.box * scale))
    return left, top, right, bottom

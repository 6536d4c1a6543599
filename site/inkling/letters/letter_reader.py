"""Read one letter, or a code: a picture in, a Letter or a Reading out."""

import string

import numpy as np

from ..errors import TooDenseError
from ..image.glyph import glyph
from ..image.ink import ink_map
from ..image.lightness import lightness, upright
from ..image.pixels import glyph_values
from ..image.segment import MAX_MARKS, Part, single_letter, writing
from ..network.letter_labels import LOWER, UPPER
from ..results import NO_CODE, NO_INK, NO_LETTER, TOO_DENSE, Letter, Reading
from .code import read_code
from .letter_network import CodeNetwork, LetterNetwork

OTHER_CASE = 0.1  # share of a letter's probability from which its other case is named
NAMED = 0.03  # probability from which another letter is named
MAX_ALTERNATIVES = 3


class LetterReader:
    """Reads one letter, or a code. It has what explanations ask of a reader, too."""

    def __init__(self, network: LetterNetwork):
        self.network = network

    @classmethod
    def load(cls, path) -> "LetterReader":
        """Load letters.npz, given as a path or a binary file. Raises ModelError."""
        return cls(LetterNetwork.load(path))

    def read(self, image) -> Letter:
        """Read a picture, of any kind that `Reader.read_digit` takes, that holds one letter.

        Raises PictureError; TypeError for what cannot be meant as a picture; OSError for a file.
        """
        picture, size = upright(image)
        light = lightness(picture)
        try:
            part = self.digit_part(ink_map(light))
        except TooDenseError:
            return self.blank(TOO_DENSE)
        if part is None:
            return self.blank(NO_INK)
        return self._read_part(part, _scale(size, light))

    def read_code(self, image) -> Reading:
        """Read lines of block letters and digits, all as capitals; a letter alone as `read` does.

        Raises what `read` raises.
        """
        picture, size = upright(image)
        light = lightness(picture)
        ink, scale = ink_map(light), _scale(size, light)
        try:
            found = writing(ink)
            if not len(found.all):
                return Reading([], light, ink, 0.0, NO_INK)
            if len(found.all) > MAX_MARKS:
                raise TooDenseError
            letters, confidence = read_code(ink, found, CodeNetwork(self.network.network), scale)
            part = self.digit_part(ink) if len(found.one) else None
        except TooDenseError:
            return Reading([], light, ink, 0.0, TOO_DENSE)
        covers = part is not None and bool(np.isin(found.all, found.one).all())
        if covers:
            one = self._read_part(part, scale)
            count = sum(letter.label is not None for line in letters for letter in line)
            if count != 1 and one.label and one.confidence > confidence:
                return Reading([[one]], light, ink, one.confidence)
        return Reading(letters, light, ink, confidence, None if confidence else NO_CODE)

    def _read_part(self, part: Part, scale: np.ndarray) -> Letter:
        box = tuple(int(v) for v in np.rint(part.box * scale))
        return self._letters(glyph(part.ink, self.network.frame)[None], box)[0]

    def ink_of_one(self, light: np.ndarray, dark_ink: bool | None = None) -> np.ndarray:
        """Return the ink map, (H, W) float32, that `read` takes the letter from."""
        return ink_map(light, dark_ink)

    def digit_part(self, ink: np.ndarray) -> Part | None:
        """Return the part of an ink map, (H, W) float32, that `read` reads; None if blank."""
        return single_letter(ink)

    def read_glyphs(self, glyphs: np.ndarray) -> list[Letter]:
        """Read glyphs that are framed already, as `Reader.read_glyphs` does; boxes are None."""
        return self._letters(glyph_values(glyphs, self.network.frame.side), None)

    def blank(self, reason: str) -> Letter:
        """Return the answer where there is no letter to look at."""
        side = self.network.frame.side
        return Letter(
            None, 0.0, np.zeros(26, np.float32), None, np.zeros((side, side), np.float32), reason
        )

    def _letters(self, glyphs: np.ndarray, box) -> list[Letter]:
        seen = self.network.network.probabilities(glyphs)
        pairs = zip(glyphs, seen, self.network.folded(seen), strict=True)
        return [self._letter(*values, box) for values in pairs]

    def _letter(self, glyph: np.ndarray, seen: np.ndarray, folded: np.ndarray, box) -> Letter:
        """Return the letter of probabilities.

        seen: (63,) float32, of all labels; folded: (27,), of the letters and of none."""
        shares, none = folded[:-1], float(folded[-1])
        best, second = (int(k) for k in np.argsort(-shares, kind="stable")[:2])
        confidence, constants = float(shares[best]), self.network.network
        names = _names(seen)
        doubtful = none > constants.none_threshold
        if confidence >= constants.threshold and not doubtful:
            others = _alternatives(seen, shares, best)
            return Letter(names[best], confidence, shares, box, glyph, None, names[best], others)
        reason = f"unsure between {names[min(best, second)]} and {names[max(best, second)]}"
        if doubtful or none > shares[second]:
            reason = NO_LETTER
        return Letter(None, confidence, shares, box, glyph, reason)


def _scale(size: tuple[int, int], light: np.ndarray) -> np.ndarray:
    """Return picture pixels to one pixel of the working size, (across, down, across, down)."""
    return np.tile(np.array(size) / light.shape[::-1], 2)


def _names(seen: np.ndarray) -> list[str]:
    """Return each letter in its likelier case."""
    upper = seen[UPPER] >= seen[LOWER]
    pairs = zip(string.ascii_uppercase, string.ascii_lowercase, upper, strict=True)
    return [big if is_upper else small for big, small, is_upper in pairs]


def _alternatives(seen: np.ndarray, shares: np.ndarray, best: int) -> tuple[str, ...]:
    """Return what else it may be: the letter's other case first, then other letters."""
    names = _names(seen)
    other_case = min(seen[UPPER][best], seen[LOWER][best])
    found = [names[best].swapcase()] if other_case >= OTHER_CASE * shares[best] else []
    likely = (int(k) for k in np.argsort(-shares, kind="stable")[1:])
    found += [names[k] for k in likely if shares[k] >= NAMED]
    return tuple(found[:MAX_ALTERNATIVES])

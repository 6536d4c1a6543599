"""Explain one picture for the views How and Why, in plain values."""

from typing import TYPE_CHECKING

import numpy as np

from inkling.reader import Reader
from inkling.results import Digit, Letter
from worker import serialize

if TYPE_CHECKING:
    from inkling.letters.letter_reader import LetterReader

ROWS_AT_ONCE = 2  # of the occlusion map: they take about a tenth of a second


class Insight:
    """Explanations of one digit in a picture: its only digit, or one of a number."""

    def __init__(
        self,
        reader: "Reader | LetterReader",
        image,
        digit: Digit | Letter,
        in_number: bool = False,
        dark_ink: bool | None = None,
    ):
        self._reader = reader
        self._image = image
        self.digit = digit
        self._one_of = digit if in_number else None
        self._dark_ink = dark_ink  # as the picture was read
        self._search = None

    @property
    def network(self):
        """The digit network."""
        return self._reader.network

    def steps(self, dark_ink, threshold, centred) -> dict:
        """Return every step as a picture with its numbers, and the answer."""
        from inkling.explain.trace import Overrides, steps  # not needed for the page's first answer

        dark_ink = self._dark_ink if dark_ink is None else dark_ink
        overrides = Overrides(dark_ink, threshold, centred)
        seen = steps(self._reader, self._image, overrides, self._one_of)
        height, width = seen.light.shape
        result = {
            "size": seen.size,
            "working": (width, height),
            "light": serialize.grey(serialize.shown(seen.light)),
            "ink": serialize.mask(serialize.shown(seen.ink)),
            "share": float((seen.ink > 0.5).mean()),
            "darkInk": seen.dark_ink,
            "shift": seen.shift,
            "digit": serialize.digit(seen.digit),
        }
        if seen.box:
            left, top, right, bottom = seen.box
            result["box"] = seen.box
            result["step"] = max(right - left, bottom - top) / max(seen.scaled.shape)
            result["scaled"] = serialize.mask(seen.scaled)
        return result

    def occlusion(self, part: int) -> dict:
        """Return some rows of the occlusion map, and whether they are the last.

        fall: by how much the log odds of the answer fall where ink is covered.
        """
        from inkling.explain.occlusion import STRIDE, occlusion, occlusion_rows

        rows = occlusion_rows(len(self.digit.glyph))
        tops = rows[part * ROWS_AT_ONCE : (part + 1) * ROWS_AT_ONCE]
        best = int(np.argmax(self.digit.probabilities))
        fall = occlusion(self._reader.network, self.digit.glyph, best, tops)
        return {
            "fall": serialize.numbers(fall),
            "across": fall.shape[1],
            "stride": STRIDE,
            "last": tops.stop >= rows.stop,
        }

    def change(self, target: int, begin: bool) -> dict:
        """Take one step of the search for a counterfactual that is read as `target`."""
        from inkling.explain.counterfactual import CounterfactualSearch

        if begin:
            best = int(np.argmax(self.digit.probabilities))
            self._search = CounterfactualSearch(
                self._reader.network, self.digit.glyph, best, target
            )
        search = self._search
        if not search.finished:
            search.step()
        before, after = search.glyph, search.changed
        return {
            "found": search.found,
            "finished": search.finished,
            "dabs": search.dabs,
            "kept": serialize.mask(np.minimum(before, after)),
            "added": serialize.mask(np.maximum(after - before, 0)),
            "removed": serialize.mask(np.maximum(before - after, 0)),
        }

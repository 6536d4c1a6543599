"""The worker's part in the views How and Inside: explanations of one picture, as plain values."""

import math

import numpy as np

import plain
from inkling.change import Change
from inkling.explain import (
    STRIDE,
    filters,
    layers_at_work,
    mosaic,
    occlusion,
    occlusion_rows,
)
from inkling.reader import Reader
from inkling.readings import Digit
from inkling.steps import Otherwise, steps

ACROSS = 8  # maps in a row
ROWS_AT_ONCE = 2  # of the occlusion map: about a tenth of a second


class Insight:
    """Explains one picture and a digit that was read in it: its only one, or one of a number."""

    def __init__(self, reader: Reader, image, digit: Digit, in_number: bool = False):
        self._reader = reader
        self._image = image
        self.digit = digit
        self._one_of = digit if in_number else None
        self._change = None

    def steps(self, dark_ink, threshold, centred) -> dict:
        """Every step as a picture with its numbers, and what is read in the end."""
        otherwise = Otherwise(dark_ink, threshold, centred)
        seen = steps(self._reader, self._image, otherwise, self._one_of)
        height, width = seen.light.shape
        result = {
            "size": seen.size,
            "working": (width, height),
            "light": plain.grey(plain.shown(seen.light)),
            "ink": plain.mask(plain.shown(seen.ink)),
            "share": float((seen.ink > 0.5).mean()),
            "darkInk": seen.dark_ink,
            "shift": seen.shift,
            "digit": plain.digit(seen.digit),
        }
        if seen.box:
            left, top, right, bottom = seen.box
            result["box"] = seen.box
            result["step"] = max(right - left, bottom - top) / max(seen.scaled.shape)
            result["scaled"] = plain.mask(seen.scaled)
        return result

    def layers(self) -> list[dict]:
        """The layers at work on the glyph: {op, shape, parameters, milliseconds}."""
        self._layers = layers_at_work(self._reader.network, self.digit.glyph)
        return [
            {
                "op": layer.op,
                "shape": layer.shape,
                "parameters": layer.parameters,
                "milliseconds": layer.milliseconds,
            }
            for layer in self._layers
        ]

    def maps(self, index: int) -> dict:
        """What one layer gives: ink where it is strongest, and where it is most negative."""
        output = self._layers[index].output
        maps = np.moveaxis(output, -1, 0) if output.ndim == 3 else output[:, None, None]
        return _signed(maps / max(float(np.abs(maps).max()), 1e-9))

    def filters(self) -> dict:
        """The patterns that the first layer looks for."""
        return _signed(filters(self._reader.network))

    def occlusion(self, part: int) -> dict:
        """A part of the occlusion map: how far the logarithm of the odds falls; "last" ends it."""
        rows = occlusion_rows(len(self.digit.glyph))
        tops = rows[part * ROWS_AT_ONCE : (part + 1) * ROWS_AT_ONCE]
        best = int(np.argmax(self.digit.probabilities))
        fall = occlusion(self._reader.network, self.digit.glyph, best, tops)
        return {
            "fall": plain.numbers(fall),
            "across": fall.shape[1],
            "stride": STRIDE,
            "last": tops.stop >= rows.stop,
        }

    def change(self, target: int, begin: bool) -> dict:
        """One step of the search for what would make this a `target`."""
        if begin:
            best = int(np.argmax(self.digit.probabilities))
            self._change = Change(self._reader.network, self.digit.glyph, best, target)
        change = self._change
        if not change.finished:
            change.step()
        before, after = change.glyph, change.changed
        return {
            "found": change.found,
            "finished": change.finished,
            "dabs": change.dabs,
            "kept": plain.mask(np.minimum(before, after)),
            "added": plain.mask(np.maximum(after - before, 0)),
            "removed": plain.mask(np.maximum(before - after, 0)),
        }


def _signed(maps: np.ndarray) -> dict:
    across = ACROSS
    if maps[0].size == 1:  # many values are laid out wider than tall
        across = max(2 * ACROSS, 2 ** math.ceil(math.log2(len(maps)) / 2))
    laid = mosaic(maps, across)
    return {
        "count": len(maps),
        "size": maps.shape[1:],
        "positive": plain.mask(np.maximum(laid, 0)),
        "negative": plain.mask(np.maximum(-laid, 0)),
    }

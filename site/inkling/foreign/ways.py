"""The ways in which a glyph may be laid before a foreign network: layout, tone, scale and turn."""

from itertools import product
from typing import NamedTuple

import numpy as np

SIDES = (28, 32)  # pixels: LeNet-5 takes 28 x 28 in a frame of 32 x 32
TONES = ("bright", "dark")  # of the ink
# How ink is scaled, 0 .. 1: its own range, bytes, -1 .. 1, and the standard score of MNIST.
SCALES = {"0 to 1": (1.0, 0.0), "0 to 255": (255.0, 0.0), "-1 to 1": (2.0, -1.0)}
SCALES |= {"standard score": (1 / 0.3081, -0.1307 / 0.3081)}


class Way(NamedTuple):
    """How a glyph is laid before a network."""

    layout: tuple[int, ...]  # the input's shape, 1 in place of the batch
    ink: str  # one of TONES
    scale: str  # a key of SCALES
    turned: bool  # rows and columns are exchanged, as in EMNIST

    def lay(self, glyphs: np.ndarray) -> np.ndarray:
        """Return glyphs, (N, 28, 28) float32, 0 .. 1, as the network's input: (N, ...) float32."""
        margin = (_side(self.layout) - glyphs.shape[1]) // 2
        if margin:
            glyphs = np.pad(glyphs, ((0, 0), (margin, margin), (margin, margin)))
        if self.turned:
            glyphs = glyphs.swapaxes(1, 2)
        if self.ink == "dark":
            glyphs = 1 - glyphs
        factor, shift = SCALES[self.scale]
        laid = glyphs * np.float32(factor) + np.float32(shift)
        return np.ascontiguousarray(laid).reshape(len(glyphs), *self.layout[1:])


def all_ways(shape: list[int]) -> list[Way]:
    """Return all ways that fit a declared shape; all layouts if nothing is declared."""
    layouts = []
    for side in SIDES:
        for layout in ((1, 1, side, side), (1, side, side, 1), (1, side * side), (1, side, side)):
            same = len(layout) == len(shape) and all(
                declared in (0, wanted) for declared, wanted in zip(shape, layout, strict=True)
            )
            if same or not shape:
                layouts.append(layout)
    return [Way(*way) for way in product(layouts, TONES, SCALES, (False, True))]


def _side(layout: tuple[int, ...]) -> int:
    """Return the side in pixels of a layout's picture."""
    if len(layout) == 2:
        return int(layout[1] ** 0.5)
    return layout[2] if len(layout) == 4 and layout[1] == 1 else layout[1]

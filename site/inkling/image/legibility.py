"""Whether writing is surely too faint or too small to be read. Short, as only obstacles.py asks."""

import numpy as np

from ..numeric import median
from .segment import SOLID, Part

FAINT_TONE = 0.08  # of white: such contrast is a third of a pencil's
SMALL_SIDE = 10  # pixels of the writing's longer side: a stroke is then hardly a pixel wide


def is_faint(light: np.ndarray, part: Part) -> bool:
    """Return whether writing hardly departs from the paper around it.

    light: (H, W) float32, 0 black .. 1 white, the picture that the writing's box lies in.
    """
    left, top, right, bottom = part.box
    around = light[top:bottom, left:right]
    strokes, paper = around[part.ink > SOLID], around[part.ink == 0]
    if not strokes.size or not paper.size:
        return False
    return abs(median(strokes) - median(paper)) < FAINT_TONE


def is_small(part: Part) -> bool:
    """Return whether writing has too few pixels."""
    return max(part.ink.shape) < SMALL_SIDE

"""Alter a glyph, to see what the network makes of it when nothing puts it right again.

A module of its own, though short: the page fetches it only for its lessons.
"""

import numpy as np
from PIL import Image


def moved(glyph: np.ndarray, right: int, down: int) -> np.ndarray:
    """Return a glyph (side, side) float32 moved by pixels; what leaves the frame is lost."""
    height, width = glyph.shape
    right, down = (int(np.clip(by, -side, side)) for by, side in ((right, width), (down, height)))
    out = np.zeros_like(glyph)
    rows, columns = glyph.shape[0] - abs(down), glyph.shape[1] - abs(right)
    from_row, from_column = max(-down, 0), max(-right, 0)
    to_row, to_column = max(down, 0), max(right, 0)
    out[to_row : to_row + rows, to_column : to_column + columns] = glyph[
        from_row : from_row + rows, from_column : from_column + columns
    ]
    return out


def turned(glyph: np.ndarray, degrees: float) -> np.ndarray:
    """Return a glyph (side, side) float32, 0 to 1, turned clockwise about its middle."""
    picture = Image.fromarray(np.asarray(glyph, np.float32))
    out = np.asarray(picture.rotate(-degrees, Image.Resampling.BICUBIC))
    return np.clip(out, 0, 1).astype(np.float32)

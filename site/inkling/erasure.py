"""Printed lines are filled with what lies on both sides of them: paper, or a stroke across."""

import numpy as np

from .quantiles import median, medians

SKIRT = 0.12  # of a line's tone: where its edges end
DARKER = 1.5  # of a line's tone: what is darker than this, along it, is the stroke upon it
SLANTS = (-1, -0.5, 0.5, 1)  # columns to a row, in which strokes cross a line, besides upright


def erased(ink: np.ndarray, rows: np.ndarray, reach: int) -> np.ndarray:
    """Fill a line from both sides, but leave what is clearly darker than the line: the stroke.

    ink: (H, W) float32, 0 paper, 1 the darkest ink. rows: (W,) int, the line's middle in every
    column. reach: pixels, more than the line is thick. Returns (H, W) float32.
    """
    columns, last = np.arange(ink.shape[1]), len(ink) - 1
    offsets = np.arange(-reach - 2, reach + 3)[:, None]
    values = ink[np.clip(rows + offsets, 0, last), columns]
    tone, first, stop = _extent(values)
    # At the picture's own edge there is only one side.
    above = np.where(rows + offsets[first, 0] < 0, values[stop], values[first])
    below = np.where(rows + offsets[stop, 0] > last, values[first], values[stop])
    fill = _bridged(above, below, stop - first)
    band, places = values[first : stop + 1], rows + offsets[first : stop + 1]
    stroke = band > fill + DARKER * tone
    filled = np.where(stroke, band, np.minimum(band, fill))
    inside = (places >= 0) & (places <= last)
    result = ink.copy()
    result[places[inside], np.broadcast_to(columns, places.shape)[inside]] = filled[inside]
    return result


def _extent(values: np.ndarray) -> tuple[float, int, int]:
    """A line's tone above its paper, in a band (rows, W) about it, and the rows just outside it."""
    across = medians(values, axis=1)
    across = np.maximum(across - max(across.min(), min(across[0], across[-1])), 0)
    middle, paper = len(across) // 2, np.flatnonzero(across <= SKIRT * across.max())
    before, after = paper[paper < middle], paper[paper > middle]
    first = max(0, int(before.max(initial=0)) - 1)  # a path is a row off here and there
    stop = min(len(across) - 1, int(after.min(initial=len(across) - 1)) + 1)
    darkest = values[first : stop + 1].max(axis=0) - np.minimum(values[first], values[stop])
    return median(darkest), first, stop


def _bridged(above: np.ndarray, below: np.ndarray, rows: int) -> np.ndarray:
    """(rows + 1, W): from one side of a band to the other, straight down or along a slant."""
    share = np.linspace(0, 1, rows + 1, dtype=np.float32)[:, None]
    fill = above + (below - above) * share
    last, down = len(above) - 1, np.arange(rows + 1)[:, None]
    for slant in SLANTS:
        across = np.rint(slant * down).astype(np.intp)
        start = np.clip(np.arange(last + 1) - across, 0, last)
        end = np.clip(start + round(slant * rows), 0, last)
        fill = np.maximum(fill, np.minimum(above[start], below[end]))
    return fill

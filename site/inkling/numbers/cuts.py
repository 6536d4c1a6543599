"""Cut a connected component at seams through its ink, wherever one digit may end.

There are more seams than digits. The lattice decides which of them are cuts.
"""

from typing import NamedTuple

import numpy as np

from .seams import notch_seams, seam_costs, trace_seams, valleys

ROWS = 48  # height at which seams are looked for; strokes are still 3 pixels wide
MAX_CROSSED = 8.0  # stroke widths of ink that a seam crosses
ACROSS = 1.2  # stroke widths: most ink that one stroke counts for, however long a seam is in it
APIECE = 1.5  # stroke widths: cost of each stroke crossed; two digits touch in one place
BETWEEN = 0.2  # stroke of this many digit heights: with less ink between them, seams are one
DENSITY = 8  # seams to a square of the line's height, at most
MAX_SEAMS = 1_000  # that are compared in one component, the cheapest; numbers have about 100
MIN_INK = 0.4  # stroke of this many digit heights: no digit has less ink


class Cuts(NamedTuple):
    """The cuts of one component."""

    labels: np.ndarray  # (h, w) int, the fragment of each pixel, 0 .. n - 1 from the left
    crossed: np.ndarray  # (n - 1,) float, stroke widths of ink that each seam crosses


def cut_component(mask: np.ndarray, height: float) -> Cuts:
    """Cut one component wherever a digit may end.

    mask: (h, w) bool, its ink. height: of a digit in its line, in pixels.
    """
    factor = max(1, round(min(len(mask), 1.5 * height) / ROWS))
    ink = _downscale(mask, factor)
    stroke = stroke_width(ink)
    through, steps = seam_costs(ink, APIECE * stroke)
    unit = stroke * height / factor
    seams = _choose_seams(ink, through, steps, stroke, height / factor)
    seams = _drop_thin(np.sort(seams, axis=0), ink, unit)
    crossed = _ink_crossed(seams, ink, ACROSS * stroke) / stroke
    return Cuts(_fragment_labels(seams, factor, mask.shape), crossed)


def stroke_width(ink: np.ndarray) -> float:
    """Return the width of strokes in pixels: twice their area over the length of their outline.

    ink: (h, w), 0 paper .. 1 ink. Counting pixel edges finds slanted outlines a quarter too long.
    """
    padded = np.pad(ink.astype(np.float32), 1)
    outline = sum(np.abs(np.diff(padded, axis=axis)).sum() for axis in (0, 1)) * 0.8
    return max(1.0, 2 * float(padded.sum()) / max(float(outline), 1e-6))


def _downscale(mask: np.ndarray, factor: int) -> np.ndarray:
    """Turn (h, w) bool into the share of ink in squares of factor x factor pixels."""
    h, w = mask.shape
    padded = np.pad(mask, ((0, -h % factor), (0, -w % factor))).astype(np.float32)
    blocks = padded.reshape(padded.shape[0] // factor, factor, -1, factor)
    return blocks.mean(axis=(1, 3))


def _choose_seams(ink, through, steps, stroke: float, height: float) -> np.ndarray:
    """Return the cheapest seams that have ink between them: (n, h) int, their columns."""
    starts = valleys(through, MAX_CROSSED * stroke)
    straight = notch_seams(ink)
    seams = np.concatenate([trace_seams(starts, steps), straight])
    along = _ink_under(straight, ink).sum(axis=1) + APIECE * stroke
    cost = np.append(through[starts[:, 0], starts[:, 1]], along)
    seams = seams[np.argsort(cost, kind="stable")[:MAX_SEAMS]]
    left = _ink_left_of(seams, ink)
    area = left.sum(axis=1)
    most = max(2, round(DENSITY * ink.shape[1] / height))
    least, apart = MIN_INK * stroke * height, BETWEEN * stroke * height
    kept: list[int] = []
    for i in np.flatnonzero((area >= least) & (area <= ink.sum() - least)):
        if len(kept) == most:
            break
        beside = left[kept] - left[i]
        before, after = np.maximum(beside, 0).sum(axis=1), np.maximum(-beside, 0).sum(axis=1)
        crossing = (np.minimum(before, after) >= apart / 2).any()
        if not crossing and (before + after >= apart).all():
            kept.append(int(i))
    return seams[kept]


def _ink_left_of(seams: np.ndarray, ink: np.ndarray) -> np.ndarray:
    """Return the ink to the left of each seam, (n, h) float, row by row."""
    left = np.concatenate([np.zeros((len(ink), 1)), np.cumsum(ink, axis=1)], axis=1)
    return left[np.arange(len(ink)), seams]


def _drop_thin(seams: np.ndarray, ink: np.ndarray, unit: float) -> np.ndarray:
    """Drop seams that would cut off less than MIN_INK at an end, or half of BETWEEN inside."""
    least = MIN_INK * unit
    kept, before = [], 0.0
    for i, area in enumerate(_ink_left_of(seams, ink).sum(axis=1)):
        if area - before >= 0.5 * BETWEEN * unit and least <= area <= ink.sum() - least:
            kept.append(i)
            before = area
    return seams[kept]


def _ink_under(seams: np.ndarray, ink: np.ndarray) -> np.ndarray:
    """Return the ink under each seam, (n, h) float, in pixels, row by row."""
    steps = np.abs(np.diff(seams, axis=1, prepend=seams[:, :1]))
    return ink[np.arange(len(ink)), seams] * np.sqrt(1 + steps**2)


def _ink_crossed(seams: np.ndarray, ink: np.ndarray, most: float) -> np.ndarray:
    """Return the ink that each seam crosses, (n,) float, in pixels.

    most: that one stroke counts for. A seam along a stroke separates no more than one across it.
    """
    under = _ink_under(seams, ink)
    inside = under > 0
    begins = inside & ~np.pad(inside, ((0, 0), (1, 0)))[:, :-1]
    stroke = np.cumsum(begins, axis=1)
    numbers = range(1, stroke.max(initial=0) + 1)
    each = (np.where(stroke == k, under, 0).sum(axis=1) for k in numbers)
    return sum((np.minimum(one, most) for one in each), np.zeros(len(seams)))


def _fragment_labels(seams: np.ndarray, factor: int, shape: tuple[int, int]) -> np.ndarray:
    """Count the seams to the left of each pixel, (h, w) int."""
    rows = (np.arange(shape[0]) + 0.5) / factor - 0.5
    small = np.arange(seams.shape[1])
    columns = np.arange(shape[1])
    labels = np.zeros(shape, np.int32)
    for seam in seams:
        edge = (np.interp(rows, small, seam) + 0.5) * factor
        labels += columns + 0.5 >= edge[:, None]
    return labels

"""Where digits that touch may come apart: at seams through the ink, from top to bottom.

There are more seams than digits: which are cuts is not decided here.
"""

from typing import NamedTuple

import numpy as np

from .seams import costs, notched, traced, valleys

ROWS = 48  # seams are looked for in a mark of about this height; strokes are still 3 pixels wide
CROSSED = 8.0  # strokes' widths of ink, at most, that a seam crosses
ACROSS = 1.2  # strokes' widths: a stroke that a seam runs along counts as crossed so obliquely
APIECE = 1.5  # strokes' widths: what crossing one more costs; two digits touch in one place
BETWEEN = 0.2  # of a digit's height, as a stroke: seams with less ink between them are one
DENSITY = 8  # seams to a square of the line's height, at most
LEAST = 0.4  # of a digit's height, as a stroke: no digit has less ink


class Pieces(NamedTuple):
    """labels: (h, w) int, the piece of each pixel, 0 .. n - 1 from left to right (paper, too).
    crossed: (n - 1,) float, ink that each seam crosses, in widths of a stroke."""

    labels: np.ndarray
    crossed: np.ndarray


def cut(mask: np.ndarray, height: float) -> Pieces:
    """Cut one mark wherever a digit may end.

    mask: (h, w) bool, the mark's own ink. height: of a digit in its line, in pixels.
    """
    factor = max(1, round(min(len(mask), 1.5 * height) / ROWS))
    ink = _reduced(mask, factor)
    stroke = stroke_width(ink)
    through, ways = costs(ink, APIECE * stroke)
    unit = stroke * height / factor
    seams = _chosen(ink, through, ways, stroke, height / factor)
    seams = _solid(np.sort(seams, axis=0), ink, unit)
    crossed = _crossed(seams, ink, ACROSS * stroke) / stroke
    return Pieces(_sides(seams, factor, mask.shape), crossed)


def stroke_width(ink: np.ndarray) -> float:
    """Width of the strokes in pixels: twice their area for the length of their outline.

    ink: (h, w), 0 paper .. 1 ink. Counting pixel edges finds slanting outlines a quarter too long.
    """
    padded = np.pad(ink.astype(np.float32), 1)
    outline = sum(np.abs(np.diff(padded, axis=axis)).sum() for axis in (0, 1)) * 0.8
    return max(1.0, 2 * float(padded.sum()) / max(float(outline), 1e-6))


def _reduced(mask: np.ndarray, factor: int) -> np.ndarray:
    """(h, w) bool -> the share of ink in squares of factor x factor pixels."""
    h, w = mask.shape
    padded = np.pad(mask, ((0, -h % factor), (0, -w % factor))).astype(np.float32)
    blocks = padded.reshape(padded.shape[0] // factor, factor, -1, factor)
    return blocks.mean(axis=(1, 3))


def _chosen(ink, through, ways, stroke: float, height: float) -> np.ndarray:
    """The cheapest seams that have ink between them, (n, h) int, the columns they pass."""
    starts = valleys(through, CROSSED * stroke)
    straight = notched(ink)
    seams = np.concatenate([traced(starts, ways), straight])
    along = _met(straight, ink).sum(axis=1) + APIECE * stroke
    cost = np.append(through[starts[:, 0], starts[:, 1]], along)
    seams = seams[np.argsort(cost, kind="stable")]
    passed = _left_of(seams, ink)
    area = passed.sum(axis=1)
    most = max(2, round(DENSITY * ink.shape[1] / height))
    least, apart = LEAST * stroke * height, BETWEEN * stroke * height
    kept: list[int] = []
    for i in np.flatnonzero((area >= least) & (area <= ink.sum() - least)):
        if len(kept) == most:
            break
        beside = passed[kept] - passed[i]
        before, after = np.maximum(beside, 0).sum(axis=1), np.maximum(-beside, 0).sum(axis=1)
        crossing = (np.minimum(before, after) >= apart / 2).any()
        if not crossing and (before + after >= apart).all():
            kept.append(int(i))
    return seams[kept]


def _left_of(seams: np.ndarray, ink: np.ndarray) -> np.ndarray:
    """(n, h): the ink to the left of each seam, row by row."""
    left = np.concatenate([np.zeros((len(ink), 1)), np.cumsum(ink, axis=1)], axis=1)
    return left[np.arange(len(ink)), seams]


def _solid(seams: np.ndarray, ink: np.ndarray, unit: float) -> np.ndarray:
    """Without the seams that would leave hardly any ink on their left, or the last its right."""
    least = LEAST * unit
    kept, before = [], 0.0
    for i, area in enumerate(_left_of(seams, ink).sum(axis=1)):
        if area - before >= 0.5 * BETWEEN * unit and least <= area <= ink.sum() - least:
            kept.append(i)
            before = area
    return seams[kept]


def _met(seams: np.ndarray, ink: np.ndarray) -> np.ndarray:
    """(n, h) float: the ink under each seam, row by row, in pixels."""
    steps = np.abs(np.diff(seams, axis=1, prepend=seams[:, :1]))
    return ink[np.arange(len(ink)), seams] * np.sqrt(1 + steps**2)


def _crossed(seams: np.ndarray, ink: np.ndarray, most: float) -> np.ndarray:
    """(n,) float: the ink that each seam crosses, in pixels, and at most so much of one stroke: a
    seam that runs along it parts no more than one across."""
    met = _met(seams, ink)
    inside = met > 0
    begins = inside & ~np.pad(inside, ((0, 0), (1, 0)))[:, :-1]
    stroke = np.cumsum(begins, axis=1)
    each = (np.where(stroke == k, met, 0).sum(axis=1) for k in range(1, stroke.max(initial=0) + 1))
    return sum((np.minimum(one, most) for one in each), np.zeros(len(seams)))


def _sides(seams: np.ndarray, factor: int, shape: tuple[int, int]) -> np.ndarray:
    """(h, w) int: how many seams lie to the left of each pixel."""
    rows = (np.arange(shape[0]) + 0.5) / factor - 0.5
    small = np.arange(seams.shape[1])
    columns = np.arange(shape[1])
    sides = np.zeros(shape, np.int32)
    for seam in seams:
        edge = (np.interp(rows, small, seam) + 0.5) * factor
        sides += columns + 0.5 >= edge[:, None]
    return sides

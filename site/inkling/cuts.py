"""Where digits that touch may come apart: seams through the ink, from top to bottom.

A seam is the path of least ink between two digits, found by dynamic programming (S. Avidan,
A. Shamir, "Seam carving for content-aware image resizing", SIGGRAPH 2007; for cutting digits,
J. Wang, J. Jean, "Segmentation of merged characters by neural networks and shortest path",
Pattern Recognition 27(5), 1994). It bends around what overhangs, and crosses a stroke where that
is thinnest. There are more seams than digits: which are cuts is not decided here.
"""

from typing import NamedTuple

import numpy as np

ROWS = 48  # seams are looked for in a mark of about this height; strokes are still 3 pixels wide
LEAN = 0.04  # what a step aside costs, in pixels of ink, so that of two free seams one is straight
HEIGHTS = (0.15, 0.325, 0.5, 0.675, 0.85)  # of the mark's height, where seams are told apart
CROSSED = 8.0  # strokes' widths of ink, at most, that a seam crosses
STEPS = np.array([0, -1, 1], np.int8)  # columns
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
    through, ways = _seams(ink, APIECE * stroke)
    unit = stroke * height / factor
    seams = _chosen(ink, through, ways, stroke, height / factor)
    seams = _solid(np.sort(seams, axis=0), ink, unit)
    crossed = _crossed(seams, ink) / stroke
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


def _seams(ink: np.ndarray, entry: float) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """Cost of the best seam through every pixel, and its next step up and down from there.

    entry: what it costs to cross one stroke more.
    """
    cost = ink.astype(np.float64)
    above, up = _accumulated(cost, entry)
    below, down = _accumulated(cost[::-1], entry)
    return above + below[::-1] - cost, (up, down[::-1])


def _accumulated(cost: np.ndarray, entry: float) -> tuple[np.ndarray, np.ndarray]:
    """Least cost from the first row to each pixel, and the step (-1, 0, 1) that led there."""
    total, steps = cost.copy(), np.zeros(cost.shape, np.int8)
    total[0] += cost[0] * entry / 2
    slanted = cost * (np.sqrt(2) - 1) + LEAN  # a step aside is longer
    padded = np.full(cost.shape[1] + 2, np.inf)
    before = np.zeros(cost.shape[1] + 2)
    width = cost.shape[1]
    for row in range(1, len(cost)):
        padded[1:-1], before[1:-1] = total[row - 1], cost[row - 1]
        ways = np.stack([padded[at : at + width] for at in (1, 0, 2)])
        edges = np.stack([before[at : at + width] for at in (1, 0, 2)])
        ways += np.abs(edges - cost[row]) * (entry / 2)  # half going in, half coming out
        ways[1:] += slanted[row]
        best = ways.argmin(axis=0)
        steps[row] = STEPS[best]
        total[row] += ways.min(axis=0)
    return total, steps


def _chosen(ink, through, ways, stroke: float, height: float) -> np.ndarray:
    """The cheapest seams that have ink between them, (n, h) int, the columns they pass."""
    starts = _valleys(through, CROSSED * stroke)
    if not len(starts):
        return np.zeros((0, len(ink)), np.intp)
    seams = _traced(starts, ways)
    seams = seams[np.argsort(through[starts[:, 0], starts[:, 1]], kind="stable")]
    left = np.concatenate([np.zeros((len(ink), 1)), np.cumsum(ink, axis=1)], axis=1)
    passed = left[np.arange(len(ink)), seams]  # (n, h): ink to the left of each seam
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


def _valleys(through: np.ndarray, limit: float) -> np.ndarray:
    """(n, 2) row and column of the places where a seam is cheaper than those on its sides."""
    found = []
    for row in sorted({int(share * len(through)) for share in HEIGHTS}):
        cost = through[row]
        fall = np.flatnonzero(np.diff(cost, prepend=np.inf, append=np.inf) != 0)
        # fall: the edges of the level stretches; a valley is a stretch with walls on both sides.
        first, stop = fall[:-1], fall[1:]
        level = cost[first]
        walls = np.concatenate([[np.inf], level, [np.inf]])
        low = (walls[:-2] > level) & (walls[2:] > level) & (level <= limit)
        low &= (first > 0) & (stop < len(cost))
        middles = (first[low] + stop[low]) // 2
        found.append(np.stack([np.full(len(middles), row), middles], axis=1))
    return np.concatenate(found)


def _traced(starts: np.ndarray, ways: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """(n, h) int: the columns of the seams through these places."""
    up, down = ways
    seams = np.empty((len(starts), len(up)), np.intp)
    for row in np.unique(starts[:, 0]):
        of = np.flatnonzero(starts[:, 0] == row)
        column = seams[of, row] = starts[of, 1]
        for y in range(row, 0, -1):
            column = column + up[y, column]
            seams[of, y - 1] = column
        column = starts[of, 1]
        for y in range(row, len(up) - 1):
            column = column + down[y, column]
            seams[of, y + 1] = column
    return seams


def _solid(seams: np.ndarray, ink: np.ndarray, unit: float) -> np.ndarray:
    """Without the seams that would leave hardly any ink on their left, or the last its right."""
    least = LEAST * unit
    left = np.concatenate([np.zeros((len(ink), 1)), np.cumsum(ink, axis=1)], axis=1)
    passed = left[np.arange(len(ink)), seams].sum(axis=1)
    kept, before = [], 0.0
    for i, area in enumerate(passed):
        if area - before >= 0.5 * BETWEEN * unit and least <= area <= ink.sum() - least:
            kept.append(i)
            before = area
    return seams[kept]


def _crossed(seams: np.ndarray, ink: np.ndarray) -> np.ndarray:
    """(n,) float: the ink that each seam crosses, in pixels."""
    rows = np.arange(len(ink))
    steps = np.abs(np.diff(seams, axis=1, prepend=seams[:, :1]))
    return (ink[rows, seams] * np.sqrt(1 + steps**2)).sum(axis=1)


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

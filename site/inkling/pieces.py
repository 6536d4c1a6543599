"""The pieces of a line of writing, in order, and which runs of them may be one digit.

What a run costs, by its shape and place alone, is the negative logarithm of how likely it is. The
costs were learnt from numbers whose text is known (training/costs.py).
"""

from typing import NamedTuple

import numpy as np

from .cuts import Pieces
from .lines import usual
from .quantiles import median

WIDEST = 1.6  # of the usual height: what is put together is no wider, or more than one digit
APART = 0.35  # of the usual height: the parts of one digit are no further apart
PARTS = 4  # marks that make up one digit, at most
LOWEST = 0.35  # of the usual height: what is cut off and lower is no digit

DEEPEST = 2.0  # strokes' widths: a cut through more ink is no worse
SLIM = 0.8  # of the usual height: digits are rarely wider
LOW = (0.3, 0.6)  # of the usual height: from "as small as a comma" to "as tall as a digit"


class Weights(NamedTuple):
    """What the looks of a run cost, if it is one thing: a digit, or none (a sign, a stray stroke).

    run: that there is such a run. cut: each cut at its left end; crossed: each stroke's width of
    ink that these cross. join: each mark that is put to another; gap: each usual height of paper
    between them. low: that it is as small as a comma, tall: that it is as tall as a digit. broad:
    each usual height by which it is wider than SLIM. scrap: that it lacks a part of a mark. sunk,
    raised: each usual height by which it begins below, and ends above, the digits of its line.
    """

    run: float
    cut: float
    crossed: float
    join: float
    gap: float
    low: float
    tall: float
    broad: float
    scrap: float
    sunk: float
    raised: float


A_DIGIT = Weights(-0.66, 0.37, 1.54, 1.34, 4.65, 4.21, -0.05, 4.08, -0.17, 2.57, 1.24)
NO_DIGIT = Weights(0.51, 1.51, 1.43, -0.25, 6.73, 1.53, 4.34, 1.55, 2.73, -1.65, 1.24)


class Row(NamedTuple):
    """The n pieces of one line, from left to right.

    ids: (n,) int, in the map of labels. boxes: (n, 4) int. marks: (n,) int, the mark that each is
    of; shares: (n,) float, what part of its mark, so that those of a whole mark add up to 1.
    cuts: (n, 2) float, how many cuts a boundary before each piece makes, and how many strokes'
    widths of ink they cross.
    height: of a digit, in pixels. band: where its digits begin and end, in pixels from the top.
    """

    ids: np.ndarray
    boxes: np.ndarray
    marks: np.ndarray
    shares: np.ndarray
    cuts: np.ndarray
    height: float
    band: tuple[float, float]


def row(ids: np.ndarray, boxes: np.ndarray) -> Row:
    """A line of whole marks, none of them cut."""
    order = np.argsort(boxes[:, 0] + boxes[:, 2], kind="stable")
    ids, count = ids[order], len(ids)
    height = usual(boxes[:, 3] - boxes[:, 1])
    tall = boxes[boxes[:, 3] - boxes[:, 1] >= LOW[1] * height]
    band = median(tall[:, 1]), median(tall[:, 3])
    return Row(ids, boxes[order], ids, np.ones(count), np.zeros((count, 2)), height, band)


def divided(line: Row, cut: dict[int, tuple[np.ndarray, np.ndarray, Pieces]]) -> Row:
    """The line with some of its marks in pieces.

    cut: by the mark's id, its pieces' ids (m,) and boxes (m, 4), and how they were cut.
    """
    kept = ~np.isin(line.ids, list(cut))
    ids = [line.ids[kept], *(ids for ids, _, _ in cut.values())]
    boxes = [line.boxes[kept], *(boxes for _, boxes, _ in cut.values())]
    marks = [line.ids[kept], *(np.full(len(new), mark) for mark, (new, _, _) in cut.items())]
    shares = [np.ones(kept.sum()), *(np.full(len(new), 1 / len(new)) for new, _, _ in cut.values())]
    ids, boxes, marks, shares = map(np.concatenate, (ids, boxes, marks, shares))
    order = np.argsort(boxes[:, 0] + boxes[:, 2], kind="stable")
    ids, boxes, marks, shares = ids[order], boxes[order], marks[order], shares[order]
    cuts = np.zeros((len(ids), 2))
    for mark, (new, _, pieces) in cut.items():
        places = np.flatnonzero(marks == mark)
        ranks = np.maximum.accumulate(ids[places] - new[0])[:-1]
        made = np.stack([np.ones_like(pieces.crossed), np.minimum(pieces.crossed, DEEPEST)], axis=1)
        for before, after, rank in zip(places, places[1:], ranks, strict=False):
            cuts[before + 1 : after + 1] += made[min(rank, len(made) - 1)]
    return Row(ids, boxes, marks, shares, cuts, line.height, line.band)


def runs(line: Row) -> np.ndarray:
    """(m, 2) int: the runs of pieces, first and after the last, that may be one digit or sign."""
    found = []
    for start in range(len(line.ids)):
        for stop in range(start + 1, len(line.ids) + 1):
            box = around(line, start, stop)
            whole = (line.marks[start:stop] == line.marks[start]).all()
            whole &= line.shares[start:stop].sum() > 1 - 1e-6
            if not whole and (
                box[2] - box[0] > WIDEST * line.height
                or _too_far(line, start, stop)
                or len(set(line.marks[start:stop].tolist())) > PARTS
            ):
                break
            # Every single piece is a run, so that there is always a way to read the line.
            alone = stop == start + 1 or line.shares[start] == 1
            if alone or box[3] - box[1] >= LOWEST * line.height:
                found.append((start, stop))
    found += _whole_marks(line, set(found))
    return np.array(found)


def looks(line: Row, start: int, stop: int) -> Weights:
    """How much of each thing that costs there is in a run."""
    left, top, right, bottom = around(line, start, stop) / line.height
    lack = float(np.clip((LOW[1] - (bottom - top)) / (LOW[1] - LOW[0]), 0, 1))
    marks = len(set(line.marks[start:stop].tolist()))
    cut, crossed = line.cuts[start]
    begins, ends = np.array(line.band) / line.height
    return Weights(
        run=1.0,
        cut=float(cut),
        crossed=float(crossed),
        join=marks - 1.0,
        gap=widest_gap(line, start, stop) / line.height if marks > 1 else 0.0,
        low=lack,
        tall=1 - lack,
        broad=max(0.0, float(right - left) - SLIM),
        scrap=float(line.shares[start:stop].sum() < marks - 1e-6),
        sunk=max(0.0, float(top - begins)),
        raised=max(0.0, float(ends - bottom)),
    )


def around(line: Row, start: int, stop: int) -> np.ndarray:
    """The box around a run, (4,) int."""
    boxes = line.boxes[start:stop]
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def widest_gap(line: Row, start: int, stop: int) -> int:
    """The widest stretch of paper, in pixels, between what is left and right of it in a run."""
    boxes = line.boxes[start:stop]
    reach = np.maximum.accumulate(boxes[:-1, 2])
    rest = np.minimum.accumulate(boxes[::-1, 0])[::-1][1:]
    return max(0, int((rest - reach).max(initial=0)))


def _too_far(line: Row, start: int, stop: int) -> bool:
    return widest_gap(line, start, stop) > APART * line.height


def _whole_marks(line: Row, found: set) -> list[tuple[int, int]]:
    """Whole marks that are wider than a digit: what is no digit may be as wide as it likes."""
    missing = []
    for mark in np.unique(line.marks[line.shares < 1]):
        places = np.flatnonzero(line.marks == mark)
        run = int(places[0]), int(places[-1]) + 1
        if run not in found:
            missing.append(run)
    return missing

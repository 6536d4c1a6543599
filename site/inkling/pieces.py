"""The pieces of a line of writing, in order, and which runs of them may be one digit.

What a run costs, by its shape and place alone, is the negative logarithm of how likely it is. The
costs were fitted on numbers composed of single digits (training/numbers.py) by people on whose
writing the network was not trained.
"""

from typing import NamedTuple

import numpy as np

from .cuts import Pieces
from .lines import usual

WIDEST = 1.6  # of the usual height: what is put together is no wider, or more than one digit
APART = 0.35  # of the usual height: the parts of one digit are no further apart
PARTS = 4  # marks that make up one digit, at most
LOWEST = 0.35  # of the usual height: what is cut off and lower is no digit

DIGIT = -0.8  # that a run is a digit
CUT, CROSSED, DEEPEST = 1.2, 1.3, 2.0  # a cut; each stroke's width it crosses, up to so many
JOIN, GAP = 1.1, 6.0  # joining two marks, and each height of a digit that is between them
BROAD, SLIM = 1.5, 0.8  # each height by which a digit is wider than SLIM
SMALL, SIGN, SCRAP, TALL = 3.8, 0.9, 1.2, 5.0  # see `costs`
LOW = (0.3, 0.6)  # of the usual height: from "as small as a comma" to "as tall as a digit"


class Row(NamedTuple):
    """The n pieces of one line, from left to right.

    ids: (n,) int, in the map of labels. boxes: (n, 4) int. marks: (n,) int, the mark that each is
    of; shares: (n,) float, what part of its mark, so that those of a whole mark add up to 1.
    cuts: (n,) float, what the cuts cost that a boundary before each piece would make.
    height: of a digit, in pixels.
    """

    ids: np.ndarray
    boxes: np.ndarray
    marks: np.ndarray
    shares: np.ndarray
    cuts: np.ndarray
    height: float


def row(ids: np.ndarray, boxes: np.ndarray) -> Row:
    """A line of whole marks, none of them cut."""
    order = np.argsort(boxes[:, 0] + boxes[:, 2], kind="stable")
    ids, count = ids[order], len(ids)
    height = usual(boxes[:, 3] - boxes[:, 1])
    return Row(ids, boxes[order], ids, np.ones(count), np.zeros(count), height)


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
    cuts = np.zeros(len(ids))
    for mark, (new, _, pieces) in cut.items():
        places = np.flatnonzero(marks == mark)
        ranks = np.maximum.accumulate(ids[places] - new[0])[:-1]
        price = CUT + CROSSED * np.minimum(pieces.crossed, DEEPEST)
        for before, after, rank in zip(places, places[1:], ranks, strict=False):
            cuts[before + 1 : after + 1] += price[min(rank, len(price) - 1)]
    return Row(ids, boxes, marks, shares, cuts, line.height)


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


def costs(line: Row, start: int, stop: int) -> tuple[float, float]:
    """What it costs that a run is a digit, and that it is none but a sign or a stray stroke.

    A digit as low as a comma costs SMALL; any sign costs SIGN, one as tall as a digit TALL more,
    and one that is cut off SCRAP more.
    """
    left, top, right, bottom = around(line, start, stop) / line.height
    wide, high = right - left, bottom - top
    lack = np.clip((LOW[1] - high) / (LOW[1] - LOW[0]), 0, 1)
    marks = len(set(line.marks[start:stop].tolist()))
    both = line.cuts[start]
    if marks > 1:
        both += JOIN * (marks - 1) + GAP * widest_gap(line, start, stop) / line.height
    broad = max(0.0, wide - SLIM)
    scrap = line.shares[start:stop].sum() < marks - 1e-6
    return (
        float(both + DIGIT + SMALL * lack + BROAD * broad),
        float(both + SIGN + TALL * (1 - lack) + SCRAP * scrap),
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

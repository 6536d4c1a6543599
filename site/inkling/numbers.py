"""Ink -> the digits of a number or a page: what belongs together, what comes apart, what it says.

Marks are put together and cut in every way that is worth trying; the network says of each outcome
which digit it is, or that it is none; then the best way to read each line is chosen as a whole.
"""

from typing import NamedTuple

import numpy as np

from .components import Components
from .desk import WIDE, Desk, Seen
from .lattice import NOTHING, best_path, log_share
from .lines import text_lines
from .network import Network
from .pieces import LOW, Row, around, row


class Found(NamedTuple):
    """One digit or sign. seen: its ink and what the network said of it; label: 0 .. 9 as read in
    its line, or NOTHING; tall: as a digit is."""

    seen: Seen
    label: int
    tall: bool


class Line(NamedTuple):
    """found: from left to right. certainty: 0 .. 1, the probability that it has as many digits.
    marks: how many stood alone, of a digit's size; refused: how many of these are hardly a digit.
    """

    found: list[Found]
    certainty: float
    marks: int
    refused: int


def read_lines(
    ink: np.ndarray, marks: Components, chosen: np.ndarray, network: Network
) -> list[Line]:
    """Read what is written, line by line from the top.

    ink: (H, W) float32, 0 paper .. 1 ink; marks: its connected components; chosen: (n,) int, those
    that may be writing.
    """
    desk, rows, alone = taken_apart(ink, marks, chosen, network)
    return [_read(desk, *both) for both in zip(rows, alone, strict=True)]


def taken_apart(
    ink: np.ndarray, marks: Components, chosen: np.ndarray, network: Network
) -> tuple[Desk, list[Row], list[tuple[int, int]]]:
    """Lines of marks, cut where that may help; for each, how many marks stood alone uncut, and
    how many of these are hardly a digit."""
    desk = Desk(ink, marks, network)
    if not len(chosen):
        return desk, [], []
    lines = [chosen[line] for line in text_lines(marks.boxes[chosen])]
    rows = [row(line, marks.boxes[line]) for line in lines]
    desk.look(rows)
    alone = [_alone(desk, line) for line in rows]
    rows = [desk.with_cuts(line) for line in rows]
    desk.look(rows)
    return desk, rows, alone


def _alone(desk: Desk, line: Row) -> tuple[int, int]:
    lattice = desk.lattice(line)
    marks = refused = 0
    for run in best_path(lattice)[0]:
        start, stop = lattice.runs[run]
        left, top, right, bottom = around(line, start, stop) / line.height
        if bottom - top >= LOW[1] and right - left <= WIDE:
            probabilities = desk.seen(line, start, stop).probabilities
            marks += 1
            refused += bool(probabilities[NOTHING:].sum() > probabilities[:NOTHING].max())
    return marks, refused


def _read(desk: Desk, line: Row, alone: tuple[int, int]) -> Line:
    """The best way to read the line; alone: as `_alone` counted before anything was cut."""
    lattice = desk.lattice(line)
    path, labels = best_path(lattice)
    found = []
    for run, label in zip(path, labels, strict=True):
        start, stop = lattice.runs[run]
        box = around(line, start, stop)
        tall = bool(box[3] - box[1] >= LOW[1] * line.height)
        found.append(Found(desk.seen(line, start, stop), label, tall))
    digits = sum(label != NOTHING for label in labels)
    return Line(found, float(np.exp(log_share(lattice, digits))), *alone)

"""Ink -> the digits of a number or a page: what belongs together, what comes apart, what it says.

Marks are put together and cut in every way that is worth trying; the network says of each outcome
which digit it is, or that it is none; then the best way to read each line is chosen as a whole.
"""

from typing import NamedTuple

import numpy as np

from .components import Components
from .desk import Desk, Seen
from .lattice import NOTHING, best_path, log_share
from .lines import text_lines
from .network import Network
from .pieces import LOW, Row, around, row


class Found(NamedTuple):
    """One digit or sign. seen: its ink and what the network said of it; label: 0 .. 9 as read in
    its line, or NOTHING; lead: how much likelier it is that than nothing, all that is known of its
    line considered, as a difference of logarithms; height: in heights of its line's digits;
    crossed: how many strokes' widths of ink the cuts cross that part it from what is left of it."""

    seen: Seen
    label: int
    lead: float
    height: float
    crossed: float

    @property
    def tall(self) -> bool:
        """Whether it is as tall as a digit."""
        return self.height >= LOW[1]


class Line(NamedTuple):
    """found: from left to right. certainty: 0 .. 1, the probability that it has as many digits."""

    found: list[Found]
    certainty: float


def read_lines(
    ink: np.ndarray, marks: Components, chosen: np.ndarray, network: Network
) -> list[Line]:
    """Read what is written, line by line from the top.

    ink: (H, W) float32, 0 paper .. 1 ink; marks: its connected components; chosen: (n,) int, those
    that may be writing.
    """
    desk, rows = taken_apart(ink, marks, chosen, network)
    return [_read(desk, line) for line in rows]


def taken_apart(
    ink: np.ndarray, marks: Components, chosen: np.ndarray, network: Network
) -> tuple[Desk, list[Row]]:
    """Lines of marks, cut where that may help, on the desk where the network saw them."""
    desk = Desk(ink, marks, network)
    if not len(chosen):
        return desk, []
    lines = [chosen[line] for line in text_lines(marks.boxes[chosen])]
    rows = [row(line, marks.boxes[line]) for line in lines]
    desk.look(rows)
    rows = [desk.with_cuts(line) for line in rows]
    desk.look(rows)
    return desk, rows


def _read(desk: Desk, line: Row) -> Line:
    """The best way to read the line."""
    lattice = desk.lattice(line)
    path, labels = best_path(lattice)
    found = []
    for run, label in zip(path, labels, strict=True):
        start, stop = lattice.runs[run]
        lead = lattice.scores[run, label] - lattice.scores[run, NOTHING]
        box = around(line, start, stop)
        height = (box[3] - box[1]) / line.height
        seen = desk.seen(line, start, stop)
        found.append(Found(seen, label, float(lead), float(height), float(line.cuts[start, 1])))
    digits = sum(label != NOTHING for label in labels)
    return Line(found, float(np.exp(log_share(lattice, digits))))

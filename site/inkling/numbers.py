"""Ink -> the digits of a number or a page: what belongs together, what comes apart, what it says.

Marks are put together and cut in every way that is worth trying; the network says of each outcome
which digit it is, or that it is none; then the best way to read each line is chosen as a whole.
"""

from typing import NamedTuple

import numpy as np

from .components import Components
from .cuts import cut
from .glyph import glyph
from .lattice import NOTHING, Lattice, best_path, log_share
from .lines import text_lines
from .network import Network
from .pieces import (
    A_DIGIT,
    LOW,
    NO_DIGIT,
    WIDEST,
    Row,
    Weights,
    around,
    divided,
    looks,
    row,
    runs,
)
from .segment import Part, part_of

# Probability of a digit from which a mark is not cut. Of the 325 marks of the development sets that
# are two digits, the network was never surer of one than 0.2 if they were narrow, 0.9 if wide.
LIKELY, CERTAIN = 0.6, 0.98
WIDE = 0.95  # of a digit's height: two digits are rarely narrower
HIGHEST = 2.0  # of a digit's height: what is higher is a drawing, and not cut
TRUST = 1.13  # what a log-probability of the network counts beside the costs of shape and place
FLOOR = 1e-4  # no network is surer than this


class Found(NamedTuple):
    """One digit or sign. part: its ink and box; glyph: (side, side) float32; probabilities: (K,)
    float32, the network's; label: 0 .. 9 as read in its line, or NOTHING; tall: as a digit is."""

    part: Part
    glyph: np.ndarray
    probabilities: np.ndarray
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
    return [desk.read(*both) for both in zip(rows, alone, strict=True)]


def taken_apart(
    ink: np.ndarray, marks: Components, chosen: np.ndarray, network: Network
) -> tuple["Desk", list[Row], list[tuple[int, int]]]:
    """Lines of marks, cut where that may help; for each, what `Desk.alone` says of it uncut."""
    desk = Desk(ink, marks, network)
    if not len(chosen):
        return desk, [], []
    lines = [chosen[line] for line in text_lines(marks.boxes[chosen])]
    rows = [row(line, marks.boxes[line]) for line in lines]
    desk.look(rows)
    alone = [desk.alone(line) for line in rows]
    rows = [desk.with_cuts(line) for line in rows]
    desk.look(rows)
    return desk, rows, alone


class Evidence(NamedTuple):
    """What speaks for each run of a line. count: of pieces. runs: (n, 2) int. seen: (n, 11)
    float, logarithms of the network's probabilities. looks: (n, 11) float, as `Weights` counts."""

    count: int
    runs: np.ndarray
    seen: np.ndarray
    looks: np.ndarray


def weighed(
    evidence: Evidence, trust: float = TRUST, weights: tuple[Weights, Weights] = (A_DIGIT, NO_DIGIT)
) -> Lattice:
    """The evidence as one score for every way to see every run."""
    scores = trust * evidence.seen
    digit, none = (evidence.looks @ np.array(costs) for costs in weights)
    scores[:, :NOTHING] -= digit[:, None]
    scores[:, NOTHING] -= none
    return Lattice(evidence.count, evidence.runs, scores)


class Desk:
    """One picture being taken apart: its pieces so far, and what the network said of them."""

    def __init__(self, ink: np.ndarray, marks: Components, network: Network):
        self._ink, self._network = ink, network
        self._labels, self._boxes = marks.labels.copy(), marks.boxes
        self._seen: dict[tuple, tuple[Part, np.ndarray, np.ndarray]] = {}
        self._runs: dict[tuple, np.ndarray] = {}

    def look(self, rows: list[Row]) -> None:
        """Show every run that is new to the network, all in one batch."""
        asked = {
            _key(line, *run): line.ids[slice(*run)]
            for line in rows
            for run in self._runs_of(line)
            if _key(line, *run) not in self._seen
        }
        if not asked:
            return
        marks = Components(self._labels, self._boxes, np.zeros(0))
        parts = [part_of(self._ink, marks, ids) for ids in asked.values()]
        glyphs = np.stack([glyph(part.ink, self._network.frame) for part in parts])
        probabilities = self._network.probabilities(glyphs)
        self._seen |= dict(zip(asked, zip(parts, glyphs, probabilities, strict=True), strict=True))

    def _runs_of(self, line: Row) -> np.ndarray:
        """A line's runs, found once: they are asked for at every step."""
        key = tuple(line.ids)
        if key not in self._runs:
            self._runs[key] = runs(line)
        return self._runs[key]

    def alone(self, line: Row) -> tuple[int, int]:
        """How many marks stand alone, of a digit's size, and how many of these are hardly one."""
        lattice = self.lattice(line)
        marks = refused = 0
        for run in best_path(lattice)[0]:
            start, stop = lattice.runs[run]
            left, top, right, bottom = around(line, start, stop) / line.height
            if bottom - top >= LOW[1] and right - left <= WIDE:
                probabilities = self._seen[_key(line, start, stop)][2]
                marks += 1
                refused += bool(probabilities[NOTHING:].sum() > probabilities[:NOTHING].max())
        return marks, refused

    def with_cuts(self, line: Row) -> Row:
        """The line with those marks cut that the best way to read it leaves in doubt."""
        cuts = {}
        lattice = self.lattice(line)
        for run in best_path(lattice)[0]:
            start, stop = lattice.runs[run]
            left, _, right, _ = around(line, start, stop) / line.height
            enough = LIKELY if right - left <= WIDE else CERTAIN
            likeliest = self._seen[_key(line, start, stop)][2][:NOTHING].max()
            if likeliest >= enough and right - left <= WIDEST:
                continue
            for mark, its in zip(line.ids[start:stop], line.boxes[start:stop], strict=True):
                if LOW[0] <= (its[3] - its[1]) / line.height <= HIGHEST:
                    cuts |= self._cut(int(mark), its, line.height)
        return divided(line, cuts) if cuts else line

    def _cut(self, mark: int, box: np.ndarray, height: float) -> dict:
        """Cut one mark; its pieces get new labels. Empty if there is no place to cut it."""
        left, top, right, bottom = box
        crop = self._labels[top:bottom, left:right]
        own = crop == mark + 1
        pieces = cut(own, height)
        count = len(pieces.crossed) + 1
        if count == 1:
            return {}
        ids = len(self._boxes) + np.arange(count)
        crop[own] = ids[0] + 1 + pieces.labels[own]
        boxes = np.array([_box(own & (pieces.labels == k)) for k in range(count)])
        boxes += np.array([left, top, left, top])
        self._boxes = np.concatenate([self._boxes, boxes])
        return {mark: (ids, boxes, pieces)}

    def evidence(self, line: Row) -> Evidence:
        """What there is to weigh of all the ways to read the line."""
        found = self._runs_of(line)
        seen = np.zeros((len(found), NOTHING + 1))
        for i, run in enumerate(found):
            probabilities = self._seen[_key(line, *run)][2]
            seen[i, : len(probabilities)] = probabilities
        shapes = np.array([looks(line, *run) for run in found])
        return Evidence(len(line.ids), found, np.log(np.maximum(seen, FLOOR)), shapes)

    def lattice(self, line: Row) -> Lattice:
        """All ways to read the line."""
        return weighed(self.evidence(line))

    def read(self, line: Row, alone: tuple[int, int]) -> Line:
        """The best way to read the line; alone: as `alone` counted before anything was cut."""
        lattice = self.lattice(line)
        path, labels = best_path(lattice)
        found = []
        for run, label in zip(path, labels, strict=True):
            start, stop = lattice.runs[run]
            box = around(line, start, stop)
            tall = bool(box[3] - box[1] >= LOW[1] * line.height)
            found.append(Found(*self._seen[_key(line, start, stop)], label, tall))
        digits = sum(label != NOTHING for label in labels)
        return Line(found, float(np.exp(log_share(lattice, digits))), *alone)


def _key(line: Row, start: int, stop: int) -> tuple[int, ...]:
    """What a run is made of, the same for all pieces of a mark as for the mark itself."""
    ids = set()
    for i in range(start, stop):
        of = line.marks[start:stop] == line.marks[i]
        whole = line.shares[start:stop][of].sum() > 1 - 1e-6
        ids.add(int(line.marks[i] if whole else line.ids[i]))
    return tuple(sorted(ids))


def _box(mask: np.ndarray) -> tuple[int, int, int, int]:
    y, x = np.nonzero(mask)
    return int(x.min()), int(y.min()), int(x.max()) + 1, int(y.max()) + 1

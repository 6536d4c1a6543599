"""Where a picture is taken apart: its pieces so far, and what the network said of each run."""

from typing import NamedTuple

import numpy as np

from .components import Components
from .cuts import cut
from .evidence import Evidence, in_line, weighed
from .glyph import glyph
from .lattice import NOTHING, Lattice, best_path
from .network import Network
from .pieces import LOW, WIDEST, Row, around, divided, looks, runs
from .segment import Part, part_of

# Probability of a digit from which a mark is not cut. Of the 325 marks of the development sets that
# are two digits, the network was never surer of one than 0.2 if they were narrow, 0.9 if wide.
LIKELY, CERTAIN = 0.6, 0.98
WIDE = 0.95  # of a digit's height: two digits are rarely narrower
HIGHEST = 2.0  # of a digit's height: what is higher is a drawing, and not cut


class Seen(NamedTuple):
    """A run as the network saw it. part: its ink and box; glyph: (side, side) float32;
    probabilities: (K,) float32."""

    part: Part
    glyph: np.ndarray
    probabilities: np.ndarray


class Desk:
    """One picture's marks and pieces. ink: (H, W) float32, 0 paper .. 1 ink."""

    def __init__(self, ink: np.ndarray, marks: Components, network: Network):
        self._ink, self._network = ink, network
        self._labels, self._boxes = marks.labels.copy(), marks.boxes
        self._seen: dict[tuple, Seen] = {}
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
        seen = map(Seen, parts, glyphs, probabilities)
        self._seen |= dict(zip(asked, seen, strict=True))

    def seen(self, line: Row, start: int, stop: int) -> Seen:
        """A run of a line that was looked at, as the network saw it."""
        return self._seen[_key(line, start, stop)]

    def with_cuts(self, line: Row) -> Row:
        """The line with those marks cut that the best way to read it leaves in doubt."""
        cuts = {}
        lattice = self.lattice(line)
        for run in best_path(lattice)[0]:
            start, stop = lattice.runs[run]
            left, _, right, _ = around(line, start, stop) / line.height
            enough = LIKELY if right - left <= WIDE else CERTAIN
            likeliest = self.seen(line, start, stop).probabilities[:NOTHING].max()
            if likeliest >= enough and right - left <= WIDEST:
                continue
            for mark, its in zip(line.ids[start:stop], line.boxes[start:stop], strict=True):
                if LOW[0] <= (its[3] - its[1]) / line.height <= HIGHEST:
                    cuts |= self._cut(int(mark), its, line.height)
        return divided(line, cuts) if cuts else line

    def evidence(self, line: Row) -> Evidence:
        """What there is to weigh of all the ways to read the line."""
        found = self._runs_of(line)
        seen = np.array([self.seen(line, *run).probabilities for run in found])
        shapes = np.array([looks(line, *run) for run in found])
        return Evidence(len(line.ids), found, in_line(seen), shapes)

    def lattice(self, line: Row) -> Lattice:
        """All ways to read the line."""
        return weighed(self.evidence(line))

    def _runs_of(self, line: Row) -> np.ndarray:
        """A line's runs, found once: they are asked for at every step."""
        key = tuple(line.ids)
        if key not in self._runs:
            self._runs[key] = runs(line)
        return self._runs[key]

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

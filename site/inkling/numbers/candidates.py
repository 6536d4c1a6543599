"""Classify the candidate segments of a picture's lines, and cut components that are in doubt."""

from typing import NamedTuple

import numpy as np

from ..errors import TooDenseError
from ..image.components import Components
from ..image.glyph import glyph
from ..image.segment import Part, part_of
from ..network.in_turn import InTurn, Question
from ..network.model import Network
from ..results import REJECT
from .cuts import cut_component
from .fragments import (
    COMMA,
    MAX_SEGMENTS,
    MAX_WIDTH,
    TextLine,
    bounding_box,
    candidate_segments,
    insert_cuts,
    segment_features,
)
from .lattice import Lattice, best_path
from .scores import Evidence, score_segments, segment_log_probabilities

# Probability of a digit from which a segment is not cut. The development sets have 325 components
# that are two digits. The network was never surer of one than 0.2 if it was narrow, 0.9 if wide.
LIKELY, CERTAIN = 0.6, 0.98
WIDE = 0.95  # digit heights: two digits are rarely narrower
# The budget of one picture. A page of 270 printed digits takes 20 fragments, 600 segments and
# 0.8 million pixels.
MAX_FRAGMENTS = 1_000  # that components are cut into
MAX_SEGMENT_PIXELS = 20_000_000  # of all segments' boxes together: 80 MB of ink
MAX_HEIGHT = 2.0  # digit heights: higher components are drawings, and not cut


class Classified(NamedTuple):
    """A segment, as the network classifies it."""

    part: Part  # its ink and box
    glyph: np.ndarray  # (side, side) float32, 0 paper .. 1 ink
    probabilities: np.ndarray  # (K,) float32


class Candidates:
    """One picture's fragments and its classified segments. ink: (H, W) float32, 0 paper .. 1 ink.

    Its methods raise TooDenseError beyond MAX_FRAGMENTS, MAX_SEGMENTS or MAX_SEGMENT_PIXELS.
    """

    def __init__(self, ink: np.ndarray, components: Components, network: Network):
        self._ink, self._network = ink, network
        self._labels, self._boxes = components.labels.copy(), components.boxes
        self._classified: dict[tuple, Classified] = {}
        self._segments: dict[tuple, np.ndarray] = {}
        self._fragments = self._pixels = 0  # of the budget, spent so far

    def classify(self, lines: list[TextLine]) -> InTurn[None]:
        """Classify all new segments of the lines, in one batch. Run it as in_turn.py says."""
        new = {
            _key(line, *segment): line.ids[slice(*segment)]
            for line in lines
            for segment in self._segments_of(line)
            if _key(line, *segment) not in self._classified
        }
        if not new:
            return
        if len(self._classified) + len(new) > MAX_SEGMENTS:
            raise TooDenseError
        fragments = Components(self._labels, self._boxes, np.zeros(0))
        parts = [self._part(fragments, ids) for ids in new.values()]
        glyphs = np.stack([glyph(part.ink, self._network.frame) for part in parts])
        probabilities = yield Question(self._network, glyphs)
        classified = map(Classified, parts, glyphs, probabilities)
        self._classified |= dict(zip(new, classified, strict=True))

    def classified(self, line: TextLine, start: int, stop: int) -> Classified:
        """Return a segment of a line that `classify` was given."""
        return self._classified[_key(line, start, stop)]

    def cut_doubtful(self, line: TextLine) -> TextLine:
        """Return the line with those components cut that its best path leaves in doubt."""
        cuts = {}
        lattice = self.lattice(line)
        for segment in best_path(lattice)[0]:
            start, stop = lattice.segments[segment]
            left, _, right, _ = bounding_box(line, start, stop) / line.height
            enough = LIKELY if right - left <= WIDE else CERTAIN
            likeliest = self.classified(line, start, stop).probabilities[:REJECT].max()
            if likeliest >= enough and right - left <= MAX_WIDTH:
                continue
            for component, box in zip(line.ids[start:stop], line.boxes[start:stop], strict=True):
                if COMMA <= (box[3] - box[1]) / line.height <= MAX_HEIGHT:
                    cuts |= self._cut(int(component), box, line.height)
        return insert_cuts(line, cuts) if cuts else line

    def evidence(self, line: TextLine) -> Evidence:
        """Return the evidence on all segments of a line."""
        segments = self._segments_of(line)
        probabilities = np.array([self.classified(line, *its).probabilities for its in segments])
        features = np.array([segment_features(line, *its) for its in segments])
        odds = self._network.numbers.reject_odds
        logs = segment_log_probabilities(probabilities, odds)
        return Evidence(len(line.ids), segments, logs, features)

    def lattice(self, line: TextLine) -> Lattice:
        """Return the lattice of a line."""
        learned = self._network.numbers
        costs = learned.digit_costs, learned.reject_costs
        return score_segments(self.evidence(line), learned.trust, *costs)

    def _segments_of(self, line: TextLine) -> np.ndarray:
        """Return a line's candidate segments, found once: every step asks for them."""
        key = tuple(line.ids)
        if key not in self._segments:
            self._segments[key] = candidate_segments(line)
        return self._segments[key]

    def _part(self, fragments: Components, ids: np.ndarray) -> Part:
        """Return one segment's ink, within the budget of pixels."""
        part = part_of(self._ink, fragments, ids)
        self._pixels += part.ink.size
        if self._pixels > MAX_SEGMENT_PIXELS:
            raise TooDenseError
        return part

    def _cut(self, component: int, box: np.ndarray, height: float) -> dict:
        """Cut one component; its fragments get new labels. Empty if there is no place to cut it."""
        left, top, right, bottom = box
        crop = self._labels[top:bottom, left:right]
        own = crop == component + 1
        cuts = cut_component(own, height)
        count = len(cuts.crossed) + 1
        if count == 1:
            return {}
        self._fragments += count
        if self._fragments > MAX_FRAGMENTS:
            raise TooDenseError
        ids = len(self._boxes) + np.arange(count)
        crop[own] = ids[0] + 1 + cuts.labels[own]
        boxes = np.array([_box(own & (cuts.labels == k)) for k in range(count)])
        boxes += np.array([left, top, left, top])
        self._boxes = np.concatenate([self._boxes, boxes])
        return {component: (ids, boxes, cuts)}


def _key(line: TextLine, start: int, stop: int) -> tuple[int, ...]:
    """Return the ids of a segment: all fragments of a component count as the component itself."""
    ids = set()
    for i in range(start, stop):
        of = line.components[start:stop] == line.components[i]
        whole = line.shares[start:stop][of].sum() > 1 - 1e-6
        ids.add(int(line.components[i] if whole else line.ids[i]))
    return tuple(sorted(ids))


def _box(mask: np.ndarray) -> tuple[int, int, int, int]:
    y, x = np.nonzero(mask)
    return int(x.min()), int(y.min()), int(x.max()) + 1, int(y.max()) + 1

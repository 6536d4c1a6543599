"""Read the digits of a number or a page by cutting lines apart.

Connected components are joined and cut in every way that is worth trying. The digit network
classifies each candidate segment, and each line gets the best path through its lattice.
"""

from typing import NamedTuple

import numpy as np

from ..image.components import Components
from ..network.in_turn import InTurn, alone
from ..network.model import Network
from ..results import REJECT
from .candidates import Candidates, Classified
from .fragments import TALL, TextLine, bounding_box, text_line
from .lattice import best_path, log_share
from .text_lines import text_lines


class ReadSegment(NamedTuple):
    """One segment of the best path: a digit, a sign or a stray stroke."""

    classified: Classified  # its ink, and the network's probabilities
    label: int  # 0 .. 9, or REJECT, as read in its line
    lead: float  # log odds of its label over the reject class, with the features of its segment
    height: float  # in digit heights of its line
    crossed: float  # stroke widths of ink that the cuts at its left end cross

    @property
    def tall(self) -> bool:
        """Whether it is as tall as a digit."""
        return self.height >= TALL


class SegmentedLine(NamedTuple):
    """A line and its best path."""

    segments: list[ReadSegment]  # from left to right
    certainty: float  # 0 .. 1, the probability that it has as many digits


def read_lines(
    ink: np.ndarray, components: Components, chosen: np.ndarray, network: Network
) -> list[SegmentedLine]:
    """Read lines from the top.

    ink: (H, W) float32, 0 paper .. 1 ink. components: its connected components. chosen: (n,) int,
    those that may be writing. Raises TooDenseError.
    """
    return alone(read_in_turn(ink, components, chosen, network))


def read_in_turn(
    ink: np.ndarray, components: Components, chosen: np.ndarray, network: Network
) -> InTurn[list[SegmentedLine]]:
    """Do what `read_lines` does, in turn with other readings: see in_turn.py."""
    candidates, lines = yield from _segmented(ink, components, chosen, network)
    return [_read(candidates, line) for line in lines]


def segment_lines(
    ink: np.ndarray, components: Components, chosen: np.ndarray, network: Network
) -> tuple[Candidates, list[TextLine]]:
    """Cut lines where that may help, and classify their segments. Takes what `read_lines` takes."""
    return alone(_segmented(ink, components, chosen, network))


def _segmented(
    ink: np.ndarray, components: Components, chosen: np.ndarray, network: Network
) -> InTurn[tuple[Candidates, list[TextLine]]]:
    candidates = Candidates(ink, components, network)
    if not len(chosen):
        return candidates, []
    members = [chosen[line] for line in text_lines(components.boxes[chosen])]
    lines = [text_line(ids, components.boxes[ids]) for ids in members]
    yield from candidates.classify(lines)
    lines = [candidates.cut_doubtful(line) for line in lines]
    yield from candidates.classify(lines)
    return candidates, lines


def _read(candidates: Candidates, line: TextLine) -> SegmentedLine:
    """Return a line's best path."""
    lattice = candidates.lattice(line)
    path, labels = best_path(lattice)
    found = []
    for segment, label in zip(path, labels, strict=True):
        start, stop = lattice.segments[segment]
        lead = lattice.scores[segment, label] - lattice.scores[segment, REJECT]
        box = bounding_box(line, start, stop)
        height = (box[3] - box[1]) / line.height
        crossed = float(line.cuts[start, 1])
        classified = candidates.classified(line, start, stop)
        found.append(ReadSegment(classified, label, float(lead), float(height), crossed))
    digits = sum(label != REJECT for label in labels)
    return SegmentedLine(found, float(np.exp(log_share(lattice, digits))))

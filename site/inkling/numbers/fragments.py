"""The fragments of a text line, and the segments of it that may be one character.

A segment's costs, by its shape and place alone, are negative log likelihoods. They are in the model
file (network/learned_numbers.py).
"""

from typing import NamedTuple

import numpy as np

from ..errors import TooDenseError
from ..network.learned_numbers import SegmentFeatures
from ..numeric import median
from .cuts import Cuts
from .text_lines import typical_height

MAX_WIDTH = 1.6  # typical heights: a wider segment is not joined, or more than one digit
MAX_GAP = 0.35  # typical heights: the parts of one digit are no further apart
MAX_COMPONENTS = 4  # that make up one digit
MAX_SEGMENTS = 2_500  # of a picture: 390 digits have 1,500; 2,500 take a browser about 4 s
MIN_HEIGHT = 0.35  # typical heights: a lower fragment of a component is no digit
MAX_CROSSED = 2.0  # stroke widths: a cut through more ink costs no more
SLIM = 0.8  # typical heights: digits are rarely wider
COMMA, TALL = 0.3, 0.6  # typical heights: of a comma, and of the lowest digits


class TextLine(NamedTuple):
    """The n fragments of one line, from left to right."""

    ids: np.ndarray  # (n,) int, in the map of labels
    boxes: np.ndarray  # (n, 4) int: left, top, right, bottom
    components: np.ndarray  # (n,) int, the component that each is of
    shares: np.ndarray  # (n,) float, of its component; those of a whole component add up to 1
    cuts: np.ndarray  # (n, 2) float, at its left end: count, and stroke widths of ink crossed
    height: float  # of a digit, in pixels
    band: tuple[float, float]  # top and bottom of its digits, in pixels from the picture's top


def text_line(ids: np.ndarray, boxes: np.ndarray) -> TextLine:
    """Return a line of whole components, uncut. ids: (n,) int; boxes: (n, 4) int, n > 0."""
    order = np.argsort(boxes[:, 0] + boxes[:, 2], kind="stable")
    ids, count = ids[order], len(ids)
    height = typical_height(boxes[:, 3] - boxes[:, 1])
    tall = boxes[boxes[:, 3] - boxes[:, 1] >= TALL * height]
    band = median(tall[:, 1]), median(tall[:, 3])
    return TextLine(ids, boxes[order], ids, np.ones(count), np.zeros((count, 2)), height, band)


def insert_cuts(line: TextLine, cut: dict[int, tuple[np.ndarray, np.ndarray, Cuts]]) -> TextLine:
    """Return the line with fragments in place of some components.

    cut: by the component's id, its fragments' ids (m,) and boxes (m, 4), and its cuts.
    """
    whole = ~np.isin(line.ids, list(cut))
    ids = [line.ids[whole], *(ids for ids, _, _ in cut.values())]
    boxes = [line.boxes[whole], *(boxes for _, boxes, _ in cut.values())]
    of = [line.ids[whole], *(np.full(len(new), its) for its, (new, _, _) in cut.items())]
    shares = [
        np.ones(whole.sum()),
        *(np.full(len(new), 1 / len(new)) for new, _, _ in cut.values()),
    ]
    ids, boxes, of, shares = map(np.concatenate, (ids, boxes, of, shares))
    order = np.argsort(boxes[:, 0] + boxes[:, 2], kind="stable")
    ids, boxes, of, shares = ids[order], boxes[order], of[order], shares[order]
    at_left = np.zeros((len(ids), 2))
    for component, (new, _, cuts) in cut.items():
        places = np.flatnonzero(of == component)
        ranks = np.maximum.accumulate(ids[places] - new[0])[:-1]
        crossed = np.minimum(cuts.crossed, MAX_CROSSED)
        made = np.stack([np.ones_like(crossed), crossed], axis=1)
        for before, after, rank in zip(places, places[1:], ranks, strict=False):
            at_left[before + 1 : after + 1] += made[min(rank, len(made) - 1)]
    return TextLine(ids, boxes, of, shares, at_left, line.height, line.band)


def candidate_segments(line: TextLine) -> np.ndarray:
    """Return the segments that may be one character, (m, 2) int: first fragment, one after last.

    Every fragment alone is among them, so a path always exists. Raises TooDenseError for more than
    MAX_SEGMENTS.
    """
    found = []
    for start in range(len(line.ids)):
        found.append((start, start + 1))
        for stop in range(start + 2, len(line.ids) + 1):
            box = bounding_box(line, start, stop)
            whole = (line.components[start:stop] == line.components[start]).all()
            whole &= line.shares[start:stop].sum() > 1 - 1e-6
            if not whole and (
                box[2] - box[0] > MAX_WIDTH * line.height
                or widest_gap(line, start, stop) > MAX_GAP * line.height
                or len(set(line.components[start:stop].tolist())) > MAX_COMPONENTS
            ):
                break
            if line.shares[start] == 1 or box[3] - box[1] >= MIN_HEIGHT * line.height:
                found.append((start, stop))
        if len(found) > MAX_SEGMENTS:
            raise TooDenseError
    found += _whole_components(line, set(found))
    return np.array(found)


def segment_features(line: TextLine, start: int, stop: int) -> SegmentFeatures:
    """Return the features of a segment."""
    left, top, right, bottom = bounding_box(line, start, stop) / line.height
    low = float(np.clip((TALL - (bottom - top)) / (TALL - COMMA), 0, 1))
    joined = len(set(line.components[start:stop].tolist()))
    cut, crossed = line.cuts[start]
    begins, ends = np.array(line.band) / line.height
    return SegmentFeatures(
        run=1.0,
        cut=float(cut),
        crossed=float(crossed),
        join=joined - 1.0,
        gap=widest_gap(line, start, stop) / line.height if joined > 1 else 0.0,
        low=low,
        tall=1 - low,
        broad=max(0.0, float(right - left) - SLIM),
        scrap=float(line.shares[start:stop].sum() < joined - 1e-6),
        sunk=max(0.0, float(top - begins)),
        raised=max(0.0, float(ends - bottom)),
    )


def bounding_box(line: TextLine, start: int, stop: int) -> np.ndarray:
    """Return the box around a segment, (4,) int: left, top, right, bottom."""
    boxes = line.boxes[start:stop]
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def widest_gap(line: TextLine, start: int, stop: int) -> int:
    """Return the width, in pixels, of the widest column of paper inside a segment."""
    boxes = line.boxes[start:stop]
    reach = np.maximum.accumulate(boxes[:-1, 2])
    rest = np.minimum.accumulate(boxes[::-1, 0])[::-1][1:]
    return max(0, int((rest - reach).max(initial=0)))


def _whole_components(line: TextLine, found: set) -> list[tuple[int, int]]:
    """Return the cut components that are too wide for a digit: a reject may have any width."""
    missing = []
    for component in np.unique(line.components[line.shares < 1]):
        places = np.flatnonzero(line.components == component)
        segment = int(places[0]), int(places[-1]) + 1
        if segment not in found:
            missing.append(segment)
    return missing

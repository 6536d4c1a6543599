"""Reading -> the same, with the ink that was left out, and as unsure as that makes it.

Frames, rules and shadows are left out on purpose. A digit that touches one is left out with it,
and has to be told. What remains of such a mark without its long straight lines shows it.
"""

from dataclasses import replace

import numpy as np

from ..image.component_rules import within_rim
from ..image.components import Components, connected_components
from ..image.segment import SOLID, Part, Writing, writing
from ..numeric import median
from ..results import Digit, Letter, Reading

LINE = 1.3  # heights of a digit: a straight run of ink that is longer is a line, not a stroke
LOWEST, HIGHEST = 0.5, 1.6  # heights of a digit: lower or higher ink is dust or a shadow
BLOT = 0.7  # of its box: fuller ink is a shadow; a stroke alone may fill it
NARROW = 0.25  # of its height: narrower ink is a stroke, however full its box
GAP = 0.15  # heights of a digit: parts no further apart are of one mark, parted by a line
MAX_LEFT_OUT = 50  # marks that are looked at, the largest: a bound on the work
# Of the confidence. On ORAND's cheques 1 of 5 texts with ink left out is right, 35 % of the others.
KEPT = 0.5
DECIMAL_MARKS = frozenset(".,")
SIDE = 0.1  # of a crop's width: a decimal mark so near its side is the rest of something else


def with_left_out(reading: Reading, found: Writing, scale: np.ndarray) -> Reading:
    """Return a reading that tells of ink which may be writing but is in none of its characters.

    found: the marks of its ink; scale: (4,), picture pixels to one of the ink's.
    """
    digits = [digit for digit in reading.digits if digit.box]
    if not reading.text or not any(digit.label is not None for digit in digits):
        return reading
    boxes = np.array([digit.box for digit in digits]) / scale
    tall = [
        box[3] - box[1] for box, digit in zip(boxes, digits, strict=True) if digit.label is not None
    ]
    left = left_out(found.marks, found.all, boxes, median(np.array(tall)))
    if not len(left):
        return reading
    told = _in_picture(left, scale)
    return replace(reading, confidence=KEPT * reading.confidence, left_out=told)


def without_cut_marks(reading: Reading, width: float) -> Reading:
    """Return the reading of a crop from a form, without decimal marks at its left and right side.

    They are rests of its frame and of neighbours. Each is told as ink that was left out. A mark
    between digits stays. width: of the picture, in the pixels of the characters' boxes.
    """
    lines, told = [], list(reading.left_out)
    for line in reading.lines:
        cut = [_is_cut_mark(digit, width) for digit in line]
        first = cut.index(False) if False in cut else 0
        last = len(cut) - cut[::-1].index(False) if False in cut else len(cut)
        told += [digit.box for digit in (*line[:first], *line[last:]) if digit.box]
        lines.append(line[first:last])
    if not reading.text or len(told) == len(reading.left_out):
        return reading
    return replace(reading, lines=lines, left_out=told, confidence=KEPT * reading.confidence)


def beside(digit: Digit, ink: np.ndarray, part: Part, scale: np.ndarray) -> Digit:
    """Return the picture's one digit with what `with_left_out` would tell of the other ink.

    ink: (H, W) float32, of the picture; part: what was read of it. Raises TooDenseError.
    """
    left, top, right, bottom = part.box
    inked = ink > SOLID
    alone = np.count_nonzero(inked) == np.count_nonzero(inked[top:bottom, left:right])
    if digit.label is None or alone:
        return digit
    found = writing(ink)
    boxes = left_out(found.marks, found.all, np.array([part.box]), bottom - top)
    if not len(boxes):
        return digit
    told = tuple(_in_picture(boxes, scale))
    return replace(digit, confidence=KEPT * digit.confidence, left_out=told)


def left_out(marks: Components, chosen: np.ndarray, read: np.ndarray, height: float) -> np.ndarray:
    """Return the boxes of ink that may be writing but was not read, (k, 4) int.

    chosen: (m,) int, the marks that were looked at as writing. read: (n, 4), the boxes of the
    characters in them. height: of a digit, in pixels. Boxes are left, top, right, bottom.
    """
    missed = [marks.boxes[mark] for mark in chosen if not _is_in(marks.boxes[mark], read)]
    boxes = [box for box in missed if _is_as_tall(box, height)]
    others = np.setdiff1d(np.arange(len(marks.boxes)), chosen)
    tall = others[(marks.boxes[others, 3] - marks.boxes[others, 1]) >= LOWEST * height]
    for mark in tall[np.argsort(-marks.areas[tall], kind="stable")][:MAX_LEFT_OUT]:
        boxes += _in_mark(marks, int(mark), height)
    return np.array(boxes, np.int64).reshape(-1, 4)


def _is_cut_mark(digit: Digit | Letter, width: float) -> bool:
    if digit.character not in DECIMAL_MARKS or not digit.box:
        return False
    return min(digit.box[0], width - digit.box[2]) <= SIDE * width


def _in_picture(boxes: np.ndarray, scale: np.ndarray) -> list[tuple[int, ...]]:
    return [tuple(int(edge) for edge in np.rint(box * scale)) for box in boxes]


def _in_mark(marks: Components, mark: int, height: float) -> list[np.ndarray]:
    """Return the boxes of what a mark is beside its long straight lines."""
    left, top, right, bottom = marks.boxes[mark]
    ink = marks.labels[top:bottom, left:right] == mark + 1
    longest = max(2, round(LINE * height))
    rest = ink & ~_runs(ink, longest) & ~_runs(ink.T, longest).T
    found = connected_components(rest)
    full = found.areas / np.prod(found.boxes[:, 2:] - found.boxes[:, :2], axis=1)
    boxes = found.boxes + np.array([left, top, left, top])
    alone = [
        box
        for box, share in zip(boxes, full, strict=True)
        if _is_as_tall(box, height)
        and not _is_blot(box, share)
        and not _is_side(box, marks.boxes[mark])
        and not within_rim(box, marks.labels.shape)
    ]
    return _joined(alone, GAP * height)


def _joined(boxes: list[np.ndarray], gap: float) -> list[np.ndarray]:
    """Return boxes with those joined that are at most `gap` pixels apart: a line parted them."""
    joined: list[np.ndarray] = []
    for box in sorted(boxes, key=lambda box: int(box[0])):
        last = joined[-1] if joined else None
        if last is not None and _apart(last, box) <= gap:
            joined[-1] = np.r_[np.minimum(last[:2], box[:2]), np.maximum(last[2:], box[2:])]
        else:
            joined.append(box)
    return joined


def _apart(one: np.ndarray, other: np.ndarray) -> int:
    return int((np.maximum(one[:2], other[:2]) - np.minimum(one[2:], other[2:])).max())


def _is_as_tall(box: np.ndarray, height: float) -> bool:
    return LOWEST * height <= box[3] - box[1] <= HIGHEST * height


def _is_side(box: np.ndarray, whole: np.ndarray) -> bool:
    """Return whether a box is narrow and at the left or right of its mark: a low frame's side."""
    return _is_narrow(box) and bool(box[0] == whole[0] or box[2] == whole[2])


def _is_narrow(box: np.ndarray) -> bool:
    return bool(box[2] - box[0] <= NARROW * (box[3] - box[1]))


def _is_blot(box: np.ndarray, share: float) -> bool:
    return share > BLOT and not _is_narrow(box)


def _is_in(box: np.ndarray, boxes: np.ndarray) -> bool:
    """Return whether half of a box lies in one of others, or half of one of them in the box."""
    shared = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    areas = np.prod(np.maximum(shared, 0), axis=1)
    smaller = np.minimum(np.prod(box[2:] - box[:2]), np.prod(boxes[:, 2:] - boxes[:, :2], axis=1))
    return bool((2 * areas >= smaller).any())


def _runs(ink: np.ndarray, length: int) -> np.ndarray:
    """Return the ink in horizontal runs of at least `length` pixels, (H, W) bool."""
    ends = np.diff(np.pad(ink, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(ends == 1)
    stops = np.nonzero(ends == -1)[1]
    lines = np.zeros((ink.shape[0], ink.shape[1] + 1), np.int32)
    long = stops - starts >= length
    np.add.at(lines, (rows[long], starts[long]), 1)
    np.add.at(lines, (rows[long], stops[long]), -1)
    return np.cumsum(lines, axis=1)[:, :-1] > 0

"""Find and remove the lines of a form along the picture's edges: a cell's frame, an amount's rule.

A photograph of one cell of a form shows parts of the frame at its edges. Such a line runs beside
an edge over nearly all of its length. It is straight and evenly thick. Each edge is cut into strips
across it. In every strip the first run of ink from the edge is a candidate. A straight line is
fitted through these runs by repeated medians (A. Siegel, "Robust regression using repeated
medians", Biometrika 69(1), 1982).

A stroke of a digit that fills its picture can look the same: the bar of a 7. So lines that touch
the digit stay in the ink map, unless no digit could have drawn them. `cut_edge_lines` gives the
second opinion. Ink here is (H, W) float32, towards ink. Lines are masks, (H, W) bool, by edge: 0
top, 1 right, 2 bottom, 3 left.
"""

import numpy as np

from ..numeric import median, medians, quantile
from .components import connected_components
from .filters import bounding_box, dilate
from .printed_rules import holds_row
from .segment import SOLID

STRIPS = 24  # along an edge, at most,
STRIP = 3  # and as wide at least, in pixels
FEWEST = 4  # strips: along a shorter edge no line can be told
DEPTH = 0.22  # of the picture's side: a line starts no further from its edge
THICKEST = 0.13  # of the picture's side: what is thicker is a shadow or a finger
THIN = 0.07  # of the picture's side: so thin are the frames that may turn the polarity
SLOPE = 0.15  # rows to a column
SUPPORT = 0.8  # of the strips, at least, show the line
WEAK = 0.35  # of the strokes' contrast: fainter lines never become ink
STROKES = 0.97  # quantile of the ink that stands for the strokes
HALF = 0.5  # of a line's tone: where it is said to end,
ENDED = 0.25  # and where its soft border ends, too
BORDER = 1  # pixels more on either side
OUTSIDE = 0.08  # of the picture's side: beyond a line so near its edge is another cell
LEFT = 0.25  # of the shorter side: what is left must be as long to be a digit
EMPTY = 0.7  # of each side of the picture is free beside the frame of an empty cell
FOREGROUND = 0.2  # of white: ink above it counts in an ink map

Lines = dict[int, np.ndarray]


def find_edge_lines(ink: np.ndarray, floor: float, thickest: float = THICKEST) -> Lines:
    """Return the lines along the edges, each with what lies outside it.

    floor: the least tone of a line. thickest: of the picture's side.
    """
    found: Lines = {}
    floor = max(floor, WEAK * quantile(ink[::2, ::2], STROKES))
    for turns in range(4):
        turned = np.rot90(ink, turns)
        line = _line_along_top(turned, floor, thickest)
        if line is not None:
            start, end = line
            rows = np.arange(len(turned))[:, None]
            near = start.max() <= OUTSIDE * len(turned)
            found[turns] = np.rot90((rows <= end) & ((rows >= start) | near), -turns)
    return found


def erase_edge_lines(ink: np.ndarray, lines: Lines) -> np.ndarray:
    """Erase from an ink map, 0 .. 1, the lines that are no strokes of the main mark.

    Of a row of digits only those at its ends: others stand on a line, see printed_rules.py.
    """
    chosen = {turns: line for turns, line in lines.items() if turns % 2 or not holds_row(ink.shape)}
    if not chosen:
        return ink
    every = union(chosen)
    if not _has_room(ink, union(lines)):
        return np.where(every, 0, ink) if _enclose_paper(lines) else ink
    if _meet(lines):
        ink = np.where(every, 0, ink)
    marks = connected_components(ink > SOLID)
    sizes = np.bincount(marks.labels[~every], minlength=len(marks.areas) + 1)
    main = 1 + int(sizes[1:].argmax())
    return np.where(every & ~dilate(marks.labels == main, 1), 0, ink)


def cut_edge_lines(ink: np.ndarray) -> np.ndarray | None:
    """Cut an ink map, 0 .. 1, along every line at its edges, through strokes that touch them.

    Returns None if there is no line, or too little ink besides.
    """
    lines = find_edge_lines(ink, FOREGROUND)
    if not lines:
        return None
    every = union(lines)
    return np.where(every, 0, ink) if _has_room(ink, every) else None


def inside_edge_lines(departure: np.ndarray) -> np.ndarray:
    """Crop (H, W), lightness less the paper's, to what thin lines at two edges or more enclose."""
    for sign in (1, -1):
        lines = find_edge_lines(sign * departure, 0, THIN)
        if len(lines) > 1:
            box = bounding_box(~union(lines))
            if box is not None:
                left, top, right, bottom = box
                return departure[top:bottom, left:right]
    return departure


def union(lines: Lines) -> np.ndarray:
    """Return where any of the lines is."""
    return np.logical_or.reduce(list(lines.values()))


def _has_room(ink: np.ndarray, lines: np.ndarray) -> bool:
    """Return whether the ink beside the lines is long enough to be a digit."""
    box = bounding_box((ink > SOLID) & ~lines)
    if box is None:
        return False
    left, top, right, bottom = box
    return max(right - left, bottom - top) >= LEFT * min(ink.shape)


def _enclose_paper(lines: Lines) -> bool:
    """Return whether lines leave nearly all of the picture free, as around an empty cell.

    A digit 1 that fills its picture can look like a line, but leaves less.
    """
    free = ~union(lines)
    box = bounding_box(free)
    if box is None:
        return False
    left, top, right, bottom = box
    return right - left >= EMPTY * free.shape[1] and bottom - top >= EMPTY * free.shape[0]


def _meet(lines: Lines) -> bool:
    """Return whether two lines meet in a corner: then they are a frame's beyond doubt."""
    return (0 in lines or 2 in lines) and (1 in lines or 3 in lines)


def _line_along_top(
    ink: np.ndarray, floor: float, thickest: float
) -> tuple[np.ndarray, np.ndarray] | None:
    """Return the first and last row, in every column, of the line along the top edge."""
    height, width = ink.shape
    count, depth = min(STRIPS, width // STRIP), int(DEPTH * height)
    if count < FEWEST or depth < 1:
        return None
    most = max(2, round(thickest * height))
    bounds = np.linspace(0, width, count + 1).astype(np.intp)
    used = ink[: depth + 2 * most]
    band = np.add.reduceat(used, bounds[:-1], axis=1) / np.diff(bounds)
    tone = median(band[:depth].max(axis=0))
    if tone <= floor:  # the usual case, a clean picture, ends here
        return None
    dark = band[:depth] > HALF * tone
    seen = dark.any(axis=0)
    if seen.mean() < SUPPORT:
        return None
    places = (bounds[:-1] + bounds[1:] - 1) / 2
    slope, start = _fit_line(places[seen], dark.argmax(axis=0)[seen])
    if abs(slope) > SLOPE:
        return None
    rows = np.rint(slope * places + start).astype(np.intp)
    thickness = _thickness(band, rows, floor, most)
    first = slope * np.arange(width) + start
    return None if thickness is None else (first - 1 - BORDER, first + thickness + BORDER)


def _thickness(band: np.ndarray, starts: np.ndarray, floor: float, most: int) -> int | None:
    """Return how many rows after its start a line has ended, in most strips; None if it is none.

    band: (rows, strips), mean ink. starts: (strips,) int, the line's first row.
    """
    offsets = np.arange(-1, 2 * most + 2)
    places = starts + offsets[:, None]
    inside = (places >= 0) & (places < len(band))
    around = band[np.clip(places, 0, len(band) - 1), np.arange(len(starts))] * inside
    profile = medians(around, axis=1)
    middle = int(profile[: most + 2].argmax())
    tone = profile[middle]
    if tone <= floor or np.count_nonzero(profile > HALF * tone) > most:
        return None
    shown = around[max(0, middle - 1) : middle + 2].max(axis=0) > HALF * tone
    after = np.flatnonzero(profile[middle:] <= ENDED * tone)
    whole = shown[0] and shown[-1]  # else it is a box within the picture
    if not whole or shown.mean() < SUPPORT or not len(after):
        return None
    return int(offsets[middle + after[0]]) - 1


def _fit_line(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Return the slope and the intercept of the repeated-median line through some points."""
    count = len(x)
    others = ~np.eye(count, dtype=bool)
    runs, rises = ((v[:, None] - v)[others].reshape(count, count - 1) for v in (x, y))
    slope = median(medians(rises / runs, axis=1))
    return slope, median(y - slope * x)

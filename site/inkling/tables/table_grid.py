"""Drawn lines and components of a straightened page -> the rows and columns of its table.

Where lines are drawn between the cells, the table is what they enclose. Without, rows are the
peaks of the density of the components' middles. Columns are parted by gaps that all rows share.
They are wider than those between the digits of a number (after T. Kieninger, A. Dengel, "The T-Recs
table recognition and analysis system", DAS 1998).
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ..image.threshold import otsu
from ..numbers.text_lines import typical_height
from ..numeric import median
from .rules import Rule

Box = tuple[float, float, float, float]


TALL = 0.6  # of the typical height: lower components do not say where a row lies
NEAR = 0.8  # of the typical height: signs are no further from their row's middle
SMALL = 0.25  # of the typical height: a lower row is no print
SPREAD = 0.2  # of the typical height: standard deviation of the density's kernel
VALLEY = 0.5  # of the lower of two peaks: between rows the density falls so far
STEPS = 8  # points of the density to the typical height
GAP = (0.5, 0.9)  # of the typical height: the narrowest gap between columns lies in between
STRAYS = 0.08  # of the rows may have ink where two columns part,
NARROW = 0.15  # and so many less than such a gap there
MANY_STRAYS = 0.45  # as STRAYS, where headings and notes are among the rows
SOME_STRAYS = 0.25  # likewise, of short notes that are left
CROSSED = 0.34  # of the gaps, at most, are crossed by a table's own row
BODY = 0.5  # of the rows, at least, are the table's,
FEWEST_ROWS = 3  # and so many
LONE = 0.15  # of the rows: a column in no more of them may be what strays from the next one,
TIGHT = 0.6  # if it is nearer to it than this share of the usual gap between columns
PART = 0.4  # of the longest line: shorter ones part no whole rows or columns
ENOUGH = 0.7  # of the rows or columns that ink shows must have lines between them
OPEN = 1.2  # digits' heights: lines that end so far beyond the last one enclose an open cell
DOUBLED = 0.6  # digits' heights: two lines that are nearer are one border
MARGIN = 0.5  # of the typical height: paper around the outermost cells


class Grid(NamedTuple):
    """The lines, drawn or not, between which cells lie, in pixels of the page."""

    rows: np.ndarray  # (R + 1,) float, from the top
    columns: np.ndarray  # (C + 1,) float, from the left


def find_grid(boxes: np.ndarray, across: list[Rule], down: list[Rule]) -> tuple[Grid, bool]:
    """Return the rows and columns of a page, and whether drawn lines part its cells.

    boxes: (n, 4) left, top, right, bottom of the writing's components, n > 0.
    """
    height = typical_height(boxes[:, 3] - boxes[:, 1])
    across, down = _crossing(across, down, height)
    frame = _frame(across, down, height)
    inside = boxes[are_inside(boxes, frame)] if frame else boxes
    if not frame or not len(inside):
        return unruled_grid(boxes), False
    left, top, right, bottom = frame
    rows = _merged([top, *(rule.place for rule in across), bottom], height)
    columns = _merged([left, *(rule.place for rule in down), right], height)
    by_ink = unruled_grid(inside)
    # Lines may only frame the table, or part its head from the rest.
    enough = ENOUGH * (len(by_ink.rows) - 1), ENOUGH * (len(by_ink.columns) - 1)
    ruled = len(rows) - 1 >= enough[0], len(columns) - 1 >= enough[1]
    if ruled[0] and len(rows) - 1 < FEWEST_ROWS and len(columns) > 2:
        ruled = True, True  # in so few rows, gaps between digits look like gaps between columns
    if not ruled[0]:
        rows = by_ink.rows
    if not ruled[1]:
        columns = by_ink.columns
    return Grid(rows, columns), all(ruled)


def _crossing(across: list[Rule], down: list[Rule], height: float) -> tuple[list[Rule], list[Rule]]:
    """Return the lines that are part of one table: long ones that meet others."""
    if not across or not down:
        return [], []
    wide = max(rule.stop - rule.start for rule in across)
    tall = max(rule.stop - rule.start for rule in down)
    across = [rule for rule in across if rule.stop - rule.start >= PART * wide]
    down = [rule for rule in down if rule.stop - rule.start >= PART * tall]
    kept = [a for a in across if any(d.start - height <= a.place <= d.stop + height for d in down)]
    others = [d for d in down if any(a.start - height <= d.place <= a.stop + height for a in kept)]
    return kept, others


def _frame(across: list[Rule], down: list[Rule], height: float) -> Box | None:
    """Return the box around a table's lines; None if there are too few."""
    if len(across) < 2 and len(down) < 2:
        return None
    left = _outermost([rule.start for rule in across], down[0].place, -height)
    right = _outermost([rule.stop for rule in across], down[-1].place, height)
    top = _outermost([rule.start for rule in down], across[0].place, -height)
    bottom = _outermost([rule.stop for rule in down], across[-1].place, height)
    return left, top, right, bottom


def _outermost(ends: list[int], last: float, height: float) -> float:
    """Return where lines end, or the last line that they cross if they end near it."""
    end = median(np.array(ends))
    beyond = (end - last) * np.sign(height) > OPEN * abs(height)
    return float(end if beyond else last)


def _merged(places: list[float], height: float) -> np.ndarray:
    """Return the places of lines without those that are doubled, in order."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] >= DOUBLED * height:
            kept.append(place)
    return np.array(kept)


def outline(grid: Grid) -> Box:
    """Return the box around all cells."""
    return grid.columns[0], grid.rows[0], grid.columns[-1], grid.rows[-1]


def are_inside(boxes: np.ndarray, frame: Box) -> np.ndarray:
    """Return which boxes, (n, 4), have their middle in a frame, (n,) bool."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    left, top, right, bottom = frame
    return (x > left) & (x < right) & (y > top) & (y < bottom)


def unruled_grid(boxes: np.ndarray) -> Grid:
    """Return the rows and columns of writing, without headings above and notes below.

    boxes: (n, 4) left, top, right, bottom of its components, n > 0.
    """
    height = typical_height(boxes[:, 3] - boxes[:, 1])
    rows = row_bounds(boxes, height)
    covered = _covered(boxes, rows)
    own = _own_rows(covered, height)
    places = np.flatnonzero(own)
    first, last = int(places[0]), int(places[-1]) + 1
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    inner = boxes[(middles >= rows[first]) & (middles <= rows[last])]
    left, right = inner[:, 0].min() - MARGIN * height, inner[:, 2].max() + MARGIN * height
    strays = STRAYS if own.all() else SOME_STRAYS
    gaps = boxes[:, 0].min() + _gaps(covered[own], height, strays)
    gaps = _without_strays(inner, rows, gaps[(gaps > left) & (gaps < right)])
    return Grid(rows[first : last + 1], np.array([left, *gaps, right]))


def _without_strays(boxes: np.ndarray, rows: np.ndarray, gaps: np.ndarray) -> np.ndarray:
    """Return the gaps between columns without those that cut off a digit that strays.

    Spaced far, a number's first or last digit may lie beyond all others of its column. That makes a
    column with ink in few rows, nearer to the next one than columns usually are. gaps: (n,) x.
    """
    covered, left = _covered(boxes, rows), int(boxes[:, 0].min())
    while len(gaps) > 1:
        places = [int(gap) - left for gap in gaps]
        widths = np.array([[_gap_around(line, place) for line in covered] for place in places])
        borders = pairwise([0, *places, covered.shape[1]])
        filled = np.array([covered[:, start:stop].any(axis=1) for start, stop in borders])
        between = widths[filled[:-1] & filled[1:] & (widths > 0)]
        usual = median(between) if len(between) else 0
        stray = {}
        for gap, its in enumerate(widths):
            for column in filled[gap : gap + 2]:
                parts = its[column & (its > 0)]
                if column.sum() <= LONE * len(covered) and len(parts):
                    stray[gap] = min(median(parts), stray.get(gap, usual))
        nearest = min(stray, key=lambda gap: stray[gap], default=None)
        if nearest is None or stray[nearest] >= TIGHT * usual:
            break
        gaps = np.delete(gaps, nearest)
    return gaps


def _own_rows(covered: np.ndarray, height: float) -> np.ndarray:
    """Return which rows are a table's own, (R,) bool; headings and notes are not.

    These run on where most rows have a gap between two columns. covered: (R, W) bool.
    """
    strict, loose = (_gaps(covered, height, strays) for strays in (STRAYS, MANY_STRAYS))
    every = np.ones(len(covered), bool)
    if len(loose) <= len(strict):
        return every
    least = _least_gap(covered, height)
    own = np.mean([_crosses(covered, place, least) for place in loose], axis=0) <= CROSSED
    return own if own.sum() >= max(FEWEST_ROWS, BODY * len(covered)) else every


def row_bounds(boxes: np.ndarray, height: float) -> np.ndarray:
    """Return the borders of the rows, (R + 1,). height: of most of the writing."""
    heights, middles = boxes[:, 3] - boxes[:, 1], (boxes[:, 1] + boxes[:, 3]) / 2
    tall = heights >= TALL * height
    # A small component is a sign in its row; far from all rows it is a row of small print.
    near = np.abs(middles[:, None] - middles[tall]).min(axis=1) <= NEAR * height
    middles = middles[tall | (~near & (heights >= SMALL * height))]
    first, last = boxes[:, 1].min() - MARGIN * height, boxes[:, 3].max() + MARGIN * height
    places = np.arange(middles.min() - height, middles.max() + height, height / STEPS)
    off = (places[:, None] - middles) / (SPREAD * height)
    density = np.exp(-0.5 * off**2).sum(axis=1)
    return np.array([first, *_valleys(places, density), last])


def _valleys(places: np.ndarray, density: np.ndarray) -> list[float]:
    """Return the deepest place between every two peaks that are peaks of their own."""
    inner = density[1:-1]
    peaks = 1 + np.flatnonzero((inner >= density[:-2]) & (inner > density[2:]))
    kept: list[int] = []
    for peak in peaks:
        while kept:
            between = density[kept[-1] : peak + 1].min()
            if between <= VALLEY * min(density[kept[-1]], density[peak]):
                kept.append(int(peak))
                break
            if density[kept[-1]] >= density[peak]:
                break
            kept.pop()
        else:
            kept.append(int(peak))
    found = []
    for before, after in pairwise(kept):
        between = density[before : after + 1]
        lowest = np.flatnonzero(between <= between.min() * 1.001 + 1e-9)
        found.append(float(places[before + int(lowest[len(lowest) // 2])]))
    return found


def _covered(boxes: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return where each row has ink, from the leftmost component on, (R, W) bool."""
    left, right = int(boxes[:, 0].min()), int(boxes[:, 2].max())
    row = np.searchsorted(rows, (boxes[:, 1] + boxes[:, 3]) / 2) - 1
    covered = np.zeros((len(rows) - 1, right - left), bool)
    for its, box in zip(np.clip(row, 0, len(covered) - 1), boxes, strict=True):
        covered[its, int(box[0]) - left : int(box[2]) - left] = True
    return covered


def _gaps(covered: np.ndarray, height: float, strays: float) -> np.ndarray:
    """Return the middles of the gaps between columns, (n,) float, from the leftmost ink on.

    strays: share of the rows that may have ink, or too narrow a gap, where others have one.
    """
    covered = covered[covered.any(axis=1)]
    least = _least_gap(covered, height)
    found = []
    for start, stop in _stretches(covered.sum(axis=0) <= strays * len(covered)):
        place = (start + stop) // 2
        many = _crosses(covered, place, least).mean() > max(strays, NARROW)
        parts = sum(_gap_around(line, place) >= least for line in covered) > 0
        if parts and not many and 2 * (stop - start) >= least:
            found.append(place)
    return np.array(found, np.intp)


def _crosses(covered: np.ndarray, place: int, least: float) -> np.ndarray:
    """Return which rows have ink, or less than the least gap, at a place, (R,) bool."""
    gaps = np.array([_gap_around(line, place) for line in covered])
    return covered[:, place] | ((gaps > 0) & (gaps < least))


def _least_gap(covered: np.ndarray, height: float) -> float:
    """Return how wide a gap parts columns: where the gaps within numbers and others differ most."""
    gaps = [stop - start for line in covered for start, stop in _stretches(~line) if start]
    if not gaps:
        return GAP[0] * height
    border = np.exp(otsu(np.log(np.maximum(gaps, 1.0))))
    return float(np.clip(border, GAP[0] * height, GAP[1] * height))


def _stretches(mask: np.ndarray) -> list[tuple[int, int]]:
    """Return start and stop of every stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _gap_around(covered: np.ndarray, place: int) -> int:
    """Return the width of a row's gap around a place; 0 if ink is on one side only."""
    before, after = np.flatnonzero(covered[:place]), np.flatnonzero(covered[place:])
    if covered[place] or not len(before) or not len(after):
        return 0
    return int(place + after[0] - before[-1] - 1)

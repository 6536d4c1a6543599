"""Find the printed rule under a row of digits, or above it, and erase it column by column.

A rule is thin where it is bare, and hidden where a stroke stands on it or crosses it. So each
column is judged by itself: a run of ink no thicker than the rule goes, one that reaches beyond it
stays whole (after C. Dalitz, M. Droettboom, B. Pranzas, I. Fujinaga, "A comparative study of staff
removal algorithms", IEEE TPAMI 30(5), 2008).

Ink is (H, W) float32, 0 paper .. 1 ink. A rule is (W,) float64, its middle row in every column.
"""

from typing import NamedTuple

import numpy as np

from ..numeric import median
from .components import connected_components
from .filters import dilate
from .segment import SOLID

SEEN = 0.25  # ink above it may be a rule's
DARK = 0.5  # ink that a rule reaches; the lines of a security pattern are paler
THICKEST = 0.1  # of the picture's height: thicker runs of ink are strokes
SLOPES = np.linspace(-0.06, 0.06, 25)  # rows to a column
NEAR = 1.5  # rows: how far a rule strays from a straight line
STRIPS = 12  # in each of them its place is measured
SPARE = 1.0  # rows that a rule is thicker in places
WIDE = 1.6  # width over height: a picture as wide holds a row of digits
DEPTH = 0.4  # of the picture's height: a rule lies no further from its bottom or top
BARE = 0.4  # of the columns, at least, show a bare rule: between digits, and below them
SIDES = 2  # columns of ink from rule to rule: a box has two sides
COVERED = 0.85  # of the columns, at least, have dark ink there; a row of dashes has gaps


class Runs(NamedTuple):
    """Vertical runs of ink: for each pixel, (H, W) int, its run's first row and one past the last.

    Only at inked pixels do they mean anything.
    """

    starts: np.ndarray
    stops: np.ndarray


def holds_row(shape: tuple[int, int]) -> bool:
    """Return whether a picture is so wide that it holds a row of digits, not one."""
    height, width = shape
    return width > WIDE * height


def erase_rules(ink: np.ndarray) -> np.ndarray:
    """Erase the rule along the bottom and that along the top, with what lies beyond them.

    Returns ink. It is `ink` itself if there is no rule, or if that is a side of a box, whose other
    sides would be left.
    """
    lowest, highest = _lowest_rule(ink), _lowest_rule(ink[::-1])
    if lowest and highest and _is_boxed(ink, lowest[0], len(ink) - 1 - highest[0]):
        return ink
    if lowest:
        ink = _erase(ink, *lowest)
    return _erase(ink[::-1], *highest)[::-1] if highest else ink


def _is_boxed(ink: np.ndarray, lowest: np.ndarray, highest: np.ndarray) -> bool:
    """Return whether lines join two rules, as a box's sides do."""
    inked, columns = ink > SEEN, np.arange(ink.shape[1])
    rows = np.clip(np.rint(lowest).astype(np.intp), 0, len(ink) - 1)
    starts = _vertical_runs(inked).starts[rows, columns]
    joined = inked[rows, columns] & (starts <= highest + NEAR)
    return int(np.count_nonzero(joined)) >= SIDES


def _lowest_rule(ink: np.ndarray) -> tuple[np.ndarray, float] | None:
    """Return the rule along the bottom, and how many rows its ink reaches from its middle."""
    middles, columns, lengths = _bare_runs(ink)
    rule = _straightest(middles, columns, ink.shape)
    if rule is None:
        return None
    along = np.abs(middles - rule[columns]) <= NEAR
    if len(np.unique(columns[along])) < BARE * ink.shape[1] or not _is_covered(ink, rule):
        return None
    rule = _followed(rule, middles[along], columns[along])
    return rule, median(lengths[along]) / 2 + SPARE


def _vertical_runs(inked: np.ndarray) -> Runs:
    height = len(inked)
    rows = np.arange(height)[:, None]
    before = np.maximum.accumulate(np.where(inked, -1, rows), axis=0)
    after = np.minimum.accumulate(np.where(inked, height, rows)[::-1], axis=0)[::-1]
    return Runs(before + 1, after)


def _bare_runs(ink: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the thin, dark runs near the bottom: middle rows, columns and lengths, (n,) each."""
    height, inked = len(ink), ink > SEEN
    runs = _vertical_runs(inked)
    lengths = runs.stops - runs.starts
    first = inked & (runs.starts == np.arange(height)[:, None])
    thin = first & (lengths <= max(3, round(THICKEST * height)))
    thin[: int((1 - DEPTH) * height)] = False
    rows, columns = np.nonzero(thin)
    middles = (rows + runs.stops[rows, columns] - 1) / 2
    dark = ink[np.rint(middles).astype(np.intp), columns] > DARK
    chosen = rows[dark], columns[dark]
    return middles[dark], columns[dark], lengths[chosen].astype(np.float64)


def _straightest(
    middles: np.ndarray, columns: np.ndarray, shape: tuple[int, int]
) -> np.ndarray | None:
    """Return the line that most points lie on; None if they are too few for a rule."""
    height, width = shape
    if len(np.unique(columns)) < BARE * width:
        return None
    most, rule = 0.0, None
    for slope in SLOPES:
        across = np.arange(width) - width / 2
        places = np.rint(middles - slope * across[columns]).astype(np.intp)
        inside = (places >= 0) & (places < height)
        counts = np.bincount(places[inside], minlength=height + 2)
        near = np.convolve(counts, (0.5, 1, 0.5), mode="same")  # rounding splits a line in two
        if near.max() > most:
            most, rule = float(near.max()), slope * across + int(near.argmax())
    return rule


def _is_covered(ink: np.ndarray, rule: np.ndarray) -> bool:
    """Return whether there is dark ink all along a rule, its own or that of strokes."""
    places = np.rint(rule + np.arange(-1, 2)[:, None]).astype(np.intp)
    near = ink[np.clip(places, 0, len(ink) - 1), np.arange(ink.shape[1])]
    return bool((near > DARK).any(axis=0).mean() >= COVERED)


def _followed(rule: np.ndarray, middles: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Move a straight line to the middle of the rule that it stands for, strip by strip."""
    strips = columns * STRIPS // len(rule)
    used = np.unique(strips)
    off = [median((middles - rule[columns])[strips == strip]) for strip in used]
    return rule + np.interp(np.arange(len(rule)) * STRIPS / len(rule), used + 0.5, off)


def _erase(ink: np.ndarray, rule: np.ndarray, reach: float) -> np.ndarray:
    """Erase the runs within `reach` rows of a rule, and marks that do not rise above it."""
    bare = np.zeros(ink.shape, bool)
    for level in (SEEN, DARK):  # a pale gap parts a rule from the stroke above it
        inked = ink > level
        starts, stops = _vertical_runs(inked)
        bare |= inked & (starts >= rule - reach) & (stops - 1 <= rule + reach)
    faint = dilate(bare, 1) & (ink <= DARK)
    rest = np.where(bare | faint, 0, ink)
    rows = np.arange(len(ink))[:, None]
    marks = connected_components(rest > SOLID)
    above = marks.labels[rows < rule - reach - 1]
    rising = np.bincount(above, minlength=len(marks.areas) + 1) > 0
    rising[0] = True
    below = (rows > rule + reach) & (marks.labels == 0)
    return np.where(~rising[marks.labels] | below, 0, rest)

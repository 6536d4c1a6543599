"""A straightened page -> its drawn lines of up to 7 pixels, and the ink without them.

After straightening, a table's lines are level or upright but for a few pixels. Pale lines never
become ink, so lines are looked for in the lightness. A line is darker than both of its sides, on
average over more than a digit's height. It is followed along its length and inpainted from both of
its sides. So strokes that cross it stay whole.

A page's `marks` are (H, W) float32. They say how much darker than the paper beside it a pixel is,
in the contrast of the strokes.
"""

from typing import NamedTuple

import numpy as np

from ..image.filters import dilate, max_filter, min_filter
from ..image.ruled_lines import inpaint
from ..numeric import median

WIDEST = 4  # pixels on either side: a wider stripe is shade
STROKE = 0.8  # of ink: the strokes' middles
RUN = 1.6  # digits' heights that are averaged along a line
PALEST = 0.06  # of the strokes' contrast: paler lines are the paper's
SHORTEST = 3  # digits' heights: a line is at least so long,
SHARE = 0.15  # and takes so much of the page
HIDDEN = 4  # pieces that a stroke may hide
PIECE = 10  # pixels of a line's length that show it or do not
BARE = 0.2  # of a line's tone: nothing crosses it where its sides are paler
STRAY = 4  # pixels up and down by which a line may leave its level
BLOCK = 24  # pixels of a line's length that are followed as one
REACH = 5  # pixels from a line's middle: how far it has ended
SLIM = 3  # times as long as wide, at least: what continues a line
AROUND = 16  # pixels of the page around a line: its inpainting gets these, too


class Look(NamedTuple):
    """How lines are looked for: at which scale, and how even they must be."""

    scale: int  # by which the page was reduced
    shown: float  # of a line's tone, in most places
    covered: float  # of its length; between the bars of digits there is paper
    least: float  # likewise, where strokes and lines that cross it count, too
    thickest: int  # pixels of the reduced page
    wide: bool  # a wide line is as wide everywhere, and hides long pieces of those it crosses


WHOLE = Look(scale=1, shown=0.4, covered=0.8, least=0.8, thickest=7, wide=False)


class Rule(NamedTuple):
    """A drawn line. Horizontal: place is y, along x. Vertical: place is x, along y."""

    place: float  # of its middle
    start: int  # where it begins and ends, along
    stop: int
    path: np.ndarray  # (stop - start,) int, its middle at each pixel along
    thickness: int  # pixels


def marks_of(light: np.ndarray, ink: np.ndarray) -> np.ndarray:
    """Return a page's marks, of dark or of light ink. light, ink: (H, W) float32."""
    strokes = ink > STROKE
    if not strokes.any():
        return np.zeros_like(light)
    sign = 1 if light[strokes].mean() < light[~strokes].mean() else -1
    light = light * np.float32(sign)
    marks = min_filter(max_filter(light, WIDEST), WIDEST) - light
    return marks / np.float32(max(median(marks[strokes]), 0.02))


def line_strength(marks: np.ndarray, height: float) -> np.ndarray:
    """Return by how much marks along a row stand out from the rows beside it, (H, W) float32.

    height: of a digit, in pixels.
    """
    reach = max(6, round(RUN * height / 2))
    padded = np.pad(np.minimum(marks, 1), ((0, 0), (reach + 1, reach)), mode="edge")
    total = np.cumsum(padded, axis=1, dtype=np.float64)
    mean = ((total[:, 2 * reach + 1 :] - total[:, : -2 * reach - 1]) / (2 * reach + 1)).astype("f4")
    tall = np.pad(mean, ((REACH, REACH), (0, 0)), mode="edge")
    return mean - np.maximum(tall[: -2 * REACH], tall[2 * REACH :])


def horizontal_rules(marks: np.ndarray, height: float, look: Look = WHOLE) -> list[Rule]:
    """Return the lines from left to right, from the top. height: of a digit, in pixels."""
    strength = line_strength(marks, height)
    shown = strength > PALEST
    least = max(SHORTEST * height, SHARE * marks.shape[1])
    weight = np.where(shown, np.minimum(strength, 0.3), 0).sum(axis=1)
    if look.wide:  # the middle one of rows that are alike
        weight = np.convolve(weight, np.full(REACH, 1 / REACH), mode="same")
    around = np.lib.stride_tricks.sliding_window_view(np.pad(weight, STRAY), 2 * STRAY + 1)
    peaks = np.flatnonzero((weight == around.max(axis=1)) & (weight > PALEST / 2 * least))
    rules: list[Rule] = []
    for row in peaks:
        found = _rule_at(marks, shown, int(row), least, look)
        if found and rules and found[0].place - rules[-1].place <= 2 * STRAY:
            continue
        rules += found
    return rules


def vertical_rules(marks: np.ndarray, height: float, look: Look = WHOLE) -> list[Rule]:
    """Return the lines from top to bottom, from the left."""
    return horizontal_rules(np.ascontiguousarray(marks.T), height, look)


def _rule_at(
    marks: np.ndarray, shown: np.ndarray, row: int, least: float, look: Look
) -> list[Rule]:
    """Return the line at a row, or none."""
    band = shown[max(0, row - STRAY) : row + STRAY + 1].any(axis=0)
    columns = np.flatnonzero(band)
    if len(columns) < least:
        return []
    begin, end = int(columns[0]), int(columns[-1]) + 1
    path = _path(marks, row, begin, end, BLOCK // look.scale)
    piece = PIECE // look.scale
    rows = np.clip(path + np.arange(-REACH, REACH + 1)[:, None], 0, len(marks) - 1)
    tones = marks[rows, np.arange(begin, end)]
    seen, open_ = _seen_pieces(tones, piece, look)
    first, last = _longest(seen, open_)
    many, could = int(seen[first:last].sum()), int((seen | open_)[first:last].sum())
    covered = many >= max(look.covered * could, look.least * (last - first))
    if (last - first) * piece < least or not covered:
        return []
    across = np.quantile(tones, 0.5, axis=1)
    thickness = max(1, int((across > 0.5 * float(across.max())).sum()))
    if thickness > look.thickest:
        return []
    first, last = _over_crossings(open_, first, last, thickness // piece + 2)
    first, last = first * piece, min(last * piece, end - begin)
    path = path[first:last]
    return [Rule(float(median(path)), begin + first, begin + last, path, thickness)]


def _seen_pieces(tones: np.ndarray, piece: int, look: Look) -> tuple[np.ndarray, np.ndarray]:
    """Return which pieces of a band of marks show a line in its middle, as dark as most do.

    Strokes of digits in a row leave paper between them. Returns also which pieces would show it.
    Others are as dark beside it, as a wide line or a stroke crosses there.
    tones: (2 REACH + 1, length). piece: pixels.
    """
    starts = np.arange(0, tones.shape[1], piece)
    means = np.add.reduceat(np.minimum(tones, 1), starts, axis=1)
    means /= np.diff(np.append(starts, tones.shape[1]))
    middle = means[REACH - 1 : REACH + 2].max(axis=0)
    beside = np.maximum(means[0], means[-1])
    ridge, open_ = middle - beside, np.ones(middle.shape, bool)
    if look.wide:
        open_ = beside < max(BARE * median(middle), PALEST)
        widths = (means > 0.5 * middle).sum(axis=0)
        usual_width = median(widths[open_]) if open_.any() else 0.0
        ridge = np.where(np.abs(widths - usual_width) <= 1, ridge, 0)
    usual = median(ridge[open_]) if open_.any() else 0.0
    return (ridge >= look.shown * usual) & (usual >= PALEST), open_


def _longest(seen: np.ndarray, open_: np.ndarray) -> tuple[int, int]:
    """Return start and stop of the longest stretch of seen pieces that is hardly interrupted.

    open_: which pieces count as an interruption where they are not seen.
    """
    places = np.flatnonzero(seen)
    if not len(places):
        return 0, 0
    hidden, crossed = np.diff(np.cumsum(open_)[places]), np.diff(places)
    breaks = np.flatnonzero((hidden > HIDDEN) | (crossed > 2 * HIDDEN)) + 1
    stretches = np.split(places, breaks)
    best = max(stretches, key=lambda its: its[-1] - its[0])
    return int(best[0]), int(best[-1]) + 1


def _over_crossings(open_: np.ndarray, first: int, last: int, most: int) -> tuple[int, int]:
    """Return start and stop of a stretch, longer by pieces at its ends where a line crosses it.

    most: pieces by which each end may grow.
    """
    before, after = open_[max(0, first - most) : first][::-1], open_[last : last + most]
    ends = (int(np.argmax(np.append(part, True))) for part in (before, after))
    return first - next(ends), last + next(ends)


def _path(marks: np.ndarray, level: int, begin: int, end: int, block: int) -> np.ndarray:
    """Follow a line near a level; returns its middle at each pixel along, (end - begin,) int.

    block: pixels along it that are followed as one.
    """
    rows = np.arange(max(0, level - STRAY - 2), min(len(marks), level + STRAY + 3))
    bounds = np.arange(begin, end, block)
    blocks = np.add.reduceat(marks[rows[0] : rows[-1] + 1, begin:end], bounds - begin, axis=1)
    blocks = blocks / np.diff(np.append(bounds, end))
    weight = np.maximum(blocks - np.quantile(blocks, 0.4, axis=0), 0) ** 2 + 1e-9
    middles = (rows[:, None] * weight).sum(axis=0) / weight.sum(axis=0)
    padded = np.pad(middles, 2, mode="edge")
    smooth = np.quantile(np.lib.stride_tricks.sliding_window_view(padded, 5), 0.5, axis=1)
    places = (bounds + np.append(bounds[1:], end) - 1) / 2
    return np.rint(np.interp(np.arange(begin, end), places, smooth)).astype(np.intp)


def erase_rules(ink: np.ndarray, across: list[Rule], down: list[Rule]) -> np.ndarray:
    """Return the ink without its lines; strokes that cross them are bridged."""
    rest = ink.copy()
    for rule in across:
        _erase(rest, rule)
    for rule in down:
        _erase(rest.T, rule)
    return rest


def _erase(ink: np.ndarray, rule: Rule) -> None:
    """Inpaint a line in place."""
    reach = max(REACH, rule.thickness + 2)
    around = max(AROUND, 2 * reach)
    top = max(0, int(rule.path.min()) - around)
    bottom = min(len(ink), int(rule.path.max()) + around + 1)
    start, stop = max(0, rule.start - 2), min(ink.shape[1], rule.stop + 2)
    path = np.pad(rule.path - top, (rule.start - start, stop - rule.stop), mode="edge")
    ink[top:bottom, start:stop] = inpaint(ink[top:bottom, start:stop], path, reach)


def near_rules(shape: tuple[int, int], across: list[Rule], down: list[Rule]) -> np.ndarray:
    """Return (H, W) bool: where a line was, and just beside it."""
    mask = np.zeros(shape, bool)
    for view, rules in ((mask, across), (mask.T, down)):
        for rule in rules:
            reach = rule.thickness // 2 + 1
            rows = np.clip(rule.path + np.arange(-reach, reach + 1)[:, None], 0, len(view) - 1)
            view[rows, np.arange(rule.start, rule.stop)] = True
    return dilate(mask, 1)


def continue_rules(boxes: np.ndarray, across: list[Rule], down: list[Rule]) -> np.ndarray:
    """Return which components are the rest of a line ruled by hand, (n,) bool.

    Such a line may leave its level, and is followed only until then. boxes: (n, 4) left, top,
    right, bottom of the components.
    """
    rest = np.zeros(len(boxes), bool)
    for rules, turned in ((across, boxes), (down, boxes[:, [1, 0, 3, 2]])):
        left, top, right, bottom = turned.T
        slim = right - left >= SLIM * (bottom - top)
        for rule in rules:
            for end, y in ((rule.start, rule.path[0]), (rule.stop, rule.path[-1])):
                beyond = left < end if end == rule.start else right > end
                meets = (left <= end + STRAY) & (right >= end - STRAY)
                rest |= slim & beyond & meets & (top <= y + STRAY) & (bottom >= y - STRAY)
    return rest

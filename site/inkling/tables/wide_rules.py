"""A straightened page -> all its drawn lines, those of a felt pen among them.

A wide line is as wide as the paper beside it that rules.py compares it with. On a page reduced by
three it is as thin as other lines are on the whole page, so the same search finds it there. A line
that both searches find is taken from the whole page.
"""

import numpy as np

from ..image.filters import min_filter, resize
from .rules import (
    PALEST,
    Look,
    Rule,
    horizontal_rules,
    line_strength,
    marks_of,
    near_rules,
    vertical_rules,
)
from .skew import LEAST_LINE

SCALE = 3  # by which a page is reduced: a line of 20 pixels is then 7 pixels wide
REDUCED = Look(scale=SCALE, shown=0.6, covered=0.9, least=0.5, thickest=8, wide=True)
THINNEST = 2  # pixels of the reduced page: thinner lines are found on the whole page
SOLID = 0.5  # of ink, all around a pixel of the reduced page: what is there is wide
SAME = 4  # pixels between the places at which two searches find one line, at most
EDGE = 4  # pixels beside a wide line: what is found there is its edge
SHARED = 0.5  # of a wide line's length that a thin one has, too, if they are one

Rules = tuple[list[Rule], list[Rule]]  # from left to right, and from top to bottom


def drawn_rules(light: np.ndarray, ink: np.ndarray, marks: np.ndarray, height: float) -> Rules:
    """Return the lines from left to right, from the top, and from top to bottom, from the left.

    light, ink, marks: (H, W) float32, see rules.py. height: of a digit, in pixels.
    """
    thin = horizontal_rules(marks, height), vertical_rules(marks, height)
    found = wide_rules(light, ink, height)
    wide = _others(found[0], thin[0]), _others(found[1], thin[1])
    if not any(wide):
        return thin
    # Wide lines leave no marks, so strokes alone tell the contrast.
    marks = marks_of(light, np.where(near_rules(ink.shape, *wide), 0, ink))
    thin = horizontal_rules(marks, height), vertical_rules(marks, height)
    return _joined(thin[0], found[0]), _joined(thin[1], found[1])


def line_masks(light: np.ndarray, ink: np.ndarray, height: float) -> tuple[np.ndarray, np.ndarray]:
    """Return where lines from left to right may be, and those from top to bottom, (h, w) bool.

    They are those of the reduced page if much of its ink is so wide that it leaves no marks on the
    whole one. light, ink, height: as in `drawn_rules`.
    """
    small_light, small_ink = _reduced(light, ink)
    if np.count_nonzero(min_filter(small_ink, 1) > SOLID) >= LEAST_LINE * max(small_ink.shape):
        light, ink, height = small_light, small_ink, height / SCALE
    marks = marks_of(light, ink)
    across, down = (line_strength(part, height) > PALEST for part in (marks, marks.T))
    return across, down.T


def _reduced(light: np.ndarray, ink: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    small = light.shape[0] // SCALE, light.shape[1] // SCALE
    whole = tuple(slice(side * SCALE) for side in small)
    return resize(light[whole], small), resize(ink[whole], small)


def wide_rules(light: np.ndarray, ink: np.ndarray, height: float) -> Rules:
    """Return the lines that are found on the reduced page, in pixels of the whole one."""
    marks = marks_of(*_reduced(light, ink))
    across = horizontal_rules(marks, height / SCALE, REDUCED)
    down = vertical_rules(marks, height / SCALE, REDUCED)
    across, down = ([_enlarged(its) for its in found if its.thickness >= THINNEST]
                    for found in (across, down))  # fmt: skip
    return across, down


def _enlarged(rule: Rule) -> Rule:
    """Return a line of the reduced page in pixels of the whole one."""
    start, stop, middle = rule.start * SCALE, rule.stop * SCALE, (SCALE - 1) / 2
    places = np.arange(rule.start, rule.stop) * SCALE + middle
    path = np.interp(np.arange(start, stop), places, rule.path * SCALE + middle)
    path = np.rint(path).astype(np.intp)
    return Rule(rule.place * SCALE + middle, start, stop, path, rule.thickness * SCALE)


def _joined(thin: list[Rule], wide: list[Rule]) -> list[Rule]:
    """Return all lines in order, each once."""
    wide = _others(wide, thin)
    thin = [rule for rule in thin if not any(_is_edge(rule, other) for other in wide)]
    return sorted([*thin, *wide], key=lambda rule: rule.place)


def _others(wide: list[Rule], thin: list[Rule]) -> list[Rule]:
    """Return the wide lines that are none of the thin ones."""
    return [rule for rule in wide if not any(_is_same(rule, other) for other in thin)]


def _is_same(wide: Rule, thin: Rule) -> bool:
    near = abs(wide.place - thin.place) <= SAME
    return near and _shared(wide, thin) >= SHARED * (wide.stop - wide.start)


def _is_edge(thin: Rule, wide: Rule) -> bool:
    near = abs(wide.place - thin.place) <= wide.thickness / 2 + EDGE
    return near and _shared(wide, thin) > 0


def _shared(rule: Rule, other: Rule) -> int:
    """Return the length in pixels along which both lines run."""
    return min(rule.stop, other.stop) - max(rule.start, other.start)

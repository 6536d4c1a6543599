"""Pens: their colours, how much of the paper their ink hides, and how a stroke comes out.

A stroke's coverage is (H, W) float32, 0 paper .. 1 ink.
"""

from typing import NamedTuple

import numpy as np

from inkling.glyph import ink_box
from training.chance import Effect, applied, between, clouds, one_of

EDGES = 2.5  # a line has two, and counting pixels finds a slanting one a quarter too long
THIN = 0.075  # of the digit's longer side: a wider stroke is not a biro's
GAP_SIZE = (1.5, 6.0)  # pixels: where the ball slips or the paper is greasy
GAPS = (1.3, 2.2)  # standard deviations of the noise above which there is a gap: 10 % .. 1 %
TWICE = (0.015, 0.05)  # of the picture's longer side: how far the second stroke lies beside
TOOTH = (0.25, 0.6)  # how much of a dry pigment the paper's valleys do not take
TOOTH_SIZE = (1.0, 2.5)  # pixels
FLOW = (0.08, 0.25)  # how much the tone of wet ink varies
FLOW_SIZE = (6.0, 30.0)  # pixels
RAGGED = (0.1, 0.3)  # of a stroke's edge: how far a crayon's or a bleeding pen's edge wanders
LEGIBLE = 0.15  # of white: what has less contrast to its paper, its writer would not see either
ATTEMPTS = 8  # to find a pen that is legible on its paper

Colour = tuple[float, float, float]


class Pen(NamedTuple):
    """colours: red, green, blue, 0 .. 1; opacity: the least and the most; touch: its effects."""

    colours: tuple[Colour, ...]
    opacity: tuple[float, float]
    touch: tuple[tuple[float, Effect], ...]


def with_gaps(coverage: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Strokes broken in a few small places."""
    noise = clouds(coverage.shape, between(GAP_SIZE, random), random)
    return coverage * np.clip((between(GAPS, random) - noise) * 4 + 0.5, 0, 1)


def doubled(coverage: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Gone over a second time, a little beside."""
    far = max(coverage.shape) * between(TWICE, random)
    angle = random.uniform(0, 2 * np.pi)
    shift = round(far * np.sin(angle)), round(far * np.cos(angle))
    return np.maximum(coverage, np.roll(coverage, shift, (0, 1)))


def toothed(coverage: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Pencil, chalk and crayon leave the valleys of the paper bare."""
    valleys = clouds(coverage.shape, between(TOOTH_SIZE, random), random)
    return coverage * (1 - between(TOOTH, random) * np.clip(valleys + 0.5, 0, 1.5) / 1.5)


def flowing(coverage: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Ink pools here and runs dry there."""
    tide = clouds(coverage.shape, between(FLOW_SIZE, random), random)
    return coverage * (1 - between(FLOW, random) * np.clip(tide + 1, 0, 2))


def ragged(coverage: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Edges that wander, as on rough or blotting paper; what is thin stays."""
    soft = (coverage + sum(np.roll(coverage, by, axis) for axis in (0, 1) for by in (1, -1))) / 5
    edge = soft + between(RAGGED, random) * clouds(coverage.shape, 2.5, random)
    return np.clip(edge * 3 - 1, 0, 1) * (soft > 0.02)


BLACKS = ((0.05, 0.05, 0.06), (0.12, 0.12, 0.15), (0.2, 0.19, 0.2))
BLUES = ((0.08, 0.13, 0.5), (0.15, 0.25, 0.65), (0.1, 0.1, 0.35))
GAUDY = ((0.75, 0.1, 0.12), (0.1, 0.45, 0.2), (0.4, 0.1, 0.5), (0.9, 0.35, 0.05))
GREYS = ((0.25, 0.25, 0.27), (0.35, 0.35, 0.36))
BRIGHT = ((0.98, 0.75, 0.1), (0.95, 0.4, 0.65), (0.35, 0.8, 0.35), (0.3, 0.7, 0.95))
LIGHTS = ((0.97, 0.97, 0.95), (0.97, 0.97, 0.95), (0.95, 0.9, 0.5), (0.95, 0.7, 0.75))

BALL_POINT = Pen(BLACKS + BLUES + GAUDY[:2], (0.75, 1.0), ((0.35, with_gaps), (0.3, flowing)))
PENCIL = Pen(GREYS, (0.35, 0.9), ((0.9, toothed), (0.3, flowing), (0.15, with_gaps)))
FOUNTAIN = Pen(BLACKS + BLUES, (0.75, 1.0), ((0.9, flowing), (0.2, ragged)))
FELT_TIP = Pen(BLACKS * 2 + BLUES + GAUDY, (0.8, 1.0), ((0.3, flowing), (0.2, ragged)))
CRAYON = Pen(BLUES + GAUDY, (0.6, 0.95), ((1.0, toothed), (0.7, ragged)))
HIGHLIGHTER = Pen(BRIGHT, (0.75, 1.0), ((0.5, flowing),))
CHALK = Pen(LIGHTS, (0.55, 0.95), ((1.0, toothed), (0.6, ragged)))
PAINT = Pen(LIGHTS, (0.7, 1.0), ((0.4, flowing),))
SOLID = Pen(BLACKS * 2 + BLUES + GAUDY, (1.0, 1.0), ())
SOLID_LIGHT = Pen(LIGHTS + BRIGHT, (0.9, 1.0), ())

THIN_PENS = ((0.5, BALL_POINT), (0.27, PENCIL), (0.13, FOUNTAIN), (0.1, FELT_TIP))
THICK_PENS = ((0.6, FELT_TIP), (0.18, PENCIL), (0.12, CRAYON), (0.1, HIGHLIGHTER))
LIGHT_PENS = ((0.6, CHALK), (0.4, PAINT))
SCREEN_PENS = ((1.0, SOLID),)
SCREEN_LIGHTS = ((1.0, SOLID_LIGHT),)
# Whatever the pen, a writer corrects, and a hand trembles.
ANY = ((0.06, doubled), (0.06, with_gaps))


def paper_pens(coverage: np.ndarray) -> tuple[tuple[float, Pen], ...]:
    """The pens that draw lines as thin or as thick as these on light paper."""
    left, top, right, bottom = ink_box(coverage)
    edges = np.abs(np.diff(coverage, axis=0)).sum() + np.abs(np.diff(coverage, axis=1)).sum()
    width = EDGES * float(coverage.sum() / edges)
    return THIN_PENS if width < THIN * max(right - left, bottom - top) else THICK_PENS


def written(
    sheet: np.ndarray,
    coverage: np.ndarray,
    choices: tuple[tuple[float, Pen], ...],
    random: np.random.Generator,
) -> np.ndarray:
    """The sheet, (H, W, 3) float32, 0 black .. 1 white, with the coverage drawn by some pen."""
    pen, colour, opacity = _legible(sheet[::9, ::9].mean(axis=(0, 1)), choices, random)
    hidden = opacity * applied(ANY + pen.touch, coverage, random)[..., None]
    return sheet + hidden * (colour - sheet)


def _legible(paper: np.ndarray, choices, random) -> tuple[Pen, np.ndarray, float]:
    """A pen that shows on the paper, or the last one tried."""
    for _ in range(ATTEMPTS):
        pen = one_of(choices, random)
        colour = np.array(pen.colours[random.integers(len(pen.colours))], np.float32)
        opacity = between(pen.opacity, random)
        if opacity * abs(lightness(colour) - lightness(paper)) > LEGIBLE:
            break
    return pen, colour, opacity


def lightness(colour: np.ndarray) -> float:
    """Lightness of red, green and blue as Pillow's mode "L" has it (ITU-R BT.601)."""
    return float(colour @ np.array([0.299, 0.587, 0.114], np.float32))

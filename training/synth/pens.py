"""Pens: their colours, the opacity of their ink, and their effects on a stroke.

A stroke's coverage is (H, W) float32, 0 paper .. 1 ink. An effect takes it and a generator and
returns a new one.
"""

from typing import NamedTuple

import numpy as np

from inkling.image.glyph import ink_box
from training.synth.random_effects import (
    Effect,
    apply_effects,
    log_uniform,
    smooth_noise,
    weighted_choice,
)

EDGES = 2.5  # a line has two edges; counting pixels finds a slanting one a quarter too long
THIN = 0.075  # stroke width over the digit's longer side: a wider one is not a biro's
GAP_SIZE = (1.5, 6.0)  # pixels: where the ball slips or the paper is greasy
GAPS = (1.3, 2.2)  # standard deviations of the noise above which there is a gap: 10 % .. 1 %
TWICE = (0.015, 0.05)  # of the picture's longer side: offset of the second stroke
TOOTH = (0.25, 0.6)  # share of a dry pigment that the paper's valleys do not take
TOOTH_SIZE = (1.0, 2.5)  # pixels
FLOW = (0.08, 0.25)  # variation of wet ink's tone
FLOW_SIZE = (6.0, 30.0)  # pixels
RAGGED = (0.1, 0.3)  # coverage by which the edge of a crayon or a bleeding pen varies
LEGIBLE = 0.15  # least contrast to the paper, of white
ATTEMPTS = 8  # to find a pen that is legible on its paper

Colour = tuple[float, float, float]


class Pen(NamedTuple):
    """A kind of pen."""

    colours: tuple[Colour, ...]  # red, green, blue, 0 .. 1
    opacity: tuple[float, float]  # least and most, 0 .. 1
    touch: tuple[tuple[float, Effect], ...]  # (probability, effect on the coverage)


def break_strokes(coverage: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Break strokes in a few small places."""
    noise = smooth_noise(coverage.shape, log_uniform(GAP_SIZE, random), random)
    return coverage * np.clip((log_uniform(GAPS, random) - noise) * 4 + 0.5, 0, 1)


def trace_twice(coverage: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Draw the strokes a second time at a small offset."""
    far = max(coverage.shape) * log_uniform(TWICE, random)
    angle = random.uniform(0, 2 * np.pi)
    shift = round(far * np.sin(angle)), round(far * np.cos(angle))
    return np.maximum(coverage, np.roll(coverage, shift, (0, 1)))


def add_tooth(coverage: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Leave the valleys of the paper bare, as pencil, chalk and crayon do."""
    valleys = smooth_noise(coverage.shape, log_uniform(TOOTH_SIZE, random), random)
    return coverage * (1 - log_uniform(TOOTH, random) * np.clip(valleys + 0.5, 0, 1.5) / 1.5)


def vary_flow(coverage: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Vary the tone smoothly, as ink that pools and runs dry."""
    tide = smooth_noise(coverage.shape, log_uniform(FLOW_SIZE, random), random)
    return coverage * (1 - log_uniform(FLOW, random) * np.clip(tide + 1, 0, 2))


def roughen_edges(coverage: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Make edges irregular, as on rough or blotting paper; thin strokes stay."""
    soft = (coverage + sum(np.roll(coverage, by, axis) for axis in (0, 1) for by in (1, -1))) / 5
    edge = soft + log_uniform(RAGGED, random) * smooth_noise(coverage.shape, 2.5, random)
    return np.clip(edge * 3 - 1, 0, 1) * (soft > 0.02)


BLACKS = ((0.05, 0.05, 0.06), (0.12, 0.12, 0.15), (0.2, 0.19, 0.2))
BLUES = ((0.08, 0.13, 0.5), (0.15, 0.25, 0.65), (0.1, 0.1, 0.35))
GAUDY = ((0.75, 0.1, 0.12), (0.1, 0.45, 0.2), (0.4, 0.1, 0.5), (0.9, 0.35, 0.05))
GREYS = ((0.25, 0.25, 0.27), (0.35, 0.35, 0.36))
BRIGHT = ((0.98, 0.75, 0.1), (0.95, 0.4, 0.65), (0.35, 0.8, 0.35), (0.3, 0.7, 0.95))
LIGHTS = ((0.97, 0.97, 0.95), (0.97, 0.97, 0.95), (0.95, 0.9, 0.5), (0.95, 0.7, 0.75))

BALL_POINT = Pen(BLACKS + BLUES + GAUDY[:2], (0.75, 1.0), ((0.35, break_strokes), (0.3, vary_flow)))
PENCIL = Pen(GREYS, (0.35, 0.9), ((0.9, add_tooth), (0.3, vary_flow), (0.15, break_strokes)))
FOUNTAIN = Pen(BLACKS + BLUES, (0.75, 1.0), ((0.9, vary_flow), (0.2, roughen_edges)))
FELT_TIP = Pen(BLACKS * 2 + BLUES + GAUDY, (0.8, 1.0), ((0.3, vary_flow), (0.2, roughen_edges)))
CRAYON = Pen(BLUES + GAUDY, (0.6, 0.95), ((1.0, add_tooth), (0.7, roughen_edges)))
HIGHLIGHTER = Pen(BRIGHT, (0.75, 1.0), ((0.5, vary_flow),))
CHALK = Pen(LIGHTS, (0.55, 0.95), ((1.0, add_tooth), (0.6, roughen_edges)))
PAINT = Pen(LIGHTS, (0.7, 1.0), ((0.4, vary_flow),))
SOLID = Pen(BLACKS * 2 + BLUES + GAUDY, (1.0, 1.0), ())
SOLID_LIGHT = Pen(LIGHTS + BRIGHT, (0.9, 1.0), ())

THIN_PENS = ((0.5, BALL_POINT), (0.27, PENCIL), (0.13, FOUNTAIN), (0.1, FELT_TIP))
THICK_PENS = ((0.6, FELT_TIP), (0.18, PENCIL), (0.12, CRAYON), (0.1, HIGHLIGHTER))
LIGHT_PENS = ((0.6, CHALK), (0.4, PAINT))
SCREEN_PENS = ((1.0, SOLID),)
SCREEN_LIGHTS = ((1.0, SOLID_LIGHT),)
# Effects of every pen: a writer corrects a stroke, or the hand trembles.
ANY = ((0.06, trace_twice), (0.06, break_strokes))


def paper_pens(coverage: np.ndarray) -> tuple[tuple[float, Pen], ...]:
    """Return the pens for light paper that draw lines as thin or as thick as these."""
    left, top, right, bottom = ink_box(coverage)
    edges = np.abs(np.diff(coverage, axis=0)).sum() + np.abs(np.diff(coverage, axis=1)).sum()
    width = EDGES * float(coverage.sum() / edges)
    return THIN_PENS if width < THIN * max(right - left, bottom - top) else THICK_PENS


def write_on_sheet(
    sheet: np.ndarray,
    coverage: np.ndarray,
    choices: tuple[tuple[float, Pen], ...],
    random: np.random.Generator,
) -> np.ndarray:
    """Draw the coverage on a sheet, (H, W, 3) float32, 0 black .. 1 white, with a random pen.

    choices: (weight, pen). The pen is legible on the sheet if one of ATTEMPTS is.
    """
    pen, colour, opacity = _legible_pen(sheet[::9, ::9].mean(axis=(0, 1)), choices, random)
    hidden = opacity * apply_effects(ANY + pen.touch, coverage, random)[..., None]
    return sheet + hidden * (colour - sheet)


def _legible_pen(paper: np.ndarray, choices, random) -> tuple[Pen, np.ndarray, float]:
    """Return a pen, colour and opacity legible on the paper, or the last ones tried."""
    for _ in range(ATTEMPTS):
        pen = weighted_choice(choices, random)
        colour = np.array(pen.colours[random.integers(len(pen.colours))], np.float32)
        opacity = log_uniform(pen.opacity, random)
        if opacity * abs(lightness(colour) - lightness(paper)) > LEGIBLE:
            break
    return pen, colour, opacity


def lightness(colour: np.ndarray) -> float:
    """Return the lightness of (red, green, blue), 0 .. 1, as Pillow's mode "L" (ITU-R BT.601)."""
    return float(colour @ np.array([0.299, 0.587, 0.114], np.float32))

"""Writing surfaces: paper of many tones, boards and screens, with grain, folds and printed lines.

A sheet is (H, W, 3) float32: red, green, blue, 0 black .. 1 white. An effect takes a sheet and a
generator and returns a new sheet.
"""

import math
from typing import NamedTuple

import numpy as np

from training.synth.random_effects import (
    Effect,
    apply_effects,
    log_uniform,
    rotated_axes,
    smooth_noise,
)

GRAIN = (0.003, 0.015)  # of white, at each scale: smooth office paper to rough recycled
GRAIN_SIZES = (1.0, 3.0, 12.0)  # pixels
GRAINY = 0.6  # probability of each scale
SPECKS = (0.05, 0.25)  # loss of lightness in a fibre of recycled paper
SPECK_SIZE = 1.6  # pixels
FEW = 2.4  # standard deviations of noise beyond which there is a fibre
FOLD = (0.015, 0.06)  # gain or loss of lightness beside a crease
FOLD_WIDTH = (0.02, 0.15)  # half sides
RULED = (0.25, 0.9)  # half sides from line to line
SQUARED = (0.12, 0.45)  # half sides from line to line
LINE = (0.1, 0.4)  # opacity of a printed line: faint, as it should not disturb
LINE_WIDTH = (0.8, 1.6)  # pixels
TILT = 0.05  # standard deviation, radians, between the lines and the picture's edges
LINE_COLOURS = ((0.45, 0.55, 0.75), (0.5, 0.5, 0.5), (0.55, 0.65, 0.85), (0.75, 0.45, 0.5))
MARGIN_COLOUR = (0.85, 0.35, 0.4)
MARGIN = 0.3  # share of ruled sheets with a margin line
ALONE = 1.9  # half sides between margin lines, so that only one is in the picture
TABLE = (0.05, 0.12)  # half sides of table beside the paper
TABLE_TONES = (0.1, 0.6)
SHARP = 80  # transitions from paper to table in half a side: an edge of about a pixel
DUST = (0.01, 0.04)  # of white: left on a board by the sponge
DUST_SIZES = (5, 20)  # pixels

Colour = tuple[float, float, float]


class Surface(NamedTuple):
    """A kind of paper, board or screen."""

    ends: tuple[Colour, Colour]  # its colour lies between these two
    marks: tuple[tuple[float, Effect], ...]  # (probability, effect on the sheet)
    light_ink: bool = False  # it is dark, and written on with light ink

    def sheet(self, shape: tuple[int, int], random: np.random.Generator) -> np.ndarray:
        """Return an empty sheet of it, (H, W, 3) float32."""
        low, high = np.array(self.ends, np.float32)
        colour = low + np.float32(random.random()) * (high - low)
        return apply_effects(self.marks, np.broadcast_to(colour, (*shape, 3)), random)


def add_grain(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Add the paper's grain at several scales."""
    grain = np.zeros(sheet.shape[:2], np.float32)
    for size in GRAIN_SIZES:
        if random.random() < GRAINY:
            grain = grain + log_uniform(GRAIN, random) * smooth_noise(grain.shape, size, random)
    return sheet + grain[..., None]


def add_fibres(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Add a few short dark fibres."""
    fibres = (smooth_noise(sheet.shape, SPECK_SIZE, random) > FEW).astype(np.float32)
    return sheet * (1 - log_uniform(SPECKS, random) * fibres)[..., None]


def add_crease(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Add a crease: one side is turned to the light, the other away from it."""
    across, _ = rotated_axes(sheet.shape, random)
    far = across - random.uniform(-0.8, 0.8)
    crease = np.sign(far) * np.exp(-np.abs(far) / log_uniform(FOLD_WIDTH, random))
    return sheet * (1 + log_uniform(FOLD, random) * crease)[..., None]


def rule_lines(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Print horizontal lines, and sometimes the red line of a margin."""
    tilt, colour = random.normal(0, TILT), _line_colour(random)
    sheet = _draw_lines(sheet, tilt, log_uniform(RULED, random), colour, random)
    if random.random() < MARGIN:
        sheet = _draw_lines(sheet, tilt + math.pi / 2, ALONE, np.float32(MARGIN_COLOUR), random)
    return sheet


def rule_squares(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Print the squares of graph paper."""
    tilt, colour, apart = random.normal(0, TILT), _line_colour(random), log_uniform(SQUARED, random)
    for angle in (tilt, tilt + math.pi / 2):
        sheet = _draw_lines(sheet, angle, apart, colour, random)
    return sheet


def show_table(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Let the table show beside one edge of the paper."""
    across, _ = rotated_axes(sheet.shape, random)
    bare = np.clip((across - across.max() + log_uniform(TABLE, random)) * SHARP, 0, 1)[..., None]
    return sheet + bare * (random.uniform(*TABLE_TONES, 3).astype(np.float32) - sheet)


def add_dust(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Add the chalk dust of a wiped board."""
    dust = sum(smooth_noise(sheet.shape, size, random) for size in DUST_SIZES)
    return sheet + (log_uniform(DUST, random) * np.clip(dust + 1, 0, 3))[..., None]


def _line_colour(random: np.random.Generator) -> np.ndarray:
    return np.float32(LINE_COLOURS[random.integers(len(LINE_COLOURS))])


def _draw_lines(
    sheet: np.ndarray, angle: float, apart: float, colour: np.ndarray, random
) -> np.ndarray:
    """Draw parallel lines. angle: radians, 0 for horizontal. apart: half sides between two."""
    height, width = sheet.shape[:2]
    step = apart * max(height, width) / 2
    y, x = np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)
    count = y * (math.cos(angle) / step) + x * (math.sin(angle) / step) + random.random()
    far = np.abs(count - np.rint(count)) * step
    line = np.clip(log_uniform(LINE_WIDTH, random) / 2 + 0.5 - far, 0, 1)
    return sheet + (log_uniform(LINE, random) * line)[..., None] * (colour - sheet)


PAPER = (
    (0.9, add_grain),
    (0.12, add_crease),
    (0.16, rule_lines),
    (0.1, rule_squares),
    (0.05, show_table),
)
WHITE = Surface(((0.88, 0.88, 0.87), (1.0, 1.0, 1.0)), PAPER)
CREAM = Surface(((0.9, 0.85, 0.72), (0.97, 0.94, 0.86)), PAPER)
RECYCLED = Surface(((0.68, 0.67, 0.64), (0.85, 0.83, 0.8)), ((0.5, add_fibres), *PAPER))
STICKY = Surface(((0.95, 0.85, 0.35), (1.0, 0.95, 0.6)), ((0.6, add_grain), (0.2, add_crease)))
KRAFT = Surface(((0.6, 0.45, 0.3), (0.78, 0.64, 0.47)), ((0.7, add_fibres), (1.0, add_grain)))
WHITEBOARD = Surface(((0.86, 0.88, 0.9), (0.96, 0.97, 0.97)), ((0.3, add_dust),))
BLACKBOARD = Surface(
    ((0.1, 0.22, 0.17), (0.13, 0.13, 0.14)), ((0.8, add_dust), (0.5, add_grain)), True
)
CARD = Surface(((0.08, 0.08, 0.1), (0.2, 0.17, 0.3)), ((0.9, add_grain), (0.1, add_crease)), True)
PAGE = Surface(((0.93, 0.93, 0.93), (1.0, 1.0, 1.0)), ((0.08, rule_squares), (0.05, rule_lines)))
DARK_PAGE = Surface(((0.0, 0.0, 0.0), (0.16, 0.17, 0.2)), (), True)

DESK = (
    (0.42, WHITE),
    (0.16, CREAM),
    (0.14, RECYCLED),
    (0.06, STICKY),
    (0.06, KRAFT),
    (0.05, WHITEBOARD),
    (0.06, BLACKBOARD),
    (0.05, CARD),
)
FLATBED = ((0.7, WHITE), (0.15, CREAM), (0.15, RECYCLED))
SCREEN = ((0.6, PAGE), (0.4, DARK_PAGE))

"""What people write on: paper of many tones, boards and screens; grain, folds, printed lines.

A sheet is (H, W, 3) float32, red, green, blue, 0 black .. 1 white.
"""

import math
from typing import NamedTuple

import numpy as np

from training.chance import Effect, applied, between, clouds, places

GRAIN = (0.003, 0.015)  # of white, at each scale: smooth office paper to rough recycled
GRAIN_SIZES = (1.0, 3.0, 12.0)  # pixels
GRAINY = 0.6  # how often paper has each of these scales
SPECKS = (0.05, 0.25)  # how much darker a fibre of recycled paper is
SPECK_SIZE, FEW = 1.6, 2.4  # pixels; standard deviations of the noise beyond which is a fibre
FOLD = (0.015, 0.06)  # how much brighter or darker a crease's sides are
FOLD_WIDTH = (0.02, 0.15)  # in half sides
RULED = (0.25, 0.9)  # half sides from line to line
SQUARED = (0.12, 0.45)
LINE = (0.1, 0.4)  # how much of the paper a printed line hides: it is made not to disturb
LINE_WIDTH = (0.8, 1.6)  # pixels
TILT = 0.05  # standard deviation, radians, between the lines and the picture's edges
LINE_COLOURS = ((0.45, 0.55, 0.75), (0.5, 0.5, 0.5), (0.55, 0.65, 0.85), (0.75, 0.45, 0.5))
MARGIN_COLOUR = (0.85, 0.35, 0.4)
MARGIN = 0.3  # share of ruled sheets of which the margin line shows
ALONE = 1.9  # half sides between margin lines, so that only one is in the picture
TABLE = (0.05, 0.12)  # half sides: how far the table shows beside the paper
TABLE_TONES = (0.1, 0.6)
SHARP = 80  # levels of paper to table in half a side: an edge of a pixel
DUST = (0.01, 0.04)  # of white: what the sponge leaves on a board
DUST_SIZES = (5, 20)  # pixels

Colour = tuple[float, float, float]


class Surface(NamedTuple):
    """ends: its colour lies between these two; marks: its effects; light_ink: what it is for."""

    ends: tuple[Colour, Colour]
    marks: tuple[tuple[float, Effect], ...]
    light_ink: bool = False

    def sheet(self, shape: tuple[int, int], random: np.random.Generator) -> np.ndarray:
        """A sheet of it, empty, (H, W, 3) float32."""
        low, high = np.array(self.ends, np.float32)
        colour = low + np.float32(random.random()) * (high - low)
        return applied(self.marks, np.broadcast_to(colour, (*shape, 3)), random)


def grained(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Unevenness of the paper at several scales."""
    grain = np.zeros(sheet.shape[:2], np.float32)
    for size in GRAIN_SIZES:
        if random.random() < GRAINY:
            grain = grain + between(GRAIN, random) * clouds(grain.shape, size, random)
    return sheet + grain[..., None]


def speckled(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Fibres and dust, short and few."""
    fibres = (clouds(sheet.shape, SPECK_SIZE, random) > FEW).astype(np.float32)
    return sheet * (1 - between(SPECKS, random) * fibres)[..., None]


def folded(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A crease: one side turns to the light, the other from it."""
    across, _ = places(sheet.shape, random)
    far = across - random.uniform(-0.8, 0.8)
    crease = np.sign(far) * np.exp(-np.abs(far) / between(FOLD_WIDTH, random))
    return sheet * (1 + between(FOLD, random) * crease)[..., None]


def ruled(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Horizontal lines, and sometimes the red line of a margin."""
    tilt, colour = random.normal(0, TILT), _line_colour(random)
    sheet = _lined(sheet, tilt, between(RULED, random), colour, random)
    if random.random() < MARGIN:
        sheet = _lined(sheet, tilt + math.pi / 2, ALONE, np.float32(MARGIN_COLOUR), random)
    return sheet


def squared(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Graph paper."""
    tilt, colour, apart = random.normal(0, TILT), _line_colour(random), between(SQUARED, random)
    for angle in (tilt, tilt + math.pi / 2):
        sheet = _lined(sheet, angle, apart, colour, random)
    return sheet


def on_a_table(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """The paper ends shortly before the picture does, and what it lies on shows."""
    across, _ = places(sheet.shape, random)
    bare = np.clip((across - across.max() + between(TABLE, random)) * SHARP, 0, 1)[..., None]
    return sheet + bare * (random.uniform(*TABLE_TONES, 3).astype(np.float32) - sheet)


def dusty(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A board that has been wiped."""
    dust = sum(clouds(sheet.shape, size, random) for size in DUST_SIZES)
    return sheet + (between(DUST, random) * np.clip(dust + 1, 0, 3))[..., None]


def _line_colour(random: np.random.Generator) -> np.ndarray:
    return np.float32(LINE_COLOURS[random.integers(len(LINE_COLOURS))])


def _lined(sheet: np.ndarray, angle: float, apart: float, colour: np.ndarray, random) -> np.ndarray:
    """Parallel lines, `apart` half sides from each other; angle: 0 for horizontal ones."""
    height, width = sheet.shape[:2]
    step = apart * max(height, width) / 2
    y, x = np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)
    count = y * (math.cos(angle) / step) + x * (math.sin(angle) / step) + random.random()
    far = np.abs(count - np.rint(count)) * step
    line = np.clip(between(LINE_WIDTH, random) / 2 + 0.5 - far, 0, 1)
    return sheet + (between(LINE, random) * line)[..., None] * (colour - sheet)


PAPER = ((0.9, grained), (0.12, folded), (0.16, ruled), (0.1, squared), (0.05, on_a_table))
WHITE = Surface(((0.88, 0.88, 0.87), (1.0, 1.0, 1.0)), PAPER)
CREAM = Surface(((0.9, 0.85, 0.72), (0.97, 0.94, 0.86)), PAPER)
RECYCLED = Surface(((0.68, 0.67, 0.64), (0.85, 0.83, 0.8)), ((0.5, speckled), *PAPER))
STICKY = Surface(((0.95, 0.85, 0.35), (1.0, 0.95, 0.6)), ((0.6, grained), (0.2, folded)))
KRAFT = Surface(((0.6, 0.45, 0.3), (0.78, 0.64, 0.47)), ((0.7, speckled), (1.0, grained)))
WHITEBOARD = Surface(((0.86, 0.88, 0.9), (0.96, 0.97, 0.97)), ((0.3, dusty),))
BLACKBOARD = Surface(((0.1, 0.22, 0.17), (0.13, 0.13, 0.14)), ((0.8, dusty), (0.5, grained)), True)
CARD = Surface(((0.08, 0.08, 0.1), (0.2, 0.17, 0.3)), ((0.9, grained), (0.1, folded)), True)
PAGE = Surface(((0.93, 0.93, 0.93), (1.0, 1.0, 1.0)), ((0.08, squared), (0.05, ruled)))
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

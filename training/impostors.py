"""Pictures that are not digits and that need no data: what a reader has to keep silent about.

They are drawn on the canvas with the brush that digits are drawn with, and share nothing with
what the network was shown in training.
"""

import math
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageFilter

from training import canvas
from training.canvas import BRUSH, SIDE, WHITE_INK

SPREAD = (0.25, 0.8)  # of the canvas's side: how far a cross or a dash reaches
WIDE = (0.5, 0.95)  # and a scribble: smaller ones are blots
TURNS = (12, 45)  # points that a scribble's line passes through: fewer might be a digit's
SMOOTH = 12  # points drawn between two of them
DOTS = (1, 6)
LEAN = math.radians(12)  # of a dash
ARMS = math.radians(35)  # between the arms of a cross and the right angle, at most
GRAIN = (0, 12)  # pixels: from single specks to clouds


def picture(kind: str, seed: int) -> Image.Image:
    """One picture of a kind in KINDS; mode "L", as large as a canvas, seeded."""
    random = np.random.default_rng(seed)
    drawn = KINDS[kind](random)
    return drawn if random.random() < WHITE_INK else drawn.point(lambda value: 255 - value)


def _blank(random: np.random.Generator) -> Image.Image:
    """Paper of any tone and nothing on it."""
    return Image.new("L", (SIDE, SIDE), int(random.integers(0, 256)))


def _scribbles(random: np.random.Generator) -> Image.Image:
    """One long smooth line to and fro."""
    turns = random.uniform(-1, 1, (int(random.integers(*TURNS)), 2))
    at = np.linspace(0, len(turns) - 1, len(turns) * SMOOTH)
    knots = np.arange(len(turns))
    line = np.stack([np.interp(at, knots, turns[:, axis]) for axis in (0, 1)], axis=1)
    box = np.ones(SMOOTH) / SMOOTH
    rounded = np.stack([np.convolve(line[:, axis], box, "valid") for axis in (0, 1)], axis=1)
    return _placed([rounded], random, WIDE)


def _dots(random: np.random.Generator) -> Image.Image:
    """A few taps of the pen."""
    brush = random.uniform(*BRUSH)
    taps = random.uniform(brush, SIDE - brush, (int(random.integers(*DOTS, endpoint=True)), 2))
    return canvas.inked([tap[None] for tap in taps], brush)


def _crosses(random: np.random.Generator) -> Image.Image:
    """Two lines across each other: +, x and all between, none of them bent."""
    first = random.uniform(0, math.pi)
    second = first + math.pi / 2 + random.uniform(-ARMS, ARMS)
    directions = [np.array([math.cos(angle), math.sin(angle)]) for angle in (first, second)]
    return _placed([np.stack([-arm, arm]) * random.uniform(0.7, 1) for arm in directions], random)


def _dashes(random: np.random.Generator) -> Image.Image:
    """A level line."""
    angle = random.uniform(-LEAN, LEAN)
    arm = np.array([math.cos(angle), math.sin(angle)])
    return _placed([np.stack([-arm, arm])], random)


def _noise(random: np.random.Generator) -> Image.Image:
    """No line at all: specks or clouds of any grain."""
    values = random.integers(0, 256, (SIDE, SIDE)).astype(np.uint8)
    grain = Image.fromarray(values).filter(ImageFilter.GaussianBlur(random.uniform(*GRAIN)))
    levels = np.asarray(grain, float)
    stretched = (levels - levels.min()) / max(float(np.ptp(levels)), 1)
    return Image.fromarray((stretched * 255).astype(np.uint8))


def _placed(
    lines: list[np.ndarray], random: np.random.Generator, spread: tuple[float, float] = SPREAD
) -> Image.Image:
    """Lines around the origin, 1 long at most, drawn anywhere on the canvas and of any size."""
    brush, reach = random.uniform(*BRUSH), random.uniform(*spread) * SIDE / 2
    room = SIDE / 2 - reach - brush
    middle = SIDE / 2 + random.uniform(-1, 1, 2) * max(room, 0)
    return canvas.inked([line * (reach - brush / 2) + middle for line in lines], brush)


KINDS: dict[str, Callable[[np.random.Generator], Image.Image]] = {
    "blank": _blank,
    "scribbles": _scribbles,
    "dots": _dots,
    "crosses": _crosses,
    "dashes": _dashes,
    "noise": _noise,
}

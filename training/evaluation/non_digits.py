"""Draw pictures without a digit, which the reader should reject.

They use the canvas and the brush of the digits that are evaluated, and no code of the training
pictures. They need no data.
"""

import math
from collections.abc import Callable
from functools import partial

import numpy as np
from PIL import Image, ImageFilter

from training.evaluation import canvas
from training.evaluation.canvas import BRUSH, SIDE, WHITE_INK

SPREAD = (0.25, 0.8)  # size of a cross or a dash, of the canvas's side
WIDE = (0.5, 0.95)  # size of a scribble: a smaller one is a blot
TURNS = (12, 45)  # points that a scribble's line passes through: fewer might be a digit
SMOOTH = 12  # points drawn between two of them
DOTS = (1, 6)
LEAN = math.radians(12)  # of a dash, at most
ARMS = math.radians(35)  # between a cross's angle and a right angle, at most
GRAIN = (0, 12)  # pixels of blur: from single specks to clouds

Drawn = tuple[list[np.ndarray], float]  # strokes, and the brush


def picture(kind: str, seed: int) -> Image.Image:
    """Draw one picture of a kind in KINDS; mode "L", SIDE square."""
    random = np.random.default_rng(seed)
    drawn = KINDS[kind](random)
    return drawn if random.random() < WHITE_INK else drawn.point(lambda value: 255 - value)


def _blank(random: np.random.Generator) -> Image.Image:
    """Return empty paper of any tone."""
    return Image.new("L", (SIDE, SIDE), int(random.integers(0, 256)))


def strokes(kind: str, seed: int) -> tuple[list[np.ndarray], float]:
    """Return the strokes, (n, 2) each in pixels, and the brush of a picture of a kind in PENNED."""
    return PENNED[kind](np.random.default_rng(seed))


def _scribbles(random: np.random.Generator) -> Drawn:
    """Draw one long smooth line through random points."""
    turns = random.uniform(-1, 1, (int(random.integers(*TURNS)), 2))
    at = np.linspace(0, len(turns) - 1, len(turns) * SMOOTH)
    knots = np.arange(len(turns))
    line = np.stack([np.interp(at, knots, turns[:, axis]) for axis in (0, 1)], axis=1)
    box = np.ones(SMOOTH) / SMOOTH
    rounded = np.stack([np.convolve(line[:, axis], box, "valid") for axis in (0, 1)], axis=1)
    return _placed([rounded], random, WIDE)


def _dots(random: np.random.Generator) -> Drawn:
    """Draw a few taps of the pen."""
    brush = random.uniform(*BRUSH)
    taps = random.uniform(brush, SIDE - brush, (int(random.integers(*DOTS, endpoint=True)), 2))
    return [tap[None] for tap in taps], brush


def _crosses(random: np.random.Generator) -> Drawn:
    """Draw two straight lines across each other: +, x and all between."""
    first = random.uniform(0, math.pi)
    second = first + math.pi / 2 + random.uniform(-ARMS, ARMS)
    directions = [np.array([math.cos(angle), math.sin(angle)]) for angle in (first, second)]
    return _placed([np.stack([-arm, arm]) * random.uniform(0.7, 1) for arm in directions], random)


def _dashes(random: np.random.Generator) -> Drawn:
    """Draw a nearly horizontal line."""
    angle = random.uniform(-LEAN, LEAN)
    arm = np.array([math.cos(angle), math.sin(angle)])
    return _placed([np.stack([-arm, arm])], random)


def _noise(random: np.random.Generator) -> Image.Image:
    """Draw noise of any grain, from specks to clouds."""
    values = random.integers(0, 256, (SIDE, SIDE)).astype(np.uint8)
    grain = Image.fromarray(values).filter(ImageFilter.GaussianBlur(random.uniform(*GRAIN)))
    levels = np.asarray(grain, float)
    stretched = (levels - levels.min()) / max(float(np.ptp(levels)), 1)
    return Image.fromarray((stretched * 255).astype(np.uint8))


def _placed(
    lines: list[np.ndarray], random: np.random.Generator, spread: tuple[float, float] = SPREAD
) -> Drawn:
    """Place lines, at most 1 from the origin, anywhere on the canvas and of any size."""
    brush, reach = random.uniform(*BRUSH), random.uniform(*spread) * SIDE / 2
    room = SIDE / 2 - reach - brush
    middle = SIDE / 2 + random.uniform(-1, 1, 2) * max(room, 0)
    return [line * (reach - brush / 2) + middle for line in lines], brush


def _drawn(draw: Callable[[np.random.Generator], Drawn], random: np.random.Generator):
    return canvas.draw_strokes(*draw(random))


PENNED: dict[str, Callable[[np.random.Generator], Drawn]] = {
    "scribbles": _scribbles,
    "dots": _dots,
    "crosses": _crosses,
    "dashes": _dashes,
}
KINDS: dict[str, Callable[[np.random.Generator], Image.Image]] = {
    "blank": _blank,
    **{kind: partial(_drawn, draw) for kind, draw in PENNED.items()},
    "noise": _noise,
}

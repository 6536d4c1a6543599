"""Whole numbers as pictures: as they were written, and composed of single digits of one writer.

A composed number's digits stand on one line, of nearly one height, with a gap between them that
may be negative: then they overlap, and mostly touch.
"""

import random
from collections.abc import Callable
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from training.canvas import BRUSH, WHITE_INK, inked

CANVAS = (560, 280)  # pixels; wider for longer numbers
LONG = 4  # digits from which a number is long
WIDER = 1.5  # times CANVAS
HEIGHT = (0.45, 0.7)  # of the canvas's height: a digit's, brush included
EVEN = (0.88, 1.1)  # of that: how even a writer's digits are
LEVEL = 0.06  # of a digit's height: how far it rises or falls
FULL = 0.94  # of the canvas: longer numbers are written smaller
FILLED = (0.6, 0.92)  # of the canvas's width: a number that was written as a whole
PROPORTION = 0.16  # of a number's height: the pen is no wider
LENGTHS = (2, 6)  # digits of a number
PAIR = (2, 2)
SPACED = (0.06, 0.35)  # of a digit's height: clearly apart
TOUCHING = (-0.1, 0.0)
OVERLAPPING = (-0.1, 0.06)  # some touch, some hardly do not
FEWEST = 8  # samples that a writer must have


def _minus(chance: np.random.Generator) -> np.ndarray:
    level, wide = chance.uniform(0.4, 0.6), chance.uniform(0.2, 0.6)
    return np.array([(0, level), (wide, level + chance.uniform(-0.05, 0.05))])


def _point(chance: np.random.Generator) -> np.ndarray:
    return np.full((1, 2), (0, chance.uniform(0.85, 1.0)))


def _comma(chance: np.random.Generator) -> np.ndarray:
    return np.array([(0.1, 0.9), (chance.uniform(0, 0.1), chance.uniform(1.05, 1.25))])


# One stroke, (n, 2) as (x, y), y down, in heights of a digit, the digits' top at 0.
SIGNS = {"minus": _minus, "point": _point, "comma": _comma}


class Number(NamedTuple):
    """text: its digits. writer: who wrote it. picture: returns the picture; can be pickled."""

    text: str
    writer: str
    picture: Callable[[], Any]


def as_written(rows: list[dict], count: int) -> list[Number]:
    """Numbers written as a whole, their own layout kept; the first `count` of a seeded shuffle."""
    shuffled = list(rows)
    random.Random(0).shuffle(shuffled)
    return [
        Number(row["label"], row["writer"], partial(whole, row["strokes"], seed))
        for seed, row in enumerate(shuffled[:count])
    ]


def composed(
    rows: list[dict],
    count: int,
    gap: tuple[float, float],
    lengths: tuple[int, int] = LENGTHS,
    seed: int = 0,
    signs: float = 0.0,
    even: tuple[float, float] = EVEN,
) -> list[Number]:
    """Numbers of so many digits, the least and the most, each of one writer's single digits.

    rows: trajectories of digits. gap: the least and the most, of a digit's height. signs: the share
    of numbers with a sign, which is not part of their text. even: heights, as EVEN has them.
    """
    order = sorted(rows, key=itemgetter("writer"))
    writers = [list(own) for _, own in groupby(order, key=itemgetter("writer"))]
    writers = [own for own in writers if len(own) >= FEWEST]
    chance = random.Random(seed)
    numbers = []
    for place in range(count):
        own = chance.choice(writers)
        digits = [chance.choice(own) for _ in range(chance.randint(*lengths))]
        text = "".join(digit["label"] for digit in digits)
        strokes = [digit["strokes"] for digit in digits]
        sign = chance.choice(list(SIGNS)) if chance.random() < signs else None
        draw = partial(side_by_side, strokes, gap, (seed, place), sign, even)
        numbers.append(Number(text, own[0]["writer"], draw))
    return numbers


def whole(strokes: list, seed) -> Image.Image:
    """One number's strokes on a canvas, mode "L", seeded."""
    chance = np.random.default_rng(seed)
    width, height = CANVAS
    strokes, size = _cornered(strokes)
    brush = chance.uniform(*BRUSH)
    filled = chance.uniform(*FILLED)
    scale = min((filled * width - brush) / size[0], (0.8 * height - brush) / size[1])
    brush = max(2.0, min(brush, PROPORTION * size[1] * scale))
    room = np.array(CANVAS) - size * scale - brush
    place = brush / 2 + room * chance.random(2)
    return _finished([stroke * scale + place for stroke in strokes], brush, CANVAS, chance)


def side_by_side(
    digits: list,
    gap: tuple[float, float],
    seed,
    sign: str | None = None,
    even: tuple[float, float] = EVEN,
) -> Image.Image:
    """Several digits' strokes as one number on a canvas, mode "L", seeded.

    sign: one of SIGNS, in its place; never nearer to the digits than SPACED. even: of the number's
    height, the least and the most of a digit's.
    """
    chance = np.random.default_rng(seed)
    width = round(CANVAS[0] * (WIDER if len(digits) >= LONG else 1))
    brush, tall = chance.uniform(*BRUSH), chance.uniform(*HEIGHT) * CANVAS[1]
    placed, edge = [], 0.0
    marked = -1 if sign is None else 0 if sign == "minus" else chance.integers(len(digits))
    for place, digit in enumerate(digits):
        if place == marked:
            stroke = SIGNS[sign](chance) * tall + (edge + chance.uniform(*SPACED) * tall, 0)
            placed.append(stroke)
            edge = stroke[:, 0].max() + brush + chance.uniform(*SPACED) * tall
        strokes, size = _cornered(digit)
        high = tall * chance.uniform(*even)
        scale = min((high - brush) / size[1], 1.15 * (high - brush) / size[0])
        rise = (tall - size[1] * scale - brush) / 2 + chance.uniform(-LEVEL, LEVEL) * tall
        placed += [stroke * scale + (edge, rise) for stroke in strokes]
        edge += size[0] * scale + brush + chance.uniform(*gap) * tall
    strokes, size = _cornered(placed)
    scale = min(1.0, (FULL * width - brush) / size[0])
    brush *= max(scale, 0.6)
    room = np.maximum(np.array([width, CANVAS[1]]) - size * scale - brush, 0)
    place = brush / 2 + room * chance.random(2)
    moved = [stroke * scale + place for stroke in strokes]
    return _finished(moved, brush, (width, CANVAS[1]), chance)


def _cornered(strokes: list) -> tuple[list[np.ndarray], np.ndarray]:
    """The strokes with their box's corner at 0, and the box's size (width, height)."""
    points = [np.asarray(stroke, float) for stroke in strokes if len(stroke)]
    low = np.min([stroke.min(axis=0) for stroke in points], axis=0)
    high = np.max([stroke.max(axis=0) for stroke in points], axis=0)
    return [stroke - low for stroke in points], np.maximum(high - low, 1e-6)


def _finished(strokes, brush: float, size, chance: np.random.Generator) -> Image.Image:
    ink = inked(strokes, brush, size)
    return ink if chance.random() < WHITE_INK else ink.point(lambda value: 255 - value)

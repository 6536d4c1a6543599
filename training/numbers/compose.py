"""Draw whole numbers: as they were written, and composed of one writer's single digits.

A composed number's digits stand on one line and have nearly one height. The gap between them may be
negative: then they overlap, and mostly touch.
"""

from collections.abc import Callable
from functools import partial
from itertools import groupby
from operator import itemgetter
from random import Random
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from training.evaluation.canvas import BRUSH, WHITE_INK, draw_strokes

CANVAS = (560, 280)  # pixels; wider for longer numbers
LONG = 4  # digits from which a number is long
WIDER = 1.5  # width of a long number's canvas over CANVAS's
HEIGHT = (0.45, 0.7)  # digit height, brush included, over the canvas's
EVEN = (0.88, 1.1)  # each digit's height over the number's
LEVEL = 0.06  # digit heights by which a digit rises or falls
FULL = 0.94  # of the canvas's width, at most; longer numbers are written smaller
FILLED = (0.6, 0.92)  # of the canvas's width, for a number that was written as a whole
MAX_BRUSH = 0.16  # of the height of a number that was written as a whole
LENGTHS = (2, 6)  # digits of a number
PAIR = (2, 2)
# Gaps between neighbours, in digit heights.
SPACED = (0.06, 0.35)
TOUCHING = (-0.1, 0.0)
OVERLAPPING = (-0.1, 0.06)  # from touching to barely apart
MIN_SAMPLES = 8  # of a writer


def _minus(random: np.random.Generator) -> np.ndarray:
    level, wide = random.uniform(0.4, 0.6), random.uniform(0.2, 0.6)
    return np.array([(0, level), (wide, level + random.uniform(-0.05, 0.05))])


def _point(random: np.random.Generator) -> np.ndarray:
    return np.full((1, 2), (0, random.uniform(0.85, 1.0)))


def _comma(random: np.random.Generator) -> np.ndarray:
    return np.array([(0.1, 0.9), (random.uniform(0, 0.1), random.uniform(1.05, 1.25))])


# Each returns one stroke, (n, 2) as (x, y), y down, in digit heights from the digits' top.
SIGNS = {"minus": _minus, "point": _point, "comma": _comma}


class Number(NamedTuple):
    """A labelled picture of a number."""

    text: str  # its digits; empty if there is no number
    writer: str | None
    picture: Callable[[], Any]  # returns the picture; can be pickled


def as_written(rows: list[dict], count: int) -> list[Number]:
    """Draw numbers in the layout they were written in: the first `count` of a seeded shuffle."""
    shuffled = list(rows)
    Random(0).shuffle(shuffled)
    return [
        Number(row["label"], row["writer"], partial(draw_number, row["strokes"], seed))
        for seed, row in enumerate(shuffled[:count])
    ]


def compose(
    rows: list[dict],
    count: int,
    gap: tuple[float, float],
    lengths: tuple[int, int] = LENGTHS,
    seed: int = 0,
    signs: float = 0.0,
    even: tuple[float, float] = EVEN,
) -> list[Number]:
    """Compose `count` numbers, each of one writer's single digits.

    rows: samples of digits. gap: range of gaps, in digit heights. lengths: range of digit counts.
    signs: share of numbers with a sign, which is not part of their text. even: see EVEN.
    """
    order = sorted(rows, key=itemgetter("writer"))
    writers = [list(own) for _, own in groupby(order, key=itemgetter("writer"))]
    writers = [own for own in writers if len(own) >= MIN_SAMPLES]
    random = Random(seed)
    numbers = []
    for place in range(count):
        own = random.choice(writers)
        digits = [random.choice(own) for _ in range(random.randint(*lengths))]
        text = "".join(digit["label"] for digit in digits)
        strokes = [digit["strokes"] for digit in digits]
        sign = random.choice(list(SIGNS)) if random.random() < signs else None
        draw = partial(draw_side_by_side, strokes, gap, (seed, place), sign, even)
        numbers.append(Number(text, own[0]["writer"], draw))
    return numbers


def draw_number(strokes: list, seed) -> Image.Image:
    """Draw a number's strokes in their own layout on a canvas; mode "L"."""
    random = np.random.default_rng(seed)
    width, height = CANVAS
    strokes, size = _to_origin(strokes)
    brush = random.uniform(*BRUSH)
    filled = random.uniform(*FILLED)
    scale = min((filled * width - brush) / size[0], (0.8 * height - brush) / size[1])
    brush = max(2.0, min(brush, MAX_BRUSH * size[1] * scale))
    room = np.array(CANVAS) - size * scale - brush
    place = brush / 2 + room * random.random(2)
    return _draw([stroke * scale + place for stroke in strokes], brush, CANVAS, random)


def draw_side_by_side(
    digits: list,
    gap: tuple[float, float],
    seed,
    sign: str | None = None,
    even: tuple[float, float] = EVEN,
) -> Image.Image:
    """Draw several digits' strokes as one number on a canvas; mode "L".

    sign: one of SIGNS or None; it is spaced, whatever the gap. even: see EVEN.
    """
    random = np.random.default_rng(seed)
    width = round(CANVAS[0] * (WIDER if len(digits) >= LONG else 1))
    brush, tall = random.uniform(*BRUSH), random.uniform(*HEIGHT) * CANVAS[1]
    placed, edge = [], 0.0
    marked = -1 if sign is None else 0 if sign == "minus" else random.integers(len(digits))
    for place, digit in enumerate(digits):
        if place == marked:
            stroke = SIGNS[sign](random) * tall + (edge + random.uniform(*SPACED) * tall, 0)
            placed.append(stroke)
            edge = stroke[:, 0].max() + brush + random.uniform(*SPACED) * tall
        strokes, size = _to_origin(digit)
        high = tall * random.uniform(*even)
        scale = min((high - brush) / size[1], 1.15 * (high - brush) / size[0])
        rise = (tall - size[1] * scale - brush) / 2 + random.uniform(-LEVEL, LEVEL) * tall
        placed += [stroke * scale + (edge, rise) for stroke in strokes]
        edge += size[0] * scale + brush + random.uniform(*gap) * tall
    strokes, size = _to_origin(placed)
    scale = min(1.0, (FULL * width - brush) / size[0])
    brush *= max(scale, 0.6)
    room = np.maximum(np.array([width, CANVAS[1]]) - size * scale - brush, 0)
    place = brush / 2 + room * random.random(2)
    moved = [stroke * scale + place for stroke in strokes]
    return _draw(moved, brush, (width, CANVAS[1]), random)


def _to_origin(strokes: list) -> tuple[list[np.ndarray], np.ndarray]:
    """Move the strokes' bounding box to 0; returns them and the box's size (width, height)."""
    points = [np.asarray(stroke, float) for stroke in strokes if len(stroke)]
    low = np.min([stroke.min(axis=0) for stroke in points], axis=0)
    high = np.max([stroke.max(axis=0) for stroke in points], axis=0)
    return [stroke - low for stroke in points], np.maximum(high - low, 1e-6)


def _draw(strokes, brush: float, size, random: np.random.Generator) -> Image.Image:
    """Draw the strokes black on white, or white on black."""
    ink = draw_strokes(strokes, brush, size)
    return ink if random.random() < WHITE_INK else ink.point(lambda value: 255 - value)

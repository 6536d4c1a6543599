"""Random choices and smooth noise for the effects of pens, paper and cameras.

Every function draws from the numpy Generator that it is given, and from nothing else.
"""

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar

import numpy as np
from PIL import Image

Thing = TypeVar("Thing")
TILE = 768  # pixels: large enough that two crops hardly ever come from the same place
Effect = Callable[[Thing, np.random.Generator], Thing]


def apply_effects(
    effects: Sequence[tuple[float, Effect]], thing: Thing, random: np.random.Generator
) -> Thing:
    """Apply the effects in order, each with its probability, and return the result."""
    for probability, effect in effects:
        if random.random() < probability:
            thing = effect(thing, random)
    return thing


def weighted_choice(choices: Sequence[tuple[float, Thing]], random: np.random.Generator) -> Thing:
    """Return one of the choices at random, in proportion to their weights."""
    weights = np.cumsum([weight for weight, _ in choices])
    return choices[int(np.searchsorted(weights, random.random() * weights[-1], "right"))][1]


def log_uniform(ends: tuple[float, float], random: np.random.Generator) -> float:
    """Draw a log-uniform number between two positive ends."""
    low, high = ends
    return low * math.exp(random.random() * math.log(high / low))


def smooth_noise(shape: tuple[int, ...], size: float, random: np.random.Generator) -> np.ndarray:
    """Return smooth noise, (H, W) float32, of mean about 0 and standard deviation about 1.

    shape: H and W first, both below TILE. size: correlation length in pixels; 1 is white noise.
    """
    tile = _tile(round(2 * math.log2(size)))
    top, left = (int(random.integers(TILE - side)) for side in shape[:2])
    down, across = (1 - 2 * int(turned) for turned in random.integers(2, size=2))
    return tile[top : top + shape[0], left : left + shape[1]][::down, ::across]


@cache
def _tile(size: int) -> np.ndarray:
    """Return a large tile of noise, made once per size, to crop from. size: in half octaves."""
    knots = math.ceil(TILE / 2 ** (size / 2))
    noise = np.random.default_rng(size).standard_normal((knots, knots), np.float32)
    return np.asarray(Image.fromarray(noise).resize((TILE, TILE), Image.Resampling.BICUBIC))


def rotated_axes(
    shape: tuple[int, ...], random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return each pixel's coordinates in randomly rotated axes: two (H, W) float32.

    The origin is the picture's centre, the unit half of its longer side.
    """
    height, width = shape[:2]
    half, angle = max(height, width) / 2, random.uniform(0, 2 * math.pi)
    y = (np.arange(height, dtype=np.float32)[:, None] - height / 2) / half
    x = (np.arange(width, dtype=np.float32) - width / 2) / half
    cos, sin = np.float32(math.cos(angle)), np.float32(math.sin(angle))
    return x * cos + y * sin, y * cos - x * sin

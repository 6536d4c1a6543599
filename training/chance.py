"""Chance, as the effects of pens, paper and cameras use it: everything from one generator."""

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar

import numpy as np
from PIL import Image

Thing = TypeVar("Thing")
TILE = 768  # pixels: hundreds of thousands of places to cut from, so that hardly two are alike
Effect = Callable[[Thing, np.random.Generator], Thing]


def applied(
    effects: Sequence[tuple[float, Effect]], thing: Thing, random: np.random.Generator
) -> Thing:
    """The thing after all the effects, in order, each one happening with its probability."""
    for probability, effect in effects:
        if random.random() < probability:
            thing = effect(thing, random)
    return thing


def one_of(choices: Sequence[tuple[float, Thing]], random: np.random.Generator) -> Thing:
    """One of the choices, each as likely as its weight says."""
    weights = np.cumsum([weight for weight, _ in choices])
    return choices[int(np.searchsorted(weights, random.random() * weights[-1], "right"))][1]


def between(ends: tuple[float, float], random: np.random.Generator) -> float:
    """A number between two positive ends, as likely to be doubled as to be halved."""
    low, high = ends
    return low * math.exp(random.random() * math.log(high / low))


def clouds(shape: tuple[int, ...], size: float, random: np.random.Generator) -> np.ndarray:
    """Smooth noise, (H, W) float32 of mean about 0 and deviation about 1; H and W below TILE.

    size: of one cloud, in pixels; 1 is noise that differs from pixel to pixel.
    """
    tile = _tile(round(2 * math.log2(size)))
    top, left = (int(random.integers(TILE - side)) for side in shape[:2])
    down, across = (1 - 2 * int(turned) for turned in random.integers(2, size=2))
    return tile[top : top + shape[0], left : left + shape[1]][::down, ::across]


@cache
def _tile(size: int) -> np.ndarray:
    """A large piece of noise to cut from, which costs next to nothing; size: in half octaves."""
    knots = math.ceil(TILE / 2 ** (size / 2))
    noise = np.random.default_rng(size).standard_normal((knots, knots), np.float32)
    return np.asarray(Image.fromarray(noise).resize((TILE, TILE), Image.Resampling.BICUBIC))


def places(shape: tuple[int, ...], random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Each pixel's place in axes turned at random: two (H, W) float32, 0 in the middle.

    A unit is half the picture's longer side.
    """
    height, width = shape[:2]
    half, angle = max(height, width) / 2, random.uniform(0, 2 * math.pi)
    y = (np.arange(height, dtype=np.float32)[:, None] - height / 2) / half
    x = (np.arange(width, dtype=np.float32) - width / 2) / half
    cos, sin = np.float32(math.cos(angle)), np.float32(math.sin(angle))
    return x * cos + y * sin, y * cos - x * sin

"""A line's ink map -> one as real paper leaves it: rules, frames, patterns, faint and soft ink."""

import math
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from training.synth.random_effects import smooth_noise

Random = np.random.Generator

WIDEST = 700  # columns of noise that are not repeated


def rule(ink: np.ndarray, digit: float, random: Random) -> np.ndarray:
    """Draw a printed line from edge to edge, below the digits or through their feet."""
    height, width = ink.shape
    place = random.choice([random.uniform(0.62, 0.85), random.uniform(-0.9, -0.6)], p=[0.8, 0.2])
    y = height / 2 + place * digit
    ends = y + random.normal(0, 0.01) * width * np.array([-0.5, 0.5])
    layer = Image.new("F", (width, height), 0)
    thick = max(1, round(random.uniform(0.02, 0.09) * digit))
    ImageDraw.Draw(layer).line(
        (0, ends[0], width, ends[1]), fill=random.uniform(0.3, 1), width=thick
    )
    return np.maximum(ink, np.asarray(layer))


def frame(ink: np.ndarray, digit: float, random: Random) -> np.ndarray:
    """Draw the upright sides of a cell, at one edge or both."""
    height, width = ink.shape
    layer = Image.new("F", (width, height), 0)
    draw = ImageDraw.Draw(layer)
    for x in (random.uniform(0, 0.3) * digit, width - 1 - random.uniform(0, 0.3) * digit):
        if random.random() < 0.65:
            thick = max(1, round(random.uniform(0.03, 0.14) * digit))
            top = random.uniform(0, 0.08) * height
            draw.line((x, top, x + random.normal(0, 1.5), height), random.uniform(0.4, 1), thick)
    return np.maximum(ink, np.asarray(layer))


def pattern(ink: np.ndarray, digit: float, random: Random) -> np.ndarray:
    """Draw what a threshold leaves of a security pattern: fine waves, broken and faint."""
    height, width = ink.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    period = random.uniform(0.12, 0.35) * digit
    angle, bend = random.uniform(-0.6, 0.6), random.uniform(0, 0.3) * digit
    wave = bend * np.sin(x / random.uniform(0.8, 3) / digit + random.uniform(0, 6))
    phase = (y * math.cos(angle) + x * math.sin(angle) + wave) / period
    lines = np.clip(np.cos(2 * math.pi * phase) * 3 - 2, 0, 1)
    broken = np.clip(noise((height, width), 0.15 * digit, random) + random.uniform(-1.2, 0.6), 0, 1)
    return np.maximum(ink, lines * broken * random.uniform(0.2, 0.7))


def specks(ink: np.ndarray, digit: float, random: Random) -> np.ndarray:
    """Scatter small dots of dust."""
    out = ink.copy()
    for _ in range(random.integers(1, 12)):
        y, x = (random.integers(0, side) for side in ink.shape)
        size = max(1, round(random.uniform(0.01, 0.06) * digit))
        out[y : y + size, x : x + size] = random.uniform(0.2, 0.8)
    return out


def fade(ink: np.ndarray, digit: float, random: Random) -> np.ndarray:
    """Take ink away in places, as a dry pen or a hard threshold does."""
    field = noise(ink.shape, random.uniform(0.1, 0.6) * digit, random)
    return ink * np.clip(random.uniform(0.6, 1.2) + 0.3 * field, 0.2, 1)


def soften(ink: np.ndarray, digit: float, random: Random) -> np.ndarray:
    """Blur, as a soft photo does."""
    picture = Image.fromarray((ink * 255).astype(np.uint8))
    blurred = picture.filter(ImageFilter.GaussianBlur(random.uniform(0.01, 0.05) * digit))
    return np.asarray(blurred, np.float32) / 255


def shrink(ink: np.ndarray, digit: float, random: Random) -> np.ndarray:
    """Reduce to a low resolution and enlarge again."""
    share = random.uniform(11, 22) / digit
    if share >= 1:
        return ink
    size = [max(2, round(side * share)) for side in ink.shape[::-1]]
    small = Image.fromarray(ink.astype(np.float32)).resize(size, Image.Resampling.BOX)
    return np.asarray(small.resize(ink.shape[::-1], Image.Resampling.BILINEAR))


def harden(ink: np.ndarray, digit: float, random: Random) -> np.ndarray:
    """Raise the contrast about some level, as the scaling of an ink map does."""
    level, gain = random.uniform(0.2, 0.5), random.uniform(1.2, 4)
    return np.clip((ink - level) * gain + level, 0, 1)


def noise(shape: tuple[int, int], size: float, random: Random) -> np.ndarray:
    """Return smooth noise of any width: beyond WIDEST columns it repeats."""
    height, width = shape
    tile = smooth_noise((height, min(width, WIDEST)), max(size, 1), random)
    return np.tile(tile, (1, -(-width // WIDEST)))[:, :width]


PAPER: list[tuple[float, Callable]] = [
    (0.3, rule),
    (0.2, frame),
    (0.3, pattern),
    (0.2, specks),
    (0.3, fade),
    (0.4, soften),
    (0.4, shrink),
    (0.5, harden),
]
SCREEN: list[tuple[float, Callable]] = [(0.15, soften), (0.25, shrink), (0.2, harden)]


def apply_effects(effects, ink: np.ndarray, digit: float, random: Random) -> np.ndarray:
    """Apply each effect by its chance.

    ink: (H, W) float32, 0 paper .. 1 ink, the digits' band in its middle. digit: their height in
    pixels.
    """
    for chance, effect in effects:
        if random.random() < chance:
            ink = effect(ink, digit, random)
    return np.asarray(ink, np.float32)

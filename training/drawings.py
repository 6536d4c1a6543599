"""Samples -> the pictures that people would make of them: on a page, on paper, by a camera.

Every function takes a sample and its own generator, and returns a picture.
"""

import numpy as np
from PIL import Image

from training import blots, hands, nondigits, paper, strokes

ENLARGED = 4  # for a photograph: an MNIST digit is 20 pixels high, a drawn one 96


def inked(row: dict, random: np.random.Generator) -> Image.Image:
    """A pen sample as a page would show it."""
    return strokes.drawing(hands.varied(row["strokes"], row["label"], random), random)


def photographed(row: dict, random: np.random.Generator) -> Image.Image:
    """A pen sample as if it had been written on paper and photographed."""
    ink = 1 - np.asarray(inked(row, random), np.float32) / 255
    return paper.photographed(ink, random)


def picture_photographed(picture: np.ndarray, random: np.random.Generator) -> Image.Image:
    """An MNIST digit, (28, 28) uint8, likewise."""
    size = [side * ENLARGED for side in picture.shape]
    larger = Image.fromarray(picture).resize(size, Image.Resampling.BICUBIC)
    return paper.photographed(np.asarray(larger, np.float32) / 255, random)


def pair(couple: tuple[dict, dict], random: np.random.Generator) -> Image.Image:
    """Two pen samples side by side."""
    left, right = couple
    return strokes.drawing(nondigits.pair(left["strokes"], right["strokes"], random), random)


def mark(_, random: np.random.Generator) -> Image.Image:
    """One of the signs that people write beside numbers."""
    return strokes.drawing(nondigits.mark(random), random)


def scribble(_, random: np.random.Generator) -> Image.Image:
    """A pen let run."""
    return strokes.drawing(nondigits.scribble(random), random)


def blot(_, random: np.random.Generator) -> Image.Image:
    """Ink that no pen drew."""
    return blots.BLOTS[random.integers(len(blots.BLOTS))](random)

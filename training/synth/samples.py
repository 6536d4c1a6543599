"""Training samples -> pictures: drawn on a page, or written on paper and photographed.

Every function takes a sample and its own numpy Generator and returns a PIL picture. They can be
pickled, so that glyph_cache.py can run them in worker processes.
"""

import numpy as np
from PIL import Image

from training.synth import blots, crops, habits, non_digits, paper, render, writing_style

ENLARGED = 4  # MNIST digits are 20 pixels high, drawn ones 96


def draw_sample(row: dict, random: np.random.Generator) -> Image.Image:
    """Draw a pen sample in a varied writing style, as a page would show it."""
    return render.render_strokes(
        writing_style.vary_strokes(row["strokes"], row["label"], random), random
    )


def photograph_sample(row: dict, random: np.random.Generator) -> Image.Image:
    """Write a pen sample on paper and photograph it."""
    return paper.photograph(_ink(draw_sample(row, random)), random)


def photograph_picture(picture: np.ndarray, random: np.random.Generator) -> Image.Image:
    """Write an MNIST digit, (28, 28) uint8, on paper and photograph it."""
    return paper.photograph(_enlarged(picture), random)


def crop_sample(rows: tuple[dict, dict, dict], random: np.random.Generator) -> Image.Image:
    """Write the first of three pen samples into a cell, between the others, and photograph it."""
    habit = [
        row | {"strokes": habits.add_habit(row["strokes"], row["label"], random)} for row in rows
    ]
    ink, *neighbours = (_ink(draw_sample(row, random)) for row in habit)
    return crops.photograph_crop(ink, neighbours, random)


def crop_pictures(pictures: np.ndarray, random: np.random.Generator) -> Image.Image:
    """Write the first of three MNIST digits, (3, 28, 28) uint8, into a cell between the others."""
    ink, *neighbours = (_enlarged(picture) for picture in pictures)
    return crops.photograph_crop(ink, neighbours, random)


def empty_cell(_, random: np.random.Generator) -> Image.Image:
    """Photograph a cell in which nothing is written."""
    return crops.photograph_cell(random)


def draw_pair(couple: tuple[dict, dict], random: np.random.Generator) -> Image.Image:
    """Draw two pen samples side by side."""
    left, right = couple
    return render.render_strokes(non_digits.pair(left["strokes"], right["strokes"], random), random)


def draw_mark(_, random: np.random.Generator) -> Image.Image:
    """Draw a sign that people write beside numbers."""
    return render.render_strokes(non_digits.mark(random), random)


def draw_scribble(_, random: np.random.Generator) -> Image.Image:
    """Draw a scribble."""
    return render.render_strokes(non_digits.scribble(random), random)


def draw_blot(_, random: np.random.Generator) -> Image.Image:
    """Draw blots or stains."""
    return blots.BLOTS[random.integers(len(blots.BLOTS))](random)


def _ink(drawing: Image.Image) -> np.ndarray:
    """Return a drawing, black on white, as (H, W) float32, 0 paper .. 1 ink."""
    return 1 - np.asarray(drawing, np.float32) / 255


def _enlarged(picture: np.ndarray) -> np.ndarray:
    """Return an MNIST digit, (28, 28) uint8, as large as drawn ones: (112, 112) float32, 0 .. 1."""
    size = [side * ENLARGED for side in picture.shape]
    larger = Image.fromarray(picture).resize(size, Image.Resampling.BICUBIC)
    return np.asarray(larger, np.float32) / 255

"""Pen strokes and glyphs on a page, as a person's drawing reaches the reader when it is measured.

This draws as a simple web page does: a round brush on a square canvas, anywhere and of any size.
It shares nothing with training/strokes.py, so that a quirk of the drawing that the network was
trained on cannot flatter it.
"""

import math
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw

SIDE = 280  # pixels; the size of most drawing pages' canvas
BRUSH = (18, 22)  # pixels
HEIGHT = (0.45, 0.85)  # the drawing's longer side, brush included, as a share of the canvas's
FINE = 4  # drawn larger by this and averaged, so that edges are smooth
WHITE_INK = 0.25  # share drawn white on black
SPARSE = 1 / 3  # share drawn from few pointer events,
EVENTS = (4, 12)  # which are this many pixels apart at least
PAGE_HEIGHT = 0.5  # of an undisturbed digit: room to be moved, turned and thickened


def drawn(strokes: list, seed: int) -> Image.Image:
    """One sample of pen strokes, somewhere on a canvas; mode "L", SIDE square, seeded.

    strokes: a list of strokes, each a list of (x, y), y down, in any unit.
    """
    random = np.random.default_rng(seed)
    brush, height = random.uniform(*BRUSH), random.uniform(*HEIGHT)
    placed = _placed(strokes, brush, height * SIDE, random.random(2))
    if random.random() < SPARSE:
        apart = random.uniform(*EVENTS)
        placed = [_sparse(stroke, apart) for stroke in placed]
    ink = inked(placed, brush)
    return ink if random.random() < WHITE_INK else _negative(ink)


def pen_page(strokes: list, seed: int) -> Image.Image:
    """One sample of pen strokes, dark, of medium size, in the middle of a white page."""
    brush = np.random.default_rng(seed).uniform(*BRUSH)
    placed = _placed(strokes, brush, PAGE_HEIGHT * SIDE, np.array([0.5, 0.5]))
    return _negative(inked(placed, brush))


def glyph_page(glyph: np.ndarray) -> Image.Image:
    """A glyph, (28, 28) uint8, 255 = ink, enlarged, dark, in the middle of a white page."""
    # MNIST's digits fill 20 of 28 pixels.
    side = round(PAGE_HEIGHT * SIDE * glyph.shape[0] / 20)
    page = Image.new("L", (SIDE, SIDE), 255)
    ink = Image.fromarray(255 - glyph).resize((side, side), Image.Resampling.BICUBIC)
    page.paste(ink, ((SIDE - side) // 2,) * 2)
    return page


def inked(
    strokes: list[np.ndarray], brush: float, size: tuple[int, int] = (SIDE, SIDE)
) -> Image.Image:
    """Strokes in canvas pixels, (n, 2) each, white on black: lines with round joins and caps.

    size: (width, height) of the canvas.
    """
    canvas = Image.new("L", (size[0] * FINE, size[1] * FINE), 0)
    draw = ImageDraw.Draw(canvas)
    radius = brush * FINE / 2
    for stroke in strokes:
        points = [(float(x), float(y)) for x, y in stroke * FINE]
        for x, y in points:
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
        for start, end in pairwise(points):
            draw.line((*start, *end), fill=255, width=round(2 * radius))
    return canvas.reduce(FINE)


def _placed(strokes: list, brush: float, height: float, place: np.ndarray) -> list[np.ndarray]:
    """Scaled to the height, and at `place`, (2,) 0 .. 1, of the positions that keep it whole."""
    points = [np.asarray(stroke, float) for stroke in strokes if len(stroke)]
    low = np.min([stroke.min(axis=0) for stroke in points], axis=0)
    size = np.max([stroke.max(axis=0) for stroke in points], axis=0) - low
    scale = (height - brush) / max(float(size.max()), 1e-6)
    corner = (SIDE - brush - size * scale) * place + brush / 2
    return [(stroke - low) * scale + corner for stroke in points]


def _sparse(stroke: np.ndarray, apart: float) -> np.ndarray:
    """Only the points that are some way from the last one kept, and the end."""
    kept = [stroke[0]]
    for point in stroke[1:-1]:
        if math.dist(point, kept[-1]) >= apart:
            kept.append(point)
    return np.array([*kept, stroke[-1]])


def _negative(picture: Image.Image) -> Image.Image:
    return picture.point(lambda value: 255 - value)

"""Draw pen strokes and glyphs on a page, for evaluation.

It draws as a simple web page does: with a round brush on a square canvas, anywhere, in any size. It
shares no code with training/synth/render.py, so that quirks of the training pictures cannot improve
the measures.
"""

import math
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw

SIDE = 280  # pixels; the canvas size of most drawing pages
BRUSH = (18, 22)  # pixels
HEIGHT = (0.45, 0.85)  # the drawing's longer side, brush included, over the canvas's
FINE = 4  # supersampling, for smooth edges
WHITE_INK = 0.25  # share drawn white on black
SPARSE = 1 / 3  # share drawn from few pointer events
EVENTS = (4, 12)  # pixels, at least, between these events
PAGE_HEIGHT = 0.5  # of an undisturbed digit over its page: room for shifts, rotation and growth


def draw_on_canvas(strokes: list, seed: int) -> Image.Image:
    """Draw one sample of pen strokes somewhere on a canvas; mode "L", SIDE square.

    strokes: a list of strokes, each a list of (x, y), y down, in any unit.
    """
    random = np.random.default_rng(seed)
    ink = draw_strokes(*put_on_canvas(strokes, random))
    return ink if random.random() < WHITE_INK else _invert(ink)


def put_on_canvas(strokes: list, random: np.random.Generator) -> tuple[list[np.ndarray], float]:
    """Return one sample's strokes as a canvas gets them, (n, 2) each in pixels, and the brush.

    strokes: as for `draw_on_canvas`. A third of the samples have few pointer events.
    """
    brush, height = random.uniform(*BRUSH), random.uniform(*HEIGHT)
    placed = _place(strokes, brush, height * SIDE, random.random(2))
    if random.random() < SPARSE:
        apart = random.uniform(*EVENTS)
        placed = [_thin_out(stroke, apart) for stroke in placed]
    return placed, brush


def pen_page(strokes: list, seed: int) -> Image.Image:
    """Draw one sample of pen strokes, dark and of medium size, in the centre of a white page."""
    brush = np.random.default_rng(seed).uniform(*BRUSH)
    placed = _place(strokes, brush, PAGE_HEIGHT * SIDE, np.array([0.5, 0.5]))
    return _invert(draw_strokes(placed, brush))


def glyph_page(glyph: np.ndarray) -> Image.Image:
    """Enlarge a glyph, (28, 28) uint8, 255 = ink, to dark ink in the centre of a white page."""
    # MNIST's digits fill 20 of 28 pixels.
    side = round(PAGE_HEIGHT * SIDE * glyph.shape[0] / 20)
    page = Image.new("L", (SIDE, SIDE), 255)
    ink = Image.fromarray(255 - glyph).resize((side, side), Image.Resampling.BICUBIC)
    page.paste(ink, ((SIDE - side) // 2,) * 2)
    return page


def draw_strokes(
    strokes: list[np.ndarray], brush: float, size: tuple[int, int] = (SIDE, SIDE)
) -> Image.Image:
    """Draw strokes, (n, 2) each in pixels, white on black, as lines with round joins and caps.

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


def _place(strokes: list, brush: float, height: float, place: np.ndarray) -> list[np.ndarray]:
    """Scale the strokes to a height and place them; place: (2,), 0 .. 1 of the free space."""
    points = [np.asarray(stroke, float) for stroke in strokes if len(stroke)]
    low = np.min([stroke.min(axis=0) for stroke in points], axis=0)
    size = np.max([stroke.max(axis=0) for stroke in points], axis=0) - low
    scale = (height - brush) / max(float(size.max()), 1e-6)
    corner = (SIDE - brush - size * scale) * place + brush / 2
    return [(stroke - low) * scale + corner for stroke in points]


def _thin_out(stroke: np.ndarray, apart: float) -> np.ndarray:
    """Keep the ends, and points at least `apart` pixels from the last one kept."""
    kept = [stroke[0]]
    for point in stroke[1:-1]:
        if math.dist(point, kept[-1]) >= apart:
            kept.append(point)
    return np.array([*kept, stroke[-1]])


def _invert(picture: Image.Image) -> Image.Image:
    return picture.point(lambda value: 255 - value)

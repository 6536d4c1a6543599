"""Pen strokes -> pictures, with a random pen.

A trajectory has no width, so each drawing gets one: thin or thick, even or varying with pressure.
It keeps every pointer event, or only the few that a slow device reports.
"""

import gzip
import json
import math
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

HEIGHT = 96  # pixels of a drawn digit's longer side; the glyph's box has 20
MARGIN = 24  # pixels
FINE = 2  # supersampling, for smooth edges
WIDTHS = (0.035, 0.33)  # stroke width over longer side: a biro to a finger that writes small
SPARSE = 0.3  # share of drawings from few pointer events
PRESSURE = 0.3  # share of drawings whose width varies
SLANT = 0.12  # standard deviation, radians
ASPECT = 0.08  # standard deviation of the logarithm


def read_trajectories(path: Path) -> list[dict]:
    """Read the samples of a .json.gz: {"label", "writer", "strokes": [[[x, y], ...], ...]}, y down.

    Leaves out samples marked "suspect" (probably mislabelled).
    """
    with gzip.open(path) as file:
        return [sample for sample in json.load(file) if not sample.get("suspect")]


def render_strokes(strokes: list, random: np.random.Generator) -> Image.Image:
    """Draw one digit's strokes with a random pen, black on white; mode "L"."""
    placed = _place_strokes(strokes, random)
    width = HEIGHT * math.exp(random.uniform(*np.log(WIDTHS)))
    if random.random() < SPARSE:
        step = random.uniform(0.05, 0.15) * HEIGHT
        placed = [_thin_out(stroke, step) for stroke in placed]
    right, bottom = np.max([stroke.max(axis=0) for stroke in placed], axis=0)
    size = math.ceil(right + MARGIN), math.ceil(bottom + MARGIN)
    picture = Image.new("L", (size[0] * FINE, size[1] * FINE), 255)
    draw = ImageDraw.Draw(picture)
    varying = random.random() < PRESSURE
    for stroke in placed:
        _draw_stroke(draw, stroke * FINE, _radii(len(stroke), width * FINE / 2, varying, random))
    return picture.reduce(FINE)


def _place_strokes(strokes: list, random: np.random.Generator) -> list[np.ndarray]:
    """Slant, stretch and scale the strokes to HEIGHT, MARGIN away from the corner."""
    lean, wide = random.normal(0, SLANT), math.exp(random.normal(0, ASPECT))
    matrix = np.array([[wide, 0], [-math.tan(lean), 1]])  # (x, y) row vectors; y leans x
    leaning = [np.asarray(stroke, float) @ matrix for stroke in strokes if len(stroke)]
    low = np.min([stroke.min(axis=0) for stroke in leaning], axis=0)
    high = np.max([stroke.max(axis=0) for stroke in leaning], axis=0)
    scale = HEIGHT / max(float((high - low).max()), 1e-6)
    return [(stroke - low) * scale + MARGIN for stroke in leaning]


def _thin_out(stroke: np.ndarray, step: float) -> np.ndarray:
    """Keep the first and last points, and of the others those at least a step apart."""
    kept = [stroke[0]]
    for point in stroke[1:-1]:
        if math.dist(point, kept[-1]) >= step:
            kept.append(point)
    return np.array([*kept, stroke[-1]])


def _radii(count: int, radius: float, varying: bool, random: np.random.Generator) -> np.ndarray:
    """Return the pen's radius at each of a stroke's points, (count,)."""
    if not varying:
        return np.full(count, radius)
    knots = random.uniform(0.5, 1.3, 5)
    return radius * np.interp(np.linspace(0, 4, count), np.arange(5), knots)


def _draw_stroke(draw: ImageDraw.ImageDraw, points: np.ndarray, radii: np.ndarray) -> None:
    """Draw a line with round joins and caps; radii: (n,), the half width at each point."""
    for (x, y), radius in zip(points, radii, strict=True):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=0)
    for start, end, radius in zip(points[:-1], points[1:], radii[1:], strict=True):
        draw.line((*start, *end), fill=0, width=max(1, round(2 * radius)))

"""Compose a page of numbers by one writer, in rows and columns, with or without drawn lines.

The layout is known exactly: every cell's text and the place of its ink. The page is then seen by a
camera: turned, in perspective, unevenly lit, with noise.
"""

import math
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from training.lines.compose import Hands, Strokes, compose_line, shifted

DIGIT = 34  # pixels of a digit's height on the page
FINE = 3  # drawn larger by this and averaged
PEN = (0.07, 0.13)  # stroke width over digit height
PITCH = (1.75, 2.3)  # digit heights from row to row
GAP = (1.1, 2.2)  # digit heights between the widest numbers of two columns
MARGIN = (1.5, 3.0)  # digit heights around the table
WANDER = (0.12, 0.25)  # digit heights by which a number strays from its place, down and across
EMPTY = 0.08  # share of cells
LENGTHS = (1, 4)  # digits of a number
DECIMALS = 0.25  # share of columns whose numbers have a decimal mark
LINE = (1.2, 3.0)  # pixels of a drawn line's width
LINE_TONE = (0.35, 0.9)  # of the ink
TURN = 10  # degrees, at most
INSET = 0.06  # of each side, at most, by which perspective moves a corner
PAPER = (0.78, 0.97)  # lightness
FALL = 0.25  # of the light is lost, at most, from one side to the other
NOISE = (0.004, 0.02)  # of white
Random = np.random.Generator
Point = tuple[float, float]


class Sheet(NamedTuple):
    """A page whose content is known."""

    picture: Image.Image  # mode "L"
    texts: list[list[str]]  # "" for an empty cell
    places: np.ndarray  # (R, C, 2) float, x and y of each cell's ink, in pixels of the picture
    alone: list[Image.Image]  # each cell's number, as it is on the page, in reading order


class _OneHand:
    """Let one writer of `Hands` write everything."""

    def __init__(self, hands: Hands, random: Random):
        self._hands, self._writer = hands, hands.choose_writer(random)

    def choose_writer(self, random: Random) -> str:
        return self._writer

    def sample(self, writer: str, character: str, random: Random) -> Strokes:
        return self._hands.sample(writer, character, random)


def compose_sheet(
    hands: Hands, shape: tuple[int, int], random: Random, ruled: bool, skewed: bool
) -> Sheet:
    """Compose a page. shape: (rows, columns)."""
    hand = _OneHand(hands, random)
    texts = random_texts(shape, random)
    inks = [[_at_origin(compose_line(text, hand, random)) if text else None for text in row]
            for row in texts]  # fmt: skip
    tops, lefts, size = _layout(inks, random)
    pen = random.uniform(*PEN)
    paper = Image.new("L", (size[0] * FINE, size[1] * FINE), 0)
    draw = ImageDraw.Draw(paper)
    if ruled:
        _draw_lines(draw, tops, lefts, random)
    places = np.zeros((*shape, 2))
    alone = []
    for r, row in enumerate(inks):
        for c, strokes in enumerate(row):
            places[r, c] = (lefts[c] + lefts[c + 1]) / 2, (tops[r] + tops[r + 1]) / 2
            if strokes is not None:
                width = max(stroke[:, 0].max() for stroke in strokes) * DIGIT
                x, y = _place(width, tops[r : r + 2], lefts[c : c + 2], random)
                places[r, c] = x + width / 2, y + DIGIT / 2
                draw_strokes(draw, strokes, (x, y), pen)
                alone.append(_alone(strokes, pen))
    coverage = np.asarray(paper.reduce(FINE), np.float32) / 255
    picture, moved = _seen(coverage, places.reshape(-1, 2), random, skewed)
    return Sheet(picture, texts, moved.reshape(places.shape), alone)


def random_texts(shape: tuple[int, int], random: Random) -> list[list[str]]:
    """Return numbers for every cell; "" where one is empty. No row or column is all empty."""
    rows, columns = shape
    decimal = random.random(columns) < DECIMALS
    digits = random.integers(LENGTHS[0], LENGTHS[1] + 1, columns)
    texts = []
    for row in range(rows):
        texts.append([])
        for column in range(columns):
            length = max(1, int(digits[column]) - int(random.integers(2)))
            text = "".join(str(digit) for digit in random.integers(10, size=length))
            if decimal[column]:
                text = f"{text}.{random.integers(10)}"
            kept = row % columns == column or column % rows == row  # a diagonal is never empty
            texts[-1].append(text if kept or random.random() >= EMPTY else "")
    return texts


def draw_strokes(draw: ImageDraw.ImageDraw, strokes: Strokes, start: Point, pen: float) -> None:
    """Draw strokes in digit heights with a round pen, white. start: x and y of their origin."""
    radius = pen * DIGIT * FINE / 2
    for stroke in strokes:
        points = (stroke * DIGIT + start) * FINE
        flat = [tuple(point) for point in points]
        if len(flat) > 1:
            draw.line(flat, fill=255, width=max(1, round(2 * radius)), joint="curve")
        for x, y in flat:
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)


def _at_origin(strokes: Strokes) -> Strokes:
    left = min(stroke[:, 0].min() for stroke in strokes)
    return [shifted(stroke, -left, 0) for stroke in strokes]


def _layout(inks: list, random: Random) -> tuple[np.ndarray, np.ndarray, tuple[int, int]]:
    """Return the borders of rows and columns, and (width, height) of the page, in pixels."""
    widths = [
        max(max(stroke[:, 0].max() for stroke in ink) for ink in column if ink)
        for column in zip(*inks, strict=True)
    ]
    pitch, gap = random.uniform(*PITCH), random.uniform(*GAP)
    top, left = (random.uniform(*MARGIN) for _ in range(2))
    tops = DIGIT * (top + pitch * np.arange(len(inks) + 1))
    lefts = DIGIT * (left + np.concatenate([[0], np.cumsum(np.array(widths) + gap)]))
    right, bottom = (DIGIT * random.uniform(*MARGIN) for _ in range(2))
    return tops, lefts, (math.ceil(lefts[-1] + right), math.ceil(tops[-1] + bottom))


def _place(width: float, rows: np.ndarray, columns: np.ndarray, random: Random) -> Point:
    """Return where a number's ink begins, in pixels."""
    down, across = (random.uniform(-wander, wander) * DIGIT for wander in WANDER)
    x = (columns[0] + columns[1] - width) / 2 + across
    return x, (rows[0] + rows[1] - DIGIT) / 2 + down


def _draw_lines(draw: ImageDraw.ImageDraw, tops, lefts, random: Random) -> None:
    tone, width = round(255 * random.uniform(*LINE_TONE)), round(random.uniform(*LINE) * FINE)
    for y in tops * FINE:
        draw.line((lefts[0] * FINE, y, lefts[-1] * FINE, y), fill=tone, width=width)
    for x in lefts * FINE:
        draw.line((x, tops[0] * FINE, x, tops[-1] * FINE), fill=tone, width=width)


def _alone(strokes: Strokes, pen: float) -> Image.Image:
    """Draw a number by itself, black on white."""
    right = max(stroke[:, 0].max() for stroke in strokes)
    size = math.ceil((right + 1.6) * DIGIT) * FINE, math.ceil(2.6 * DIGIT) * FINE
    picture = Image.new("L", size, 0)
    draw_strokes(ImageDraw.Draw(picture), strokes, (0.8 * DIGIT, 0.8 * DIGIT), pen)
    return picture.reduce(FINE).point(lambda tone: 255 - tone)


def _seen(
    coverage: np.ndarray, places: np.ndarray, random: Random, skewed: bool
) -> tuple[Image.Image, np.ndarray]:
    """Photograph the page; returns the picture and where its places are in it."""
    width = coverage.shape[1]
    across = np.linspace(0, 1, width) if random.random() < 0.5 else np.linspace(1, 0, width)
    light = random.uniform(*PAPER) * (1 - random.uniform(0, FALL) * across)
    sheet = light * (1 - coverage * random.uniform(0.55, 0.85))
    picture = Image.fromarray((sheet * 255).astype(np.uint8))
    if skewed:
        picture, places = _turned(picture, places, float(light.mean()), random)
    picture = picture.filter(ImageFilter.GaussianBlur(random.uniform(0.3, 0.9)))
    noise = random.normal(0, random.uniform(*NOISE), picture.size[::-1])
    noisy = np.clip(np.asarray(picture, np.float32) + 255 * noise, 0, 255)
    return Image.fromarray(noisy.astype(np.uint8)), places


def _turned(
    picture: Image.Image, places: np.ndarray, tone: float, random: Random
) -> tuple[Image.Image, np.ndarray]:
    """Turn the page and see it in perspective, on a table of about its own tone."""
    width, height = picture.size
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], float)
    inset = random.uniform(0, INSET, (4, 2)) * (width, height)
    quad = corners + inset * np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)])
    angle = math.radians(random.uniform(-TURN, TURN))
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    quad = (quad - quad.mean(axis=0)) @ turn
    quad -= quad.min(axis=0)
    size = [math.ceil(side) for side in quad.max(axis=0)]
    back, there = _homography(quad, corners), _homography(corners, quad)
    seen = picture.transform(
        size, Image.Transform.PERSPECTIVE, (back / back[2, 2]).ravel()[:8].tolist(),
        Image.Resampling.BICUBIC, fillcolor=round(255 * tone),
    )  # fmt: skip
    x, y, w = there @ np.stack([*places.T, np.ones(len(places))])
    return seen, np.stack([x / w, y / w], axis=1)


def _homography(points: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return the (3, 3) matrix that takes four points to four others, by its null space."""
    rows = []
    for (x, y), (u, v) in zip(points, others, strict=True):
        rows += [(-x, -y, -1, 0, 0, 0, u * x, u * y, u), (0, 0, 0, -x, -y, -1, v * x, v * y, v)]
    return np.linalg.svd(np.array(rows))[2][-1].reshape(3, 3)

"""Samples of lines: a text and its line image, made by the code that the page uses.

Each sample is rendered as an ink map with digits of DIGIT pixels. It is spoilt as paper spoils it,
and cut out by inkling's own `line_image`.
"""

import hashlib
import math
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from inkling.image.components import connected_components
from inkling.numbers.line_image import Band, digit_band, line_image
from training.data.datasets import mnist
from training.lines.compose import (
    Hands,
    Strokes,
    compose_line,
    compose_word,
    lean,
    placed,
    scaled,
    shifted,
)
from training.lines.effects import PAPER, SCREEN, apply_effects
from training.lines.mark_gap import MARKS, is_beside_mark, random_mark_gap
from training.lines.texts import ALPHABET, DIGITS, REJECT, random_text
from training.synth import non_digits
from training.synth.render import read_trajectories

DIGIT = 40  # pixels of a digit's height before it becomes a line image
BORDER = 30  # pixels around the strokes
FINE = 2  # drawn larger by this and averaged
PEN = (0.045, 0.34)  # stroke width over digit height
MARKS_PEN = (0.045, 0.2)  # the same for whole numerals whose decimal marks a wide pen would hide
ON_PAPER = 0.55  # share of samples that paper spoils
BAND_SCALE = 0.12  # standard deviation of the logarithm of an ill-measured digit height
BAND_SHIFT = 0.08  # standard deviation, digit heights, of an ill-measured band
INK = 0.4  # ink above this belongs to a component
SHAPES_OF_DIGITS = set("OoQDIliLjJtTZzSsBbGgqyUVvXx")  # letters that no shape tells from a digit
HELD_OUT = 4  # one writer in so many of whole numerals is held out

PENS = ("unipen_digits_train", "pendigits_train", "unipen_symbols_train", "unipen_letters_train")
WRITTEN = ("unipen_numerals_train", "unipen_strings_train")
Random = np.random.Generator


class Line(NamedTuple):
    """A sample."""

    text: str  # characters of ALPHABET
    pixels: np.ndarray  # (32, W) uint8, 255 = ink


class Sources(NamedTuple):
    """The samples that lines are made of."""

    hands: Hands  # digits and signs, by writer
    letters: Hands
    written: list[dict]  # whole numerals of writers that are trained on
    pictures: tuple[np.ndarray, np.ndarray]  # MNIST


def is_held_out(writer: str) -> bool:
    """Return whether a writer of whole numerals is held out from training."""
    return int(hashlib.sha256(writer.encode()).hexdigest(), 16) % HELD_OUT == 0


def read_sources(data: Path, with_held_out: bool = False) -> Sources:
    """Read strokes of single characters, whole numerals and MNIST."""
    rows = {name: read_trajectories(data / "pen" / f"{name}.json.gz") for name in (*PENS, *WRITTEN)}
    digits, more, symbols, letters = (rows[name] for name in PENS)
    signs = [row for row in symbols if row["label"] in ALPHABET]
    crosses = [row for row in letters if row["label"] == "x"]
    others = [row for row in symbols if row["label"] in "#&@?!<>*{}[]"]
    written = [row for name in WRITTEN for row in rows[name]]
    written = [row for row in written if with_held_out or not is_held_out(row["writer"])]
    return Sources(
        Hands([*digits, *more, *signs, *crosses], {"x": "×"}),
        Hands([*letters, *others]),
        written,
        mnist("train"),
    )


def make_line(sources: Sources, random: Random) -> Line:
    """Make one sample of a random kind."""
    kinds, weights = zip(*KINDS, strict=True)
    while True:
        text, ink, pen = kinds[random.choice(len(kinds), p=weights)](sources, random)
        if (ink > INK).sum() > 20:
            break
    paper = random.random() < ON_PAPER
    return Line(text, _finish(ink, pen, paper, random))


def composed(sources: Sources, random: Random) -> tuple[str, np.ndarray, float]:
    """Compose a numeral of one writer's digits and signs."""
    text, pen = random_text(random), log_uniform(PEN, random)
    strokes = compose_line(text, sources.hands, random, sources.letters, pen)
    return text, render(strokes, pen, random), pen


def of_pictures(sources: Sources, random: Random) -> tuple[str, np.ndarray, float]:
    """Compose a numeral of MNIST's digits, with signs drawn by a pen."""
    text = random_text(random)
    pen = log_uniform((0.09, 0.17), random)
    canvas = np.zeros((2 * DIGIT + 2 * BORDER, (len(text) + 1) * DIGIT * 2), np.float32)
    writer, edge = sources.hands.choose_writer(random), float(BORDER)
    gap = random.uniform(-0.08, 0.3)
    for place, character in enumerate(text):
        if character in DIGITS:
            part = _picture_of(int(character), sources.pictures, random)
            top = BORDER + DIGIT // 2 + round(DIGIT - part.shape[0] + random.normal(0, 1.5))
        else:
            strokes = placed(sources.hands.sample(writer, character, random), character, random)
            low = min(stroke[:, 1].min() for stroke in strokes)
            part = render([stroke - (0, low) for stroke in strokes], pen, random, border=4)
            top = round(BORDER + DIGIT // 2 + low * DIGIT - 4)
        top, left = max(top, 0), round(edge)
        part = part[: canvas.shape[0] - top, : canvas.shape[1] - left]
        under = canvas[top : top + part.shape[0], left : left + part.shape[1]]
        np.maximum(under, part, out=under)
        here = gap + random.normal(0, 0.05)
        if place + 1 < len(text) and is_beside_mark(text, place + 1):
            here = max(here, random_mark_gap(random, pen))
        edge += part.shape[1] + DIGIT * here
    used = np.flatnonzero(canvas.max(axis=0) > 0)
    return text, canvas[:, : used[-1] + BORDER], pen


def as_written(sources: Sources, random: Random) -> tuple[str, np.ndarray, float]:
    """Draw a numeral that a person wrote as a whole."""
    row = sources.written[random.integers(len(sources.written))]
    strokes = [np.asarray(stroke, float) for stroke in row["strokes"] if len(stroke)]
    boxes = np.array([[*s.min(axis=0), *s.max(axis=0)] for s in strokes])
    height = np.sort(boxes[:, 3] - boxes[:, 1])[int(0.7 * len(boxes))] or 1.0
    low = boxes[:, :2].min(axis=0)
    strokes = lean([(stroke - low) / height for stroke in strokes], random)
    pen = log_uniform(MARKS_PEN if set(row["label"]) & set(MARKS) else PEN, random)
    return row["label"].replace("x", "×"), render(strokes, pen, random), pen


def word(sources: Sources, random: Random) -> tuple[str, np.ndarray, float]:
    """Compose a word; every letter of it is a character of the reject class."""
    writer, count = sources.letters.choose_writer(random), int(random.integers(1, 8))
    pool = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    if count == 1:
        pool = "".join(sorted(set(pool) - SHAPES_OF_DIGITS)) + "#&@?!<>*{}[]"
    names = [pool[i] for i in random.integers(0, len(pool), count)]
    strokes = compose_word([sources.letters.sample(writer, name, random) for name in names], random)
    pen = log_uniform(PEN, random)
    return REJECT * count, render(strokes, pen, random), pen


def scrawl(sources: Sources, random: Random) -> tuple[str, np.ndarray, float]:
    """Draw a scribble: one character of the reject class, alone or within a number."""
    shape = scaled(
        [np.asarray(s, float) for s in non_digits.scribble(random)], random.uniform(0.8, 1.3)
    )
    pen = log_uniform(PEN, random)
    if random.random() < 0.75:
        return REJECT, render(lean(shape, random), pen, random), pen
    before = random_text(random)[:4]
    line = compose_line(before, sources.hands, random)
    edge = max(stroke[:, 0].max() for stroke in line) + 0.3
    return before + REJECT, render(line + [shifted(s, edge, 0) for s in shape], pen, random), pen


KINDS: list[tuple[Callable, float]] = [
    (composed, 0.46),
    (of_pictures, 0.14),
    (as_written, 0.19),
    (word, 0.12),
    (scrawl, 0.09),
]


def render(strokes: Strokes, pen: float, random: Random, border: int = BORDER) -> np.ndarray:
    """Draw strokes in digit heights as an ink map, (H, W) float32, with round ends."""
    low = np.min([stroke.min(axis=0) for stroke in strokes], axis=0)
    high = np.max([stroke.max(axis=0) for stroke in strokes], axis=0)
    width, height = np.ceil((high - low) * DIGIT + 2 * border).astype(int)
    picture = Image.new("L", (int(width) * FINE, int(height) * FINE), 0)
    draw, radius = ImageDraw.Draw(picture), max(pen * DIGIT * FINE / 2, 1.0)
    for stroke in strokes:
        points = ((stroke - low) * DIGIT + border) * FINE
        flat = [tuple(point) for point in points.tolist()]
        if len(flat) > 1:
            draw.line(flat, fill=255, width=max(1, round(2 * radius)), joint="curve")
        for x, y in (flat[0], flat[-1]):
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(picture.reduce(FINE), np.float32) / 255


def log_uniform(bounds: tuple[float, float], random: Random) -> float:
    """Return a number between bounds whose logarithm is spread evenly."""
    return math.exp(random.uniform(*np.log(bounds)))


def _picture_of(digit: int, pictures, random: Random) -> np.ndarray:
    images, labels = pictures
    chosen = np.flatnonzero(labels == digit)
    image = images[chosen[random.integers(len(chosen))]]
    rows, columns = np.flatnonzero(image.max(axis=1)), np.flatnonzero(image.max(axis=0))
    part = Image.fromarray(image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    high = DIGIT * random.uniform(0.84, 1.08)
    wide = part.width / part.height * high * random.uniform(0.85, 1.15)
    size = max(2, round(min(wide, 1.3 * DIGIT))), max(2, round(high))
    return np.asarray(part.resize(size, Image.Resampling.BICUBIC), np.float32) / 255


def _finish(ink: np.ndarray, pen: float, paper: bool, random: Random) -> np.ndarray:
    """Measure the band of digits, spoil the ink, and cut the line out."""
    marks = connected_components(ink > INK)
    band = digit_band(marks.boxes)
    height = (band.bottom - band.top) * math.exp(random.normal(0, BAND_SCALE))
    middle = (band.top + band.bottom) / 2 + random.normal(0, BAND_SHIFT) * height
    band = Band(middle - height / 2, middle + height / 2)
    left, right = float(marks.boxes[:, 0].min()), float(marks.boxes[:, 2].max())
    if paper:
        more = random.uniform(0, 0.9, 2) * height
        left, right = left - more[0], right + more[1]
    ink, (dx, dy) = _strip(ink, band, left, right)
    ink = apply_effects(PAPER if paper else SCREEN, ink, max(height, 8), random)
    band = Band(band.top + dy, band.bottom + dy)
    pixels = line_image(ink, band, left + dx, right + dx).pixels
    return np.rint(pixels * 255).astype(np.uint8)


def _strip(ink: np.ndarray, band: Band, left: float, right: float):
    """Crop or pad an ink map to the line's own strip; returns it and what x and y changed by."""
    middle, half = (band.top + band.bottom) / 2, max(band.bottom - band.top, 1)
    x0, x1 = math.floor(left) - 2, math.ceil(right) + 2
    y0, y1 = math.floor(middle - half), math.ceil(middle + half)
    strip = np.zeros((y1 - y0, x1 - x0), np.float32)
    part = ink[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0)]
    y, x = max(-y0, 0), max(-x0, 0)
    strip[y : y + part.shape[0], x : x + part.shape[1]] = part
    return strip, (-x0, -y0)

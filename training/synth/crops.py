"""Drawn digit -> a crop from a form, an answer sheet or a ledger, often small and soft.

`photograph_crop` writes the digit into a cell. Parts of the frame, pieces of the neighbours and a
security pattern may show. `photograph_cell` takes a picture of a cell without a digit.
"""

import math
from collections.abc import Sequence

import numpy as np
from PIL import Image

from inkling.image.glyph import ink_box
from training.synth import pens, photo, surfaces
from training.synth.random_effects import apply_effects, log_uniform, smooth_noise, weighted_choice

LENGTH = (44, 84)  # pixels of the digit's longer side when the picture is taken
ROOM = (0.04, 0.45)  # free paper on each side, of the digit's longer side
STRETCH = 0.08  # standard deviation of the logarithm of the digit's width
SMALL = 0.55  # share of the crops that are then shrunk
SMALL_SIDE = (18, 40)  # pixels of the longer side of a small crop
FRAMED = 0.35  # share of the crops' sides at which a line of the frame shows
FRAME_WIDTH = (1.0, 4.5)  # pixels
FRAME_TONE = (0.0, 0.55)  # lightness of a frame's line
FRAME_TILT = 0.02  # standard deviation of a line's rise for each pixel along it
NEIGHBOUR = 0.22  # share of the crops' left and right sides at which a neighbour shows
NEIGHBOUR_SEEN = (0.06, 0.4)  # of the neighbour's width
PATTERNED = 0.2  # share of the crops with a security pattern
PATTERN_APART = (3.0, 9.0)  # pixels between two of its lines
PATTERN_TONE = (0.04, 0.2)  # share of the light that the pattern takes
PATTERN_BEND = (1.0, 6.0)  # pixels by which its lines wind
BLEEDING = 0.1  # share of the crops where writing on the back shows
BLEED_TONE = (0.05, 0.2)  # its opacity
COMPRESSED = 0.7  # share of the crops that are a JPEG of low quality


def photograph_crop(
    ink: np.ndarray, neighbours: Sequence[np.ndarray], random: np.random.Generator
) -> Image.Image:
    """Write one digit into a cell and take a picture of it that is cut close.

    ink: (H, W) float32, 0 paper .. 1 ink; its margins do not matter. neighbours: two more digits
    like it. Returns a PIL picture in mode "RGB", 18 to 180 pixels on its longer side.
    Raises ValueError if the ink is blank.
    """
    length = log_uniform(LENGTH, random)
    digit = _scaled(ink, length, math.exp(random.normal(0, STRETCH)))
    top, right, bottom, left = (round(length * log_uniform(ROOM, random)) for _ in range(4))
    coverage = np.pad(digit, ((top, bottom), (left, right)))
    for side, neighbour in zip((1, -1), neighbours, strict=True):
        if random.random() < NEIGHBOUR:
            _add_neighbour(coverage[:, ::side], _scaled(neighbour, length)[:, ::side], random)
    sheet = _print_form(coverage.shape, random)
    if random.random() < BLEEDING:
        back = np.roll(coverage[:, ::-1], random.integers(-9, 9), axis=1)
        sheet = sheet * (1 - log_uniform(BLEED_TONE, random) * back)[..., None]
    sheet = pens.write_on_sheet(sheet, coverage, pens.paper_pens(coverage), random)
    return _take(sheet, random)


def photograph_cell(random: np.random.Generator) -> Image.Image:
    """Take a picture of a cell in which nothing is written."""
    shape = tuple(round(1.4 * log_uniform(LENGTH, random)) for _ in range(2))
    return _take(_print_form(shape, random), random)


def _take(sheet: np.ndarray, random: np.random.Generator) -> Image.Image:
    """Take a picture of a sheet, (H, W, 3) float32, and perhaps shrink it."""
    picture = photo.to_picture(apply_effects(photo.LIGHT, sheet, random))
    picture = apply_effects(photo.CAMERA, picture, random)
    if random.random() < SMALL:
        scale = log_uniform(SMALL_SIDE, random) / max(picture.size)
        size = [max(8, round(side * scale)) for side in picture.size]
        picture = picture.resize(size, Image.Resampling.BILINEAR)
    return apply_effects(((COMPRESSED, photo.compress),), picture, random)


def _print_form(shape: tuple[int, int], random: np.random.Generator) -> np.ndarray:
    """Return a sheet, (H, W, 3) float32, with what a form prints around a digit."""
    sheet = weighted_choice(surfaces.FLATBED, random).sheet(shape, random)
    if random.random() < PATTERNED:
        sheet = _print_pattern(sheet, random)
    for turns in range(4):
        if random.random() < FRAMED:
            sheet = np.rot90(_print_line(np.rot90(sheet, turns), random), -turns)
    return sheet


def _print_line(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Print a line of the frame along a sheet's upper edge."""
    height, width = sheet.shape[:2]
    y, x = np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)
    half = log_uniform(FRAME_WIDTH, random) / 2
    middle = random.uniform(-half, 0.06 * height) + random.normal(0, FRAME_TILT) * (x - width / 2)
    line = np.clip(half + 0.5 - np.abs(y - middle), 0, 1)[..., None]
    return sheet + line * (np.float32(random.uniform(*FRAME_TONE)) - sheet)


def _print_pattern(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Print the fine winding lines of a cheque."""
    height, width = sheet.shape[:2]
    angle, apart = random.uniform(0, math.pi), log_uniform(PATTERN_APART, random)
    y, x = np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)
    bend = log_uniform(PATTERN_BEND, random) * smooth_noise(sheet.shape, 32, random)
    phase = (math.cos(angle) * y + math.sin(angle) * x + bend) * (2 * math.pi / apart)
    return sheet * (1 - log_uniform(PATTERN_TONE, random) * (np.cos(phase) > 0.4))[..., None]


def _add_neighbour(coverage: np.ndarray, digit: np.ndarray, random: np.random.Generator) -> None:
    """Let a part of another digit show at the left edge of a coverage, in place."""
    seen = max(1, round(log_uniform(NEIGHBOUR_SEEN, random) * digit.shape[1]))
    seen = min(seen, coverage.shape[1])
    height = min(len(digit), len(coverage))
    top = int(random.integers(len(coverage) - height + 1))
    part = coverage[top : top + height, :seen]
    np.maximum(part, digit[:height, digit.shape[1] - seen :], out=part)


def _scaled(ink: np.ndarray, length: float, stretch: float = 1) -> np.ndarray:
    """Crop a digit to its ink and bring its longer side to a length."""
    box = ink_box(ink)
    if box is None:
        raise ValueError("There is no ink to write into a cell; leave blank drawings out.")
    left, top, right, bottom = box
    scale = length / max(bottom - top, (right - left) * stretch)
    size = max(2, round((right - left) * stretch * scale)), max(2, round((bottom - top) * scale))
    crop = Image.fromarray(np.ascontiguousarray(ink[top:bottom, left:right], np.float32))
    return np.asarray(crop.resize(size, Image.Resampling.BILINEAR))

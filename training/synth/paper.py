"""Drawn digit -> a picture as a phone, a scanner or a web page delivers it.

`photograph` writes the digit with a random pen on a random sheet and takes a picture of it.
`has_same_ink` tells whether the glyph read from that picture still shows the digit.
"""

import math

import numpy as np
from PIL import Image

from inkling.image.glyph import ink_box
from training.synth import pens, photo, surfaces
from training.synth.random_effects import apply_effects, log_uniform, weighted_choice

SIDE = (104, 220)  # pixels of the picture's longer side: enough for a stroke, and cheap
ASPECT = 0.22  # standard deviation of the logarithm of width over height
SHARE = (0.22, 0.7)  # digit's longer side over the picture's: a page with one digit, or a crop
CLOSE = 0.3  # share of the pictures that are close-ups
CLOSE_SHARE = (0.6, 0.85)  # SHARE of a close-up
THUMBNAIL = 0.15  # share of the close-ups that are tiny
LEAST = 38  # pixels of a digit: below this a thin pen's stroke is thinner than a pixel
BORDER = 0.08  # of each side stays free of the digit, so that no camera cuts it off
STRETCH = 0.05  # standard deviation of the logarithm: mild, as the strokes are varied already
NEIGHBOUR = 0.08  # share of sheets on which the next digit shows at the edge
NEIGHBOUR_GAP = (0.4, 0.8)  # of the digit's longer side
TRANSPARENT = 0.15  # share of a page's pictures without a background
COMPRESSED = 0.75  # share of photographs that are a JPEG of low quality
BLACK_AND_WHITE = 0.4  # share of scans
LIKE = 0.88  # least ink_overlap of the same digit; few pairs are between 0.8 and 0.9
SHIFT = 2  # pixels by which framing may differ
INKED = 0.25  # a glyph's pixel with more ink than this belongs to a stroke


def photograph(ink: np.ndarray, random: np.random.Generator) -> Image.Image:
    """Write one digit on a sheet and take a picture of it.

    ink: (H, W) float32, 0 paper .. 1 ink; the digit's longer side has 60 to 150 pixels, its margins
    do not matter. Returns a PIL picture in mode "RGB", "L" (scans) or "RGBA" (no background). Its
    longer side has 104 to 220 pixels, or 22 to 44 (thumbnails). One in six has light ink.
    Raises ValueError if the ink is blank.
    """
    close = random.random() < CLOSE
    coverage = place_on_sheet(ink, CLOSE_SHARE if close else SHARE, random)
    picture = weighted_choice(SOURCES, random)(coverage, random)
    return apply_effects(((THUMBNAIL, photo.shrink),), picture, random) if close else picture


def phone(coverage: np.ndarray, random: np.random.Generator) -> Image.Image:
    """Photograph any sheet in any light with a hand-held camera. coverage: (H, W), 1 = ink."""
    sheet = _write(coverage, surfaces.DESK, random)
    picture = photo.to_picture(apply_effects(photo.LIGHT, sheet, random))
    return apply_effects((*photo.CAMERA, (COMPRESSED, photo.compress)), picture, random)


def scanner(coverage: np.ndarray, random: np.random.Generator) -> Image.Image:
    """Scan paper in even light, often in black and white."""
    sheet = _write(coverage, surfaces.FLATBED, random)
    picture = apply_effects(photo.SCANNER, photo.to_picture(sheet), random)
    if random.random() < BLACK_AND_WHITE:
        return weighted_choice(photo.BLACK_AND_WHITE, random)(picture, random)
    return apply_effects(((COMPRESSED, photo.compress),), picture, random)


def page(coverage: np.ndarray, random: np.random.Generator) -> Image.Image:
    """Draw as another program does: in flat colours, in dark mode, or on a transparent ground."""
    if random.random() < TRANSPARENT:
        colour = pens.SOLID.colours[random.integers(len(pens.SOLID.colours))]
        flat = np.broadcast_to(np.float32(colour), (*coverage.shape, 3))
        return photo.to_picture(np.dstack([flat, coverage]))
    picture = photo.to_picture(_write(coverage, surfaces.SCREEN, random))
    return apply_effects(((COMPRESSED / 2, photo.compress),), picture, random)


SOURCES = ((0.72, phone), (0.14, scanner), (0.14, page))


def place_on_sheet(
    ink: np.ndarray, share: tuple[float, float], random: np.random.Generator
) -> np.ndarray:
    """Place the digit at random on a larger sheet, (H, W) float32, 0 paper .. 1 ink.

    share: range of the digit's longer side over the sheet's.
    """
    side, aspect = log_uniform(SIDE, random), math.exp(random.normal(0, ASPECT))
    shape = tuple(round(side * min(1, ratio)) for ratio in (1 / aspect, aspect))
    digit = _resize(ink, max(side * log_uniform(share, random), LEAST), shape, random)
    y, x = (
        round(random.uniform(BORDER * whole, max(BORDER * whole, (1 - BORDER) * whole - part)))
        for whole, part in zip(shape, digit.shape, strict=True)
    )
    sheet = np.zeros(shape, np.float32)
    sheet[y : y + digit.shape[0], x : x + digit.shape[1]] = digit
    if random.random() < NEIGHBOUR:
        _draw_neighbour(sheet, digit[::-1, ::-1], x, y, random)
    return sheet


def has_same_ink(glyph: np.ndarray, clean: np.ndarray) -> bool:
    """Tell whether two glyphs, (28, 28) uint8, 255 = ink, show the same strokes.

    It separates a digit read from its photograph from a shadow, a ruled line or a fragment.
    """
    return ink_overlap(glyph, clean) >= LIKE


def ink_overlap(glyph: np.ndarray, clean: np.ndarray) -> float:
    """Return the share of each glyph's ink that lies on the other's, the lesser one, 0 .. 1.

    Ink within a pixel counts, which allows for thickness. The best shift of up to SHIFT pixels is
    taken.
    """
    one, other = (ink.astype(np.float32) / 255 for ink in (glyph, clean))
    if not one.any() or not other.any():
        return 0.0
    # Shifting one glyph equals shifting the other by the opposite: hence the reversed table.
    there, back = _shares(one, _dilate(other)), _shares(other, _dilate(one))[::-1, ::-1]
    return float(np.minimum(there, back).max())


def _write(coverage: np.ndarray, choices, random: np.random.Generator) -> np.ndarray:
    """Write the digit on one of the surfaces with a legible pen; returns (H, W, 3) float32."""
    surface = weighted_choice(choices, random)
    if choices is surfaces.SCREEN:
        pen_set = pens.SCREEN_LIGHTS if surface.light_ink else pens.SCREEN_PENS
    else:
        pen_set = pens.LIGHT_PENS if surface.light_ink else pens.paper_pens(coverage)
    return pens.write_on_sheet(surface.sheet(coverage.shape, random), coverage, pen_set, random)


def _resize(ink: np.ndarray, length: float, room: tuple[int, int], random) -> np.ndarray:
    """Crop the digit and scale its longer side to a length, or less if the room is smaller."""
    box = ink_box(ink)
    if box is None:
        raise ValueError("There is no ink to place on a sheet; leave blank drawings out.")
    left, top, right, bottom = box
    stretched = bottom - top, (right - left) * math.exp(random.normal(0, STRETCH))
    most = (whole * (1 - 2 * BORDER) / part for whole, part in zip(room, stretched, strict=True))
    scale = min(length / max(stretched), *most)
    height, width = (max(2, round(part * scale)) for part in stretched)
    crop = Image.fromarray(np.ascontiguousarray(ink[top:bottom, left:right], np.float32))
    return np.asarray(crop.resize((width, height), Image.Resampling.BILINEAR))


def _draw_neighbour(sheet: np.ndarray, digit: np.ndarray, x: int, y: int, random) -> None:
    """Draw another digit to the right if the sheet's edge cuts it off."""
    start = x + digit.shape[1] + round(max(digit.shape) * log_uniform(NEIGHBOUR_GAP, random))
    seen = sheet.shape[1] - start
    if 0 < seen < digit.shape[1]:
        sheet[y : y + digit.shape[0], start:] = digit[:, :seen]


def _shares(ink: np.ndarray, inked: np.ndarray) -> np.ndarray:
    """Return the share of the ink where `inked` is 1, for every shift: (2 SHIFT + 1) squared."""
    shifted = np.lib.stride_tricks.sliding_window_view(np.pad(inked, SHIFT), ink.shape)
    return np.tensordot(shifted, ink) / ink.sum()


def _dilate(glyph: np.ndarray) -> np.ndarray:
    """Return 1 where there is ink within a pixel, else 0; (H, W) float32."""
    inked = np.pad(glyph > INKED, 1)
    tall = inked[:-2] | inked[1:-1] | inked[2:]
    return (tall[:, :-2] | tall[:, 1:-1] | tall[:, 2:]).astype(np.float32)

"""A drawn digit -> a picture as a phone, a scanner or a web page delivers it.

`photographed` writes the digit with some pen on some sheet and takes a picture of it; `same_ink`
tells whether what was read back from that picture is still the digit that was written.
"""

import math

import numpy as np
from PIL import Image

from inkling.glyph import ink_box
from training import pens, photo, surfaces
from training.chance import applied, between, one_of

SIDE = (104, 220)  # pixels of the picture's longer side: enough for a stroke, and cheap
ASPECT = 0.22  # standard deviation of the logarithm of the picture's width to its height
SHARE = (0.22, 0.7)  # of the longer side, the digit's: a page with one digit, or one cut out
CLOSE = 0.3  # share of the pictures in which the digit fills what there is to see ...
CLOSE_SHARE = (0.6, 0.85)
THUMBNAIL = 0.15  # ... and how many of those are tiny
LEAST = 38  # pixels: below this a thin pen's stroke is thinner than a pixel
BORDER = 0.08  # of each side is free of the digit, so that no camera cuts it off
STRETCH = 0.05  # standard deviation of the logarithm: mild, the strokes are varied already
NEIGHBOUR = 0.08  # share of sheets on which the next digit shows at the edge
NEIGHBOUR_GAP = (0.4, 0.8)  # of the digit's longer side
TRANSPARENT = 0.15  # share of a page's pictures that have no paper
COMPRESSED = 0.75  # share of photographs that are a JPEG of low quality
BLACK_AND_WHITE = 0.4  # share of scans
LIKE = 0.88  # share of each glyph's ink that must lie on the other's; few are between 0.8 and 0.9
SHIFT = 2  # pixels by which framing may differ
INKED = 0.25  # a glyph's pixel with more ink than this belongs to a stroke


def photographed(ink: np.ndarray, random: np.random.Generator) -> Image.Image:
    """Write one digit on a sheet and take a picture of it.

    ink: (H, W) float32, 0 paper .. 1 ink, not blank; the digit's longer side has some 60 to 150
    pixels, its margins do not matter. random: all the chance there is.
    Returns a PIL picture, mostly in mode "RGB", else "L" (scans) or "RGBA" (cut-out drawings), of
    104 to 220 pixels on the longer side, or 22 to 44 (thumbnails). One in six has light ink.
    Raises ValueError if the ink is blank.
    """
    close = random.random() < CLOSE
    coverage = placed(ink, CLOSE_SHARE if close else SHARE, random)
    picture = one_of(SOURCES, random)(coverage, random)
    return applied(((THUMBNAIL, photo.tiny),), picture, random) if close else picture


def phone(coverage: np.ndarray, random: np.random.Generator) -> Image.Image:
    """Any sheet in any light, by a camera that is held by hand."""
    sheet = _written(coverage, surfaces.DESK, random)
    picture = photo.developed(applied(photo.LIGHT, sheet, random))
    return applied((*photo.CAMERA, (COMPRESSED, photo.compressed)), picture, random)


def scanner(coverage: np.ndarray, random: np.random.Generator) -> Image.Image:
    """Paper in even light, often in black and white."""
    sheet = _written(coverage, surfaces.FLATBED, random)
    picture = applied(photo.SCANNER, photo.developed(sheet), random)
    if random.random() < BLACK_AND_WHITE:
        return one_of(photo.BLACK_AND_WHITE, random)(picture, random)
    return applied(((COMPRESSED, photo.compressed),), picture, random)


def page(coverage: np.ndarray, random: np.random.Generator) -> Image.Image:
    """Drawn in some other program: flat colours, dark mode, or only ink on nothing."""
    if random.random() < TRANSPARENT:
        colour = pens.SOLID.colours[random.integers(len(pens.SOLID.colours))]
        flat = np.broadcast_to(np.float32(colour), (*coverage.shape, 3))
        return photo.developed(np.dstack([flat, coverage]))
    picture = photo.developed(_written(coverage, surfaces.SCREEN, random))
    return applied(((COMPRESSED / 2, photo.compressed),), picture, random)


SOURCES = ((0.72, phone), (0.14, scanner), (0.14, page))


def placed(ink: np.ndarray, share: tuple[float, float], random: np.random.Generator) -> np.ndarray:
    """The digit at some place and size on a larger sheet, (H, W) float32, 0 paper .. 1 ink.

    share: of the sheet's longer side, the least and the most.
    """
    side, aspect = between(SIDE, random), math.exp(random.normal(0, ASPECT))
    shape = tuple(round(side * min(1, ratio)) for ratio in (1 / aspect, aspect))
    digit = _sized(ink, max(side * between(share, random), LEAST), shape, random)
    y, x = (
        round(random.uniform(BORDER * whole, max(BORDER * whole, (1 - BORDER) * whole - part)))
        for whole, part in zip(shape, digit.shape, strict=True)
    )
    sheet = np.zeros(shape, np.float32)
    sheet[y : y + digit.shape[0], x : x + digit.shape[1]] = digit
    if random.random() < NEIGHBOUR:
        _next_to(sheet, digit[::-1, ::-1], x, y, random)
    return sheet


def same_ink(glyph: np.ndarray, clean: np.ndarray) -> bool:
    """Whether two glyphs, (28, 28) uint8, 255 = ink, show the same strokes: see `likeness`.

    To tell a digit that was read off its photograph from a shadow, a ruled line or a fragment.
    """
    return likeness(glyph, clean) >= LIKE


def likeness(glyph: np.ndarray, clean: np.ndarray) -> float:
    """How much of either glyph's ink lies on the other's, the lesser of both shares, 0 .. 1.

    A stroke a pixel beside still counts, which forgives thickness, and so does a shift of the
    whole by up to SHIFT pixels, of which the best is taken.
    """
    one, other = (ink.astype(np.float32) / 255 for ink in (glyph, clean))
    if not one.any() or not other.any():
        return 0.0
    # To shift one glyph is to shift the other by the opposite: hence the turned table.
    there, back = _shares(one, _widened(other)), _shares(other, _widened(one))[::-1, ::-1]
    return float(np.minimum(there, back).max())


def _written(coverage: np.ndarray, choices, random: np.random.Generator) -> np.ndarray:
    """A sheet of one of the surfaces, (H, W, 3) float32, with the digit in ink that shows."""
    surface = one_of(choices, random)
    if choices is surfaces.SCREEN:
        held = pens.SCREEN_LIGHTS if surface.light_ink else pens.SCREEN_PENS
    else:
        held = pens.LIGHT_PENS if surface.light_ink else pens.paper_pens(coverage)
    return pens.written(surface.sheet(coverage.shape, random), coverage, held, random)


def _sized(ink: np.ndarray, length: float, room: tuple[int, int], random) -> np.ndarray:
    """The digit without its margins, its longer side of that length unless the room is smaller."""
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


def _next_to(sheet: np.ndarray, digit: np.ndarray, x: int, y: int, random) -> None:
    """Draw what shows of another digit to the right, where the sheet's edge cuts it off."""
    start = x + digit.shape[1] + round(max(digit.shape) * between(NEIGHBOUR_GAP, random))
    seen = sheet.shape[1] - start
    if 0 < seen < digit.shape[1]:
        sheet[y : y + digit.shape[0], start:] = digit[:, :seen]


def _shares(ink: np.ndarray, inked: np.ndarray) -> np.ndarray:
    """The share of the ink that is where `inked` is 1, for every shift, (2 SHIFT + 1) squared."""
    shifted = np.lib.stride_tricks.sliding_window_view(np.pad(inked, SHIFT), ink.shape)
    return np.tensordot(shifted, ink) / ink.sum()


def _widened(glyph: np.ndarray) -> np.ndarray:
    """1 where there is ink within a pixel, else 0."""
    inked = np.pad(glyph > INKED, 1)
    tall = inked[:-2] | inked[1:-1] | inked[2:]
    return (tall[:, :-2] | tall[:, 1:-1] | tall[:, 2:]).astype(np.float32)

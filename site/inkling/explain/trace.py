"""Trace a picture to its glyph step by step, with overrides of single decisions."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..errors import TooDenseError
from ..image.components import connected_components
from ..image.glyph import Frame, glyph, ink_box
from ..image.ink import ink_map, inner_ink
from ..image.lightness import lightness, upright
from ..image.segment import SOLID, Part
from ..numeric import median
from ..reader import Reader
from ..results import NO_INK, TOO_DENSE, Digit, Letter

if TYPE_CHECKING:
    from ..letters.letter_reader import LetterReader


class Overrides(NamedTuple):
    """Decisions to take instead of the reader's own."""

    dark_ink: bool | None = None  # whether ink is darker than its paper; None: as the reader finds
    threshold: float = 0.0  # 0 .. 1: weaker ink is left out
    centred: bool = True  # by the centre of mass, else by the box


class Steps(NamedTuple):
    """The steps from a picture to an answer."""

    size: tuple[int, int]  # (width, height) of the upright picture
    light: np.ndarray  # (H, W) float32 at working size, 0 black .. 1 white
    ink: np.ndarray  # (H, W) float32, 0 paper .. 1 ink
    dark_ink: bool  # whether ink is darker than its paper
    box: tuple[int, int, int, int] | None  # of the digit at working size; None without ink
    scaled: np.ndarray  # (h, w) float32, the crop at its size in the frame
    shift: tuple[int, int]  # glyph pixels (right, down) from the box's middle to the centre of mass
    digit: Digit | Letter  # the answer


def steps(
    reader: "Reader | LetterReader",
    image,
    overrides: Overrides | None = None,
    one_of: Digit | None = None,
) -> Steps:
    """Return the steps of reading one digit or letter. Raises PictureError.

    one_of: one of the digits of `reader.read(image)`, to trace that one. Without overrides its
    steps end at its own glyph.
    """
    overrides = overrides or Overrides()
    picture, size = upright(image)
    light = lightness(picture)
    ink = _ink(reader, light, overrides.dark_ink, size, one_of)
    ink = np.where(ink >= overrides.threshold, ink, 0).astype(np.float32)
    reason = NO_INK
    try:
        part = reader.digit_part(ink) if one_of is None else _within(ink, one_of.box, size)
    except TooDenseError:
        part, reason = None, TOO_DENSE
    if part is None:
        none = np.zeros((0, 0), np.float32)
        return Steps(size, light, ink, True, None, none, (0, 0), reader.blank(reason))
    framed = glyph(part.ink, reader.network.frame)
    if one_of is not None and overrides == Overrides():
        framed = one_of.glyph
    scaled, corner = _crop(framed)
    middle = _middle_corner(scaled.shape, reader.network.frame)
    if not overrides.centred:
        framed = np.zeros_like(framed)
        framed[middle[1] :, middle[0] :][: scaled.shape[0], : scaled.shape[1]] = scaled
    shift = (corner[0] - middle[0], corner[1] - middle[1]) if overrides.centred else (0, 0)
    left, top, right, bottom = ink_box(part.ink) or (0, 0, *part.ink.shape[::-1])
    box = (left + part.box[0], top + part.box[1], right + part.box[0], bottom + part.box[1])
    digit = reader.read_glyphs(framed[None])[0]
    return Steps(size, light, ink, _is_dark(light, ink), box, scaled, shift, digit)


def _ink(reader, light: np.ndarray, dark_ink: bool | None, size, one_of) -> np.ndarray:
    """Return the ink map that the digit or letter was read in."""
    if one_of is None:
        return reader.ink_of_one(light, dark_ink)
    ink = ink_map(light, dark_ink)
    inner = inner_ink(light, dark_ink) if _within(ink, one_of.box, size) is None else None
    return ink if inner is None else inner


def _within(ink: np.ndarray, box, size: tuple[int, int]) -> Part | None:
    """Return the ink in a box, without components that lie mostly outside it; None if blank.

    ink: (H, W) float32 at working size. box: in pixels of the picture, which has `size`.
    """
    to_ink = np.tile(np.array(ink.shape[::-1]) / size, 2)
    left, top, right, bottom = np.rint(np.array(box) * to_ink).astype(int)
    right, bottom = max(right, left + 1), max(bottom, top + 1)
    labels = connected_components(ink > SOLID).labels
    inside = labels[top:bottom, left:right]
    share_inside = np.bincount(inside.ravel(), minlength=labels.max() + 1) / np.bincount(
        labels.ravel(), minlength=labels.max() + 1
    ).clip(1)
    others = (inside > 0) & (share_inside[inside] < 0.5)
    crop = np.where(others, 0, ink[top:bottom, left:right])
    if ink_box(crop) is None:
        return None
    return Part(crop.astype(np.float32), (int(left), int(top), int(right), int(bottom)))


def _crop(framed: np.ndarray) -> tuple[np.ndarray, tuple[int, int]]:
    """Return the inked part of a glyph and its corner (left, top).

    Glyphs are placed at whole pixels, so this is the scaled crop.
    """
    rows, columns = (np.flatnonzero(framed.any(axis=axis)) for axis in (1, 0))
    top, left = int(rows[0]), int(columns[0])
    return framed[top : rows[-1] + 1, left : columns[-1] + 1], (left, top)


def _middle_corner(shape: tuple[int, int], frame: Frame) -> tuple[int, int]:
    """Return the corner (left, top) that centres a box of this shape (h, w) in the frame."""
    return (frame.side - shape[1]) // 2, (frame.side - shape[0]) // 2


def _is_dark(light: np.ndarray, ink: np.ndarray) -> bool:
    paper = light[ink == 0]
    return not paper.size or median(light[ink > 0.5]) < median(paper)

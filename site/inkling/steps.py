"""The way from a picture to its glyph, step by step, and other ways that it could have gone."""

from typing import NamedTuple

import numpy as np

from .components import connected_components
from .glyph import Frame, glyph, ink_box
from .ink import ink_map
from .picture import lightness, upright
from .quantiles import median
from .reader import Reader
from .readings import Digit
from .segment import SOLID, Part, single


class Otherwise(NamedTuple):
    """What to do differently. dark_ink: whether ink is darker than its paper, None: as it seems;
    threshold: ink weaker than this is left out; centred: by mass, else by the box."""

    dark_ink: bool | None = None
    threshold: float = 0.0
    centred: bool = True


class Steps(NamedTuple):
    """size: (width, height) of the upright picture. light, ink: (H, W) float32 at working size.
    box: (left, top, right, bottom) of the digit in the working size, None without ink. scaled:
    (h, w) float32, the crop at its size in the frame. shift: how many glyph pixels (right, down)
    the centre of mass moved it from where its box alone would put it. digit: what is read then."""

    size: tuple[int, int]
    light: np.ndarray
    ink: np.ndarray
    dark_ink: bool
    box: tuple[int, int, int, int] | None
    scaled: np.ndarray
    shift: tuple[int, int]
    digit: Digit


def steps(
    reader: Reader, image, otherwise: Otherwise | None = None, one_of: Digit | None = None
) -> Steps:
    """What `reader.read_digit(image)` does, with everything in between. Raises PictureError.

    one_of: one of the digits of `reader.read(image)`, to see how that one was read; unless it is
    done otherwise, the steps end at its very glyph.
    """
    otherwise = otherwise or Otherwise()
    picture, size = upright(image)
    light = lightness(picture)
    ink = ink_map(light, otherwise.dark_ink)
    ink = np.where(ink >= otherwise.threshold, ink, 0).astype(np.float32)
    part = single(ink) if one_of is None else _within(ink, one_of.box, size)
    if part is None:
        none = np.zeros((0, 0), np.float32)
        return Steps(size, light, ink, True, None, none, (0, 0), reader.read_digit(_blank(reader)))
    framed = glyph(part.ink, reader.network.frame)
    if one_of is not None and otherwise == Otherwise():
        framed = one_of.glyph
    scaled, corner = _cropped(framed)
    middle = _middle_corner(scaled.shape, reader.network.frame)
    if not otherwise.centred:
        framed = np.zeros_like(framed)
        framed[middle[1] :, middle[0] :][: scaled.shape[0], : scaled.shape[1]] = scaled
    shift = (corner[0] - middle[0], corner[1] - middle[1]) if otherwise.centred else (0, 0)
    left, top, right, bottom = ink_box(part.ink) or (0, 0, *part.ink.shape[::-1])
    box = (left + part.box[0], top + part.box[1], right + part.box[0], bottom + part.box[1])
    digit = reader.read_glyphs(framed[None])[0]
    return Steps(size, light, ink, _is_dark(light, ink), box, scaled, shift, digit)


def _blank(reader: Reader) -> np.ndarray:
    side = reader.network.frame.side
    return np.full((side, side), 255, np.uint8)


def _within(ink: np.ndarray, box, size: tuple[int, int]) -> Part | None:
    """The ink in a box of the picture, without marks that lie mostly outside; None if blank.

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


def _cropped(framed: np.ndarray) -> tuple[np.ndarray, tuple[int, int]]:
    """The inked part of a glyph, and its corner (left, top). The frame is met in whole pixels, so
    this is the crop as it was scaled."""
    rows, columns = (np.flatnonzero(framed.any(axis=axis)) for axis in (1, 0))
    top, left = int(rows[0]), int(columns[0])
    return framed[top : rows[-1] + 1, left : columns[-1] + 1], (left, top)


def _middle_corner(shape: tuple[int, int], frame: Frame) -> tuple[int, int]:
    """The corner (left, top) that puts a box of this shape (h, w) in the middle of the frame."""
    return (frame.side - shape[1]) // 2, (frame.side - shape[0]) // 2


def _is_dark(light: np.ndarray, ink: np.ndarray) -> bool:
    paper = light[ink == 0]
    return not paper.size or median(light[ink > 0.5]) < median(paper)

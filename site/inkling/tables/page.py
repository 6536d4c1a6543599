"""A picture of a page -> the page straightened: its lightness, its ink and its drawn lines."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..image.components import connected_components
from ..image.ink import ink_map
from ..image.lightness import lightness, upright
from ..numbers.text_lines import typical_height
from ..numeric import median
from . import skew
from .rules import Rule, erase_rules, marks_of, near_rules
from .straighten import Page, Point, frame, homography, part_of_picture, sides, warp
from .wide_rules import drawn_rules, line_masks

SIDE = 1_600  # pixels of the longer side: twenty rows of digits are 30 pixels high each
MARGIN = 1.5  # digits' heights of paper around the content of a straightened page
LARGE = 0.2  # of the page's longer side: a component as long is no digit, but a frame or a line
STRAIGHT = 0.0015  # a slope below it is not worth a straightening


class FlatPage(NamedTuple):
    """A straightened page."""

    page: Page
    ink: np.ndarray  # (H, W) float32, 0 paper .. 1 ink, without its drawn lines
    across: list[Rule]  # drawn lines from left to right, from the top
    down: list[Rule]  # from top to bottom, from the left
    beside: np.ndarray  # (H, W) bool, where a line was, and just beside it


class LevelPage(NamedTuple):
    """A straightened page with all that is drawn and printed on it."""

    page: Page
    ink: np.ndarray  # (H, W) float32, 0 paper .. 1 ink
    marks: np.ndarray  # (H, W) float32: see rules.py
    height: float  # of most of the writing, in pixels; 0 without ink


def level_page(image, corners: Sequence[Point] | None = None) -> LevelPage:
    """Return the page in a picture, in any form that `Reader.read` takes, straightened.

    corners: see `Reader.read_table`. Raises PictureError, TypeError, OSError and TooDenseError.
    """
    page = whole_page(image, corners)
    ink = ink_map(page.light, with_lines=True)
    height = digit_height(ink)
    if height:
        page, ink = _straightened(page, ink, height)
    return LevelPage(page, ink, marks_of(page.light, ink), height)


def flat_page(level: LevelPage) -> FlatPage:
    """Take the drawn lines out of a page's ink."""
    page, ink, marks, height = level
    if not height:
        return FlatPage(page, ink, [], [], np.zeros(ink.shape, bool))
    across, down = drawn_rules(page.light, ink, marks, height)
    beside = near_rules(ink.shape, across, down)
    return FlatPage(page, erase_rules(ink, across, down), across, down, beside)


def whole_page(image, corners: Sequence[Point] | None = None) -> Page:
    """Return what lies within four corners of a picture, or the whole, as it was taken."""
    picture, size = upright(image, SIDE)
    return part_of_picture(lightness(picture), size, corners)


def digit_height(ink: np.ndarray) -> float:
    """Return the height of most of the writing, in pixels; 0 if there is no ink."""
    boxes = connected_components(ink > skew.INKED).boxes
    if not len(boxes):
        return 0.0
    small = (boxes[:, 2:] - boxes[:, :2]).max(axis=1) <= LARGE * max(ink.shape)
    boxes = boxes[small] if small.any() else boxes
    return typical_height(boxes[:, 3] - boxes[:, 1])


def _straightened(page: Page, ink: np.ndarray, height: float) -> tuple[Page, np.ndarray]:
    """Return a page and its ink with rows level and columns upright.

    First all ink tells how they run. Then drawn lines, which are long by now, tell it exactly.
    """
    slopes = skew.find_skew(ink)
    if _is_sloping(slopes):
        page, ink = _seen_through(page, ink, *_way_back(ink, slopes, height))
    slopes = skew.find_rest(*line_masks(page.light, ink, height))
    if _is_sloping(slopes):
        page, ink = _seen_through(page, ink, *_way_back(ink, slopes, height))
    return page, ink


def _seen_through(
    page: Page, ink: np.ndarray, matrix: np.ndarray, shape: tuple[int, int]
) -> tuple[Page, np.ndarray]:
    light = warp(page.light, matrix, shape, median(page.light[::8, ::8]))
    return Page(light, page.to_picture @ matrix), warp(ink, matrix, shape, 0.0)


def _is_sloping(slopes: Sequence[skew.Slopes]) -> bool:
    return any(abs(value) > STRAIGHT for part in slopes for value in part)


def _way_back(
    ink: np.ndarray, slopes: tuple[skew.Slopes, skew.Slopes], height: float
) -> tuple[np.ndarray, tuple[int, int]]:
    """Return the matrix that takes a straightened page to its picture, and the page's shape."""
    corners, margin = skew.rectangle(ink, *slopes), round(MARGIN * height)
    rows, columns = sides(corners)
    shape = rows + 2 * margin, columns + 2 * margin
    return homography(frame(shape, margin), corners), shape

"""A photographed page -> the page seen from straight above.

A page is turned into its four corners' rectangle by a homography (R. Hartley, A. Zisserman,
"Multiple View Geometry", 2nd edition, 4.1).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image

from ..numeric import median, solve

Point = tuple[float, float]


class Page(NamedTuple):
    """A straightened page."""

    light: np.ndarray  # (H, W) float32, 0 black .. 1 white
    to_picture: np.ndarray  # (3, 3), takes (x, y, 1) of the page to the upright picture's


def part_of_picture(
    light: np.ndarray, size: tuple[int, int], corners: Sequence[Point] | None
) -> Page:
    """Return the part of a picture that lies within four corners, or the whole.

    light: (H, W) float32, 0 black .. 1 white. size: (width, height) of the upright picture.
    corners: (x, y) in its pixels, clockwise from the top left.
    """
    height, width = light.shape
    scale = np.diag([size[0] / width, size[1] / height, 1.0])
    if corners is None:
        return Page(light, scale)
    inner = [(x / scale[0, 0], y / scale[1, 1]) for x, y in corners]
    shape = sides(inner)
    matrix = homography(frame(shape), inner)
    return Page(warp(light, matrix, shape, median(light[::8, ::8])), scale @ matrix)


def sides(corners: Sequence[Point]) -> tuple[int, int]:
    """Return height and width of the rectangle that four corners stand for, in pixels."""
    lengths = np.hypot(*np.diff(np.array([*corners, corners[0]]), axis=0).T)
    return max(4, round(max(lengths[1::2]))), max(4, round(max(lengths[::2])))


def homography(points: Sequence[Point], others: Sequence[Point]) -> np.ndarray:
    """Return the (3, 3) matrix that takes four points to four others."""
    rows, right = [], []
    for (x, y), (u, v) in zip(points, others, strict=True):
        rows += [(x, y, 1, 0, 0, 0, -u * x, -u * y), (0, 0, 0, x, y, 1, -v * x, -v * y)]
        right += [u, v]
    found = solve(np.array(rows, float), np.array(right, float)[:, None])[:, 0]
    return np.append(found, 1.0).reshape(3, 3)


def warp(
    light: np.ndarray, matrix: np.ndarray, shape: tuple[int, int], outside: float
) -> np.ndarray:
    """Return a picture (H, W) as seen through a matrix that takes its result's pixels to it."""
    picture = Image.fromarray(np.ascontiguousarray(light, np.float32))
    coefficients = (matrix / matrix[2, 2]).ravel()[:8]
    return np.asarray(
        picture.transform(
            shape[::-1],
            Image.Transform.PERSPECTIVE,
            coefficients.tolist(),
            Image.Resampling.BILINEAR,
            fillcolor=outside,
        )
    )


def apply(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return points (n, 2) through a matrix (3, 3)."""
    x, y, w = matrix @ np.stack([points[:, 0], points[:, 1], np.ones(len(points))])
    return np.stack([x / w, y / w], axis=1)


def picture_box(page: Page, box: Sequence[float]) -> tuple[int, int, int, int]:
    """Return the box in the upright picture around a box of the page."""
    left, top, right, bottom = box
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], float)
    moved = np.rint(apply(page.to_picture, corners))
    (left, top), (right, bottom) = np.maximum(moved.min(axis=0), 0), moved.max(axis=0)
    return int(left), int(top), int(right), int(bottom)


def corners_of(page: Page) -> tuple[Point, ...]:
    """Return the page's corners in the upright picture, clockwise from the top left."""
    moved = apply(page.to_picture, np.array(frame(page.light.shape), float))
    return tuple((float(x), float(y)) for x, y in moved)


def frame(shape: tuple[int, int], margin: float = 0) -> list[Point]:
    """Return the corners of a picture (height, width), clockwise, with a margin left blank."""
    height, width = shape
    left, top, right, bottom = margin, margin, width - margin, height - margin
    return [(left, top), (right, top), (right, bottom), (left, bottom)]

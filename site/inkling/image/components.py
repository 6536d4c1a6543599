"""Connected components of a mask, by runs: every row's stretches of ink, joined where they touch.

Labels are given to runs, not to pixels. So numpy needs a few calls and no loop over the picture
(after L. He, Y. Chao, K. Suzuki, "A run-based two-scan labeling algorithm", IEEE TIP 17(5), 2008).
"""

from typing import NamedTuple

import numpy as np

from .filters import bounding_box


class Components(NamedTuple):
    """labels: (H, W) int32, 0 paper, 1..n component. boxes: (n, 4) int, left, top, right, bottom
    (right and bottom exclusive). areas: (n,) int, in pixels. Components are in order of their first
    pixel, row by row.
    """

    labels: np.ndarray
    boxes: np.ndarray
    areas: np.ndarray


def connected_components(mask: np.ndarray) -> Components:
    """Label the 8-connected components of mask, (H, W) bool."""
    left, top, right, bottom = bounding_box(mask) or (0, 0, 0, 0)  # of a canvas a third
    inner = mask[top:bottom, left:right]
    rows, starts, stops = _runs(inner)
    labels = _joined(len(rows), *_touching(rows, starts, stops, inner.shape[1]))
    count = labels.max(initial=-1) + 1
    boxes = np.empty((count, 4), np.int64)
    boxes[:, :2] = max(mask.shape)
    boxes[:, 2:] = 0
    for column, reduce, values in (
        (0, np.minimum, left + starts),
        (1, np.minimum, top + rows),
        (2, np.maximum, left + stops),
        (3, np.maximum, top + rows + 1),
    ):
        reduce.at(boxes[:, column], labels, values)
    areas = np.bincount(labels, stops - starts, minlength=count).astype(np.int64)
    painted = np.zeros(mask.shape, np.int32)
    painted[top:bottom, left:right][inner] = np.repeat(labels + 1, stops - starts)
    return Components(painted, boxes, areas)


def _runs(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return rows, starts and (exclusive) stops of the stretches of True, in reading order."""
    height, width = mask.shape
    stride = width + 1  # paper between the rows: every stretch has a start and a stop
    flat = np.zeros(height * stride + 1, bool)
    flat[1:].reshape(height, stride)[:, :width] = mask
    edges = np.flatnonzero(flat[1:] != flat[:-1])
    rows = edges[::2] // stride
    return rows, edges[::2] - rows * stride, edges[1::2] - rows * stride


def _touching(rows, starts, stops, width) -> tuple[np.ndarray, np.ndarray]:
    """Return pairs of runs in neighbouring rows that touch, corners included."""
    stride = width + 2  # a row's keys never reach the next row's
    below = (rows + 1) * stride
    first = np.searchsorted(rows * stride + stops, below + starts, "left")
    last = np.searchsorted(rows * stride + starts, below + stops, "right")
    count = np.maximum(last - first, 0)
    upper = np.repeat(np.arange(len(rows)), count)
    offset = np.arange(len(upper)) - np.repeat(np.cumsum(count) - count, count)
    return upper, np.repeat(first, count) + offset


def _joined(count: int, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the component number of each of `count` runs, given the pairs (a, b) that touch."""
    root = np.arange(count)
    # Every round but the last lowers a root, and none rises: `count` rounds are enough. Mazes,
    # combs and spirals of the working size took no more than 19.
    while True:
        low = np.minimum(root[a], root[b])
        hooked = root.copy()
        np.minimum.at(hooked, root[a], low)
        np.minimum.at(hooked, root[b], low)
        hooked = hooked[hooked]  # halve every chain of roots
        if np.array_equal(hooked, root):
            return np.unique(root, return_inverse=True)[1].reshape(-1)
        root = hooked

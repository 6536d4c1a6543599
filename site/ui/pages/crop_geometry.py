"""Compute where a frame and the picture below it lie. Pure, so that CPython can test it.

Edges are shares, 0 to 1, of the upright rectangle that encloses the turned picture.
"""

import math

MIN_SHARE = 0.02  # a frame is no narrower and no lower
WHOLE = (0, 0, 1, 1)


def enclosing(width: float, height: float, degrees: float) -> tuple:
    """Return the size of the upright rectangle around a picture turned by some degrees."""
    cosine, sine = abs(math.cos(math.radians(degrees))), abs(math.sin(math.radians(degrees)))
    return width * cosine + height * sine, width * sine + height * cosine


def moved(frame, edges: str, right: float, down: float) -> list:
    """Return a frame (left, top, right, bottom) with some of its edges moved.

    edges: of "n", "s", "w" and "e", one or two; "" moves the whole frame, which keeps its size.
    right, down: by how much, in shares.
    """
    left, top, far, low = frame
    if not edges:
        right = min(max(right, -left), 1 - far)
        down = min(max(down, -top), 1 - low)
        return [left + right, top + down, far + right, low + down]
    if "w" in edges:
        left = min(max(left + right, 0), far - MIN_SHARE)
    if "e" in edges:
        far = max(min(far + right, 1), left + MIN_SHARE)
    if "n" in edges:
        top = min(max(top + down, 0), low - MIN_SHARE)
    if "s" in edges:
        low = max(min(low + down, 1), top + MIN_SHARE)
    return [left, top, far, low]


def turned_quarter(frame) -> list:
    """Return the frame around the same part once the picture is turned clockwise by a quarter."""
    left, top, right, bottom = frame
    return [1 - bottom, left, 1 - top, right]


def corners_of(frame) -> list:
    """Return a frame's corners, [[x, y], ...] clockwise from the top left."""
    left, top, right, bottom = frame
    return [[left, top], [right, top], [right, bottom], [left, bottom]]


def corner_moved(corners, index: int, right: float, down: float) -> list:
    """Return corners with one of them moved, unless they would no longer stand for a page.

    A page's corners make a convex shape, clockwise, of some size.
    """
    moved_to = [list(corner) for corner in corners]
    x, y = corners[index]
    moved_to[index] = [min(max(x + right, 0), 1), min(max(y + down, 0), 1)]
    for place in range(4):
        (x0, y0), (x1, y1), (x2, y2) = (moved_to[(place + step) % 4] for step in range(3))
        if (x1 - x0) * (y2 - y1) - (y1 - y0) * (x2 - x1) < MIN_SHARE**2:
            return corners
    return moved_to


def corners_turned(corners) -> list:
    """Return the same corners once the picture is turned clockwise by a quarter."""
    turned = [[1 - y, x] for x, y in corners]
    return turned[3:] + turned[:3]


def is_whole(frame, degrees: float) -> bool:
    """Return whether a frame leaves nothing out and nothing is turned."""
    return not degrees and tuple(frame) == WHOLE

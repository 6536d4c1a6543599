"""Turn strokes into the small network's inputs: where there is ink, and how it runs there.

Plain Python, for the page's MicroPython and for training alike, so that both see the same. The
frame is MNIST's at half its size. The longer side has 10 of 14 pixels; the centre of mass lies in
the middle. The line is one pixel wide, whatever the pen. Directions as in online recognisers (Z.-L.
Bai, Q. Huo, "A study on the use of 8-directional features for online handwritten Chinese character
recognition", ICDAR 2005), without the sense of writing.
"""

import math

SIDE = 14  # pixels of the frame
BOX = 9  # pixels of the path's longer side: a line of one pixel makes it 10
COARSE = 7  # cells along a side, for directions
DIRECTIONS = 4  # level, upright, falling, rising
PLANE = COARSE * COARSE
INPUTS = SIDE * SIDE + DIRECTIONS * PLANE
APART = 0.5  # pixels: points closer than this to the last one say nothing of its direction
STEP = 0.8  # pixels between two deposits of ink
DOT = 1  # pixels of line that a tap counts as
MIN_SIZE = 1.5  # pen widths of the longer side: a smaller drawing is a dot
PER_CELL = 2  # pixels of line that fill a cell


def inputs_of(strokes) -> list:
    """Return INPUTS values from 0 to 1: the frame's pixels by rows, then the cells by direction.

    strokes: lists of points (x, y, ...), y down, in any unit; at least one point.
    """
    segments, left, top, right, bottom = _segments(_scaled(strokes))
    across = _shift(segments, 0, left, right)
    down = _shift(segments, 1, top, bottom)
    ink = [0.0] * (SIDE * SIDE)
    cells = [0.0] * (DIRECTIONS * PLANE)
    for x, y, to_right, to_bottom, length in segments:
        _deposit_line(ink, cells, x + across, y + down, to_right, to_bottom, length)
    return [min(value, 1.0) for value in ink] + [min(value / PER_CELL, 1.0) for value in cells]


def is_dot(strokes) -> bool:
    """Return whether strokes are too small for their pen to tell anything.

    strokes: lists of points (x, y, the pen's width, ...).
    """
    xs, ys, widths = zip(*(point[:3] for stroke in strokes for point in stroke))  # noqa: B905
    return max(max(xs) - min(xs), max(ys) - min(ys)) < MIN_SIZE * max(widths)


def _scaled(strokes):
    """Return the strokes in pixels, without points that are too close to the one before."""
    xs = [point[0] for stroke in strokes for point in stroke]
    ys = [point[1] for stroke in strokes for point in stroke]
    left, top = min(xs), min(ys)
    longer = max(max(xs) - left, max(ys) - top)
    scale = BOX / longer if longer > 0 else 1
    return [
        _thinned([((point[0] - left) * scale, (point[1] - top) * scale) for point in stroke])
        for stroke in strokes
        if len(stroke)
    ]


def _thinned(points):
    kept = [points[0]]
    for x, y in points[1:]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= APART:
            kept.append((x, y))
    return kept


def _segments(strokes):
    """Return segments [x, y, to the right, to the bottom, length], and the box around them."""
    segments = []
    for stroke in strokes:
        x, y = stroke[0]
        if len(stroke) == 1:
            segments.append((x, y, 0, 0, DOT))
        for next_x, next_y in stroke[1:]:
            to_right, to_bottom = next_x - x, next_y - y
            length = math.sqrt(to_right * to_right + to_bottom * to_bottom)
            segments.append((x, y, to_right, to_bottom, length))
            x, y = next_x, next_y
    xs = [point[0] for stroke in strokes for point in stroke]
    ys = [point[1] for stroke in strokes for point in stroke]
    return segments, min(xs), min(ys), max(xs), max(ys)


def _shift(segments, axis, low, high):
    """Return how far to move along an axis so that the mass is central and all is in the frame."""
    total = sum(segment[4] for segment in segments)
    moment = sum((segment[axis] + segment[axis + 2] / 2) * segment[4] for segment in segments)
    shift = SIDE / 2 - moment / total
    return min(max(shift, 0.5 - low), SIDE - 0.5 - high)


def _deposit_line(ink, cells, x, y, to_right, to_bottom, length):
    """Add a segment's ink to the pixels, and to the cells of its two nearest directions."""
    level = slanting = 0
    squared = to_right * to_right + to_bottom * to_bottom
    if squared > 0:  # cosine and sine of twice the angle: a line has no sense
        level = (to_right * to_right - to_bottom * to_bottom) / squared
        slanting = 2 * to_right * to_bottom / squared
    first = 0 if level > 0 else PLANE
    second = 2 * PLANE if slanting > 0 else 3 * PLANE
    count = math.ceil(length / STEP)
    share = length / count
    for place in range(count):
        along = (place + 0.5) / count
        at_x, at_y = x + to_right * along, y + to_bottom * along
        for pixel, amount in _corners(at_x, at_y, SIDE, share):
            ink[pixel] += amount
        for cell, amount in _corners(at_x * COARSE / SIDE, at_y * COARSE / SIDE, COARSE, share):
            cells[first + cell] += amount * abs(level)
            cells[second + cell] += amount * abs(slanting)


def _corners(x, y, side, amount):
    """Share an amount among the four pixels around a place: [(pixel, share)]."""
    x, y = min(max(x - 0.5, 0), side - 1), min(max(y - 0.5, 0), side - 1)
    column, row = min(int(x), side - 2), min(int(y), side - 2)
    right, lower = x - column, (y - row) * amount
    upper, at = amount - lower, row * side + column
    return (
        (at, upper * (1 - right)),
        (at + 1, upper * right),
        (at + side, lower * (1 - right)),
        (at + side + 1, lower * right),
    )

"""Draw a stroke as one smooth line of round ink.

Quadratic curves join the midpoints between pen positions, with the positions as control points:
a fast pen leaves no corners. The eraser is the same line, taking ink away.
"""

from math import pi

BRUSH = 20  # units, of the pad's 280: the pen width of the training data at this size
NUMBERS_BRUSH = 0.7  # times the brush: digits of a number are smaller than a single one


def draw_stroke(context, stroke, until: float = float("inf")) -> None:
    """Draw a stroke on a prepared 2D context, up to `until` milliseconds after its beginning."""
    points = [point for point in stroke.points if point[3] <= until]
    if not points:
        return
    use_pen_or_eraser(context, stroke.erase)
    for index in range(len(points)):
        draw_point(context, points, index)
    if len(points) == len(stroke.points):
        end_stroke(context, points)
    use_pen_or_eraser(context, False)


def draw_point(context, points: list, index: int) -> None:
    """Draw what a point adds to its stroke: a dot if it is the first, else the next curve."""
    x, y, width, _ = points[index]
    context.beginPath()
    if index == 0:
        context.arc(x, y, width / 2, 0, 2 * pi)
        context.fill()
        return
    corner = points[index - 1]
    start = _midpoint(points[index - 2], corner) if index > 1 else corner
    end = _midpoint(corner, points[index])
    context.lineWidth = corner[2]
    context.moveTo(start[0], start[1])
    context.quadraticCurveTo(corner[0], corner[1], end[0], end[1])
    context.stroke()


def end_stroke(context, points: list) -> None:
    """Draw the rest of a stroke, from the last midpoint to the last point."""
    if len(points) < 2:
        return
    x, y, width, _ = points[-1]
    start = _midpoint(points[-2], points[-1])
    context.lineWidth = width
    context.beginPath()
    context.moveTo(start[0], start[1])
    context.lineTo(x, y)
    context.stroke()


def use_ink(context, colour: str) -> None:
    """Set a 2D context to draw round ink of one colour."""
    context.lineCap = "round"
    context.lineJoin = "round"
    context.strokeStyle = colour
    context.fillStyle = colour


def use_pen_or_eraser(context, erase: bool) -> None:
    """Set a 2D context to draw, or to erase."""
    context.globalCompositeOperation = "destination-out" if erase else "source-over"


def _midpoint(a, b):
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2

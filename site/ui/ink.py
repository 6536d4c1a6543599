"""How a stroke looks: one smooth line of round ink through the points where the pen was.

Curves pass through the middles between points and bend towards the points themselves, so a fast
pen leaves no corners. An eraser is a pen that takes ink away.
"""

from math import pi

BRUSH = 20  # of a sheet's 280: what pen users draw with at this size, and what is trained on
NUMBERS_BRUSH = 0.7  # of the brush: the digits of a number are as much smaller than one alone


def draw_stroke(context, stroke, until: float = float("inf")) -> None:
    """Draw a stroke on a 2D context whose colours and scale are set, up to a moment of its time."""
    points = [point for point in stroke.points if point[3] <= until]
    if not points:
        return
    use_tip(context, stroke.erase)
    for index in range(len(points)):
        draw_point(context, points, index)
    if len(points) == len(stroke.points):
        end_stroke(context, points)
    use_tip(context, False)


def draw_point(context, points: list, index: int) -> None:
    """Draw what a new point adds to its stroke: a dot if it is the first, else the next curve."""
    x, y, width, _ = points[index]
    context.beginPath()
    if index == 0:
        context.arc(x, y, width / 2, 0, 2 * pi)
        context.fill()
        return
    corner = points[index - 1]
    start = _middle(points[index - 2], corner) if index > 1 else corner
    end = _middle(corner, points[index])
    context.lineWidth = corner[2]
    context.moveTo(start[0], start[1])
    context.quadraticCurveTo(corner[0], corner[1], end[0], end[1])
    context.stroke()


def end_stroke(context, points: list) -> None:
    """Draw the last half step, from the last middle to the last point."""
    if len(points) < 2:
        return
    x, y, width, _ = points[-1]
    start = _middle(points[-2], points[-1])
    context.lineWidth = width
    context.beginPath()
    context.moveTo(start[0], start[1])
    context.lineTo(x, y)
    context.stroke()


def use_ink(context, colour: str) -> None:
    """Set the pen of a 2D context: round ink of one colour."""
    context.lineCap = "round"
    context.lineJoin = "round"
    context.strokeStyle = colour
    context.fillStyle = colour


def use_tip(context, erase: bool) -> None:
    """Turn the pen round: its other end takes ink away."""
    context.globalCompositeOperation = "destination-out" if erase else "source-over"


def _middle(a, b):
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2

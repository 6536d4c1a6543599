"""How a stroke looks: one smooth line of round ink through the points where the pen was.

A stroke is a list of points (x, y, width), all in units of which the pad's side has SIDE: it is
the same drawing on a telephone and on a wall. Curves pass through the middles between points and
bend towards the points themselves, so a fast pen leaves no corners.
"""

from math import pi

SIDE = 280
BRUSH = 20  # of SIDE: what pen users draw with on a canvas of this size, and what is trained on


def draw_stroke(context, stroke: list) -> None:
    """Draw a whole stroke on a 2D context whose colours and scale are set."""
    for index in range(len(stroke)):
        draw_point(context, stroke, index)
    end_stroke(context, stroke)


def draw_point(context, stroke: list, index: int) -> None:
    """Draw what a new point adds to its stroke: a dot if it is the first, else the next curve."""
    x, y, width = stroke[index]
    context.beginPath()
    if index == 0:
        context.arc(x, y, width / 2, 0, 2 * pi)
        context.fill()
        return
    corner = stroke[index - 1]
    start = _middle(stroke[index - 2], corner) if index > 1 else corner
    end = _middle(corner, stroke[index])
    context.lineWidth = corner[2]
    context.moveTo(start[0], start[1])
    context.quadraticCurveTo(corner[0], corner[1], end[0], end[1])
    context.stroke()


def end_stroke(context, stroke: list) -> None:
    """Draw the last half step, from the last middle to the last point."""
    if len(stroke) < 2:
        return
    x, y, width = stroke[-1]
    start = _middle(stroke[-2], stroke[-1])
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


def _middle(a, b):
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2

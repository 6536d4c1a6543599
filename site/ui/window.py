"""Which part of the sheet is in sight: (left, top, width, height) in the sheet's units.

For a number it is the whole wide sheet, for a digit a square. The ink stays where it is on the
sheet; what was drawn for a number can then be seen, whole, in a square of its own.
"""

from ui.sheet import SIDE, WIDE, Drawing

SQUARE = (0, 0, SIDE, SIDE)
WHOLE = (0, 0, WIDE, SIDE)
# So high a drawing of one digit is read: of 6,378 canvases by writers of the development sets 51
# are not read right so, 48 if it is SIDE pixels high, and reading takes three quarters of the time.
DIGIT_PIXELS = 160
ROOM = 1.5  # times its longer side: the square around one digit of a number


def window_on(content, as_number: bool) -> tuple:
    """What the pad shows of a Drawing or a Picture."""
    if as_number:
        return WHOLE
    if isinstance(content, Drawing) and content.wide:
        return _square_of(content)
    return SQUARE


def pixels_high(window: tuple) -> int:
    """How many pixels high what is in a window is drawn to be read."""
    _, _, width, height = window
    return SIDE if width > height else min(SIDE, round(DIGIT_PIXELS * height / SIDE))


def on_sheet(box, content, window: tuple) -> list:
    """A box (left, top, right, bottom) in what was read, in the sheet's units."""
    if not isinstance(content, Drawing):
        return content.on_sheet(box, window)
    left, top, _, height = window
    x0, y0, x1, y1 = (edge * height / pixels_high(window) for edge in box)
    return [left + x0, top + y0, left + x1, top + y1]


def around(box: list) -> tuple:
    """A square window around a box (left, top, right, bottom), with some room."""
    left, top, right, bottom = box
    side = ROOM * max(right - left, bottom - top)
    return (left + right - side) / 2, (top + bottom - side) / 2, side, side


def look_through(context, window: tuple, pixels: float) -> None:
    """Have a 2D context draw what is in a window, so many pixels wide."""
    left, top, width, _ = window
    scale = pixels / width
    context.setTransform(scale, 0, 0, scale, -left * scale, -top * scale)


def _square_of(drawing):
    """The usual square if it holds all ink, else one moved or else enlarged so that it does."""
    edges = [
        min(WIDE, max(0, x + side * width / 2))
        for stroke in drawing.strokes
        for x, _, width, _ in stroke.points
        for side in (-1, 1)
    ]
    if not edges or max(edges) <= SIDE:
        return SQUARE
    if max(edges) - min(edges) > SIDE:
        return (0, (SIDE - WIDE) / 2, WIDE, WIDE)
    middle = (min(edges) + max(edges)) / 2
    return (min(WIDE - SIDE, max(0, middle - SIDE / 2)), 0, SIDE, SIDE)

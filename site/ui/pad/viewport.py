"""Choose the part of the pad that is in sight: (left, top, width, height) in the pad's units.

For a number it is the whole wide pad, for a digit a square. Strokes keep their coordinates; a
drawing made for a number is shown whole in an enlarged square.
"""

from ui.pad.strokes import SIDE, WIDE, Drawing

SQUARE = (0, 0, SIDE, SIDE)
WHOLE = (0, 0, WIDE, SIDE)
# Pixels: the height at which a drawing of one digit is read. Of 6,378 drawings of the development
# sets 51 are read wrong at 160, 48 at 280. Reading takes three quarters of the time.
DIGIT_PIXELS = 160
CROP_SIDE = 1.5  # times its longer side: the square shown around one digit of a number


def viewport_of(content, as_number: bool) -> tuple:
    """Return what the pad shows of a Drawing or a Picture."""
    if as_number:
        return WHOLE
    if isinstance(content, Drawing) and content.wide:
        return _square_of(content)
    return SQUARE


def pixels_high(viewport: tuple) -> int:
    """Return the height in pixels at which a viewport is drawn to be read."""
    _, _, width, height = viewport
    return SIDE if width > height else min(SIDE, round(DIGIT_PIXELS * height / SIDE))


def to_pad_units(box, content, viewport: tuple) -> list:
    """Convert a box (left, top, right, bottom) from pixels that were read to the pad's units."""
    if not isinstance(content, Drawing):
        return content.to_pad_units(box, viewport)
    left, top, _, height = viewport
    x0, y0, x1, y1 = (edge * height / pixels_high(viewport) for edge in box)
    return [left + x0, top + y0, left + x1, top + y1]


def square_around(box: list) -> tuple:
    """Return a square viewport around a box (left, top, right, bottom), with a margin."""
    left, top, right, bottom = box
    side = CROP_SIDE * max(right - left, bottom - top)
    return (left + right - side) / 2, (top + bottom - side) / 2, side, side


def set_viewport(context, viewport: tuple, pixels: float) -> None:
    """Scale a 2D context so that the viewport's width is drawn that many pixels wide."""
    left, top, width, _ = viewport
    scale = pixels / width
    context.setTransform(scale, 0, 0, scale, -left * scale, -top * scale)


def _square_of(drawing):
    """Return SQUARE if it holds all ink, else a moved or an enlarged square that does."""
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

"""Draw the strokes as the worker reads them, black on white, in step with the pen.

Drawing them anew takes MicroPython 0.1 ms a point; at the end of a stroke the answer would wait.
"""

from pyscript import document
from pyscript.ffi import to_js

from ui.pad import brush
from ui.pad.viewport import SQUARE, pixels_high, set_viewport

# Keeps the canvas out of the GPU's memory, from which reading pixels is slow.
FOR_READING = to_js({"willReadFrequently": True})


PROBE = 4  # pixels: the side of each half of a drawing made to be compared


class Raster:
    """A canvas with finished strokes and those points of the stroke under way drawn so far."""

    def __init__(self):
        self._context = make_context(SQUARE, pixels_high(SQUARE))
        self._drawn = None  # the finished strokes on the canvas, and the viewport
        self._is_drawing = False
        self._copy = None  # a second context, for how the stroke under way may end
        self._is_readable = False  # known to be; asked again until it is

    def is_readable(self) -> bool:
        """Return whether the browser gives the pixels that were drawn, not blank or random ones.

        Some do not, as a protection against fingerprinting; a little noise does no harm.
        """
        self._is_readable = self._is_readable or _gives_what_was_drawn()
        return self._is_readable

    def pixels(self, strokes: tuple, viewport: tuple):
        """Return ImageData of these strokes, black on white."""
        if self._is_drawing or self._drawn != (strokes, viewport):
            self._draw(strokes, viewport)
        return _pixels_on_white(self._context, viewport)

    def begin(self, strokes: tuple, viewport: tuple, erase: bool) -> None:
        """Begin a stroke on top of finished ones."""
        if self._is_drawing or self._drawn != (strokes, viewport):
            self._draw(strokes, viewport)
        brush.use_pen_or_eraser(self._context, erase)
        self._is_drawing = True

    def draw_point(self, points: list) -> None:
        """Draw what the last of a stroke's points adds to it."""
        if self._is_drawing:  # else `pixels` came in between, and the next call draws all anew
            brush.draw_point(self._context, points, len(points) - 1)

    def pixels_if_lifted(self, stroke):
        """Return what `pixels` gives if the stroke ends here; None if none is under way."""
        if not self._is_drawing:
            return None
        viewport, canvas = self._drawn[1], self._context.canvas
        if self._copy is None:
            self._copy = make_context(viewport, canvas.height)
            brush.use_ink(self._copy, "black")
        _copy_pixels(self._copy, canvas)
        brush.use_pen_or_eraser(self._copy, stroke.erase)
        brush.end_stroke(self._copy, stroke.points)
        brush.use_pen_or_eraser(self._copy, False)
        return _pixels_on_white(self._copy, viewport)

    def end(self, stroke) -> None:
        """Finish the stroke under way."""
        if self._is_drawing:
            brush.end_stroke(self._context, stroke.points)
            brush.use_pen_or_eraser(self._context, False)
            strokes, viewport = self._drawn
            self._drawn = strokes + (stroke,), viewport
            self._is_drawing = False

    def _draw(self, strokes, viewport):
        self._context, self._copy = make_context(viewport, pixels_high(viewport)), None
        brush.use_ink(self._context, "black")
        for stroke in strokes:
            brush.draw_stroke(self._context, stroke)
        self._drawn, self._is_drawing = (strokes, viewport), False


def make_context(viewport: tuple, height: int):
    """Return the 2D context of a clear canvas for a viewport, `height` pixels high."""
    canvas = document.createElement("canvas")
    canvas.height = height
    canvas.width = round(height * viewport[2] / viewport[3])
    context = canvas.getContext("2d", FOR_READING)
    set_viewport(context, viewport, canvas.width)
    return context


def fill_white(context, viewport: tuple) -> None:
    """Put white behind the ink."""
    context.save()
    context.globalCompositeOperation = "destination-over"
    context.fillStyle = "white"
    context.fillRect(*viewport)
    context.restore()


def _gives_what_was_drawn():
    """Draw a black and a white half, and compare what can be read of them."""
    context = make_context((0, 0, 2 * PROBE, PROBE), PROBE)
    for left, tone in ((0, "black"), (PROBE, "white")):
        context.fillStyle = tone
        context.fillRect(left, 0, PROBE, PROBE)
    data = context.getImageData(0, 0, 2 * PROBE, PROBE).data
    reds = [data[4 * place] for place in range(2 * PROBE * PROBE)]
    return all((red > 127) == (place % (2 * PROBE) >= PROBE) for place, red in enumerate(reds))


def _copy_pixels(context, canvas):
    """Replace all that is on a 2D context by a canvas of the same size."""
    context.save()
    context.resetTransform()
    context.globalCompositeOperation = "copy"
    context.drawImage(canvas, 0, 0)
    context.restore()


def _pixels_on_white(context, viewport):
    fill_white(context, viewport)
    return context.getImageData(0, 0, context.canvas.width, context.canvas.height)

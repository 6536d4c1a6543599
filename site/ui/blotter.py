"""The drawing as the worker gets it, kept up with the pen: black, equally large on every screen.

To draw it all anew takes MicroPython a tenth of a millisecond for every point, and that at the end
of a stroke, when somebody waits for the answer.
"""

from pyscript import document
from pyscript.ffi import to_js

from ui import ink
from ui.sheet import SIDE
from ui.window import look_through

FOR_READING = to_js({"willReadFrequently": True})  # else its pixels would be fetched from the GPU


class Blotter:
    """A canvas with the strokes of a sheet and, as far as it has come, the one under way."""

    def __init__(self):
        self._canvas, self._context = paper((0, 0, SIDE, SIDE))
        self._shown = None  # the strokes that are on it, whole, and the window they are seen in
        self._writing = False

    def copy(self, strokes: tuple, window: tuple) -> tuple:
        """A canvas of its own with these strokes and nothing else, and its 2D context."""
        if self._writing or self._shown != (strokes, window):
            self._draw(strokes, window)
        canvas, context = paper(window)
        context.save()
        context.resetTransform()
        context.drawImage(self._canvas, 0, 0)
        context.restore()
        return canvas, context

    def begin(self, strokes: tuple, window: tuple, erase: bool) -> None:
        """Set the pen down on what is on the sheet."""
        if self._writing or self._shown != (strokes, window):
            self._draw(strokes, window)
        ink.use_tip(self._context, erase)
        self._writing = True

    def draw_point(self, points: list) -> None:
        """Draw what the last of a stroke's points adds to it."""
        if self._writing:  # else a copy was asked for meanwhile: the next one is drawn anew
            ink.draw_point(self._context, points, len(points) - 1)

    def end(self, stroke) -> None:
        """Lift the pen."""
        if self._writing:
            ink.end_stroke(self._context, stroke.points)
            ink.use_tip(self._context, False)
            strokes, window = self._shown
            self._shown = strokes + (stroke,), window
            self._writing = False

    def _draw(self, strokes, window):
        self._canvas, self._context = paper(window)
        ink.use_ink(self._context, "black")
        for stroke in strokes:
            ink.draw_stroke(self._context, stroke)
        self._shown, self._writing = (strokes, window), False


def paper(window: tuple) -> tuple:
    """A clear canvas for what is in a window, SIDE pixels high, and its 2D context."""
    canvas = document.createElement("canvas")
    canvas.height = SIDE
    canvas.width = round(SIDE * window[2] / window[3])
    context = canvas.getContext("2d", FOR_READING)
    look_through(context, window, canvas.width)
    return canvas, context

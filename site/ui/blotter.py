"""The drawing as the worker gets it, kept up with the pen: black on white, equally large on every
screen.

To draw it all anew takes MicroPython a tenth of a millisecond for every point, and that at the end
of a stroke, when somebody waits for the answer.
"""

from pyscript import document
from pyscript.ffi import to_js

from ui import ink
from ui.window import SQUARE, look_through, pixels_high

FOR_READING = to_js({"willReadFrequently": True})  # else its pixels would be fetched from the GPU


class Blotter:
    """A canvas with the strokes of a sheet and, as far as it has come, the one under way."""

    def __init__(self):
        self._context = paper(SQUARE, pixels_high(SQUARE))
        self._shown = None  # the strokes that are on it, whole, and the window they are seen in
        self._writing = False
        self._copy = None  # another as large, once there is one, for how a stroke may end

    def pixels(self, strokes: tuple, window: tuple):
        """These strokes and nothing else, as ImageData."""
        if self._writing or self._shown != (strokes, window):
            self._draw(strokes, window)
        return _on_white(self._context, window)

    def begin(self, strokes: tuple, window: tuple, erase: bool) -> None:
        """Set the pen down on what is on the sheet."""
        if self._writing or self._shown != (strokes, window):
            self._draw(strokes, window)
        ink.use_tip(self._context, erase)
        self._writing = True

    def draw_point(self, points: list) -> None:
        """Draw what the last of a stroke's points adds to it."""
        if self._writing:  # else its pixels were asked for meanwhile: the next ones are drawn anew
            ink.draw_point(self._context, points, len(points) - 1)

    def foreseen(self, stroke):
        """What `pixels` will be if the stroke under way ends here; None if it is not on this."""
        if not self._writing:
            return None
        window, canvas = self._shown[1], self._context.canvas
        if self._copy is None:
            self._copy = paper(window, canvas.height)
            ink.use_ink(self._copy, "black")
        copy_all(self._copy, canvas)
        ink.use_tip(self._copy, stroke.erase)
        ink.end_stroke(self._copy, stroke.points)
        ink.use_tip(self._copy, False)
        return _on_white(self._copy, window)

    def end(self, stroke) -> None:
        """Lift the pen."""
        if self._writing:
            ink.end_stroke(self._context, stroke.points)
            ink.use_tip(self._context, False)
            strokes, window = self._shown
            self._shown = strokes + (stroke,), window
            self._writing = False

    def _draw(self, strokes, window):
        self._context, self._copy = paper(window, pixels_high(window)), None
        ink.use_ink(self._context, "black")
        for stroke in strokes:
            ink.draw_stroke(self._context, stroke)
        self._shown, self._writing = (strokes, window), False


def paper(window: tuple, height: int):
    """The 2D context of a clear canvas for what is in a window, so many pixels high."""
    canvas = document.createElement("canvas")
    canvas.height = height
    canvas.width = round(height * window[2] / window[3])
    context = canvas.getContext("2d", FOR_READING)
    look_through(context, window, canvas.width)
    return context


def copy_all(context, canvas) -> None:
    """Replace all that is on a 2D context by a canvas of the same size, pixel by pixel."""
    context.save()
    context.resetTransform()
    context.globalCompositeOperation = "copy"
    context.drawImage(canvas, 0, 0)
    context.restore()


def whiten(context, window: tuple) -> None:
    """Put white under all ink, and where it was rubbed out."""
    context.save()
    context.globalCompositeOperation = "destination-over"
    context.fillStyle = "white"
    context.fillRect(*window)
    context.restore()


def _on_white(context, window):
    """What is on a 2D context as ImageData, black on white."""
    whiten(context, window)
    return context.getImageData(0, 0, context.canvas.width, context.canvas.height)

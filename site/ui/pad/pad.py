"""Show the pad's content, and add strokes to it while a pen is down."""

import js
from pyscript.ffi import create_proxy, to_js

from ui.browser.dom import css_value
from ui.browser.signal import Signal
from ui.pad import brush
from ui.pad.picture import Picture
from ui.pad.raster import Raster, fill_white, make_context
from ui.pad.strokes import SIDE, Stroke, UndoStack
from ui.pad.viewport import set_viewport, viewport_of

COLOURS = ("(prefers-color-scheme: dark)", "(forced-colors: active)")  # change the ink's


class Pad:
    """A canvas, square for a digit or wide for a number.

    stroke_begun, stroke_ended: emitted without values when the pen is set down and lifted.
    stroke_dropped: emitted instead of stroke_ended if the stroke was not meant.
    pen_moved: emitted with the Stroke under way after each event, of one or more points.
    """

    def __init__(self, canvas, mode):
        self.canvas = canvas
        self.erase = False
        self.brush_width = brush.BRUSH
        self.stroke_begun, self.stroke_ended, self.pen_moved = Signal(), Signal(), Signal()
        self.stroke_dropped = Signal()
        self._mode = mode
        self._context = canvas.getContext("2d")
        self._raster = Raster()
        self._versions = UndoStack()
        self._stroke = None
        self._began = 0  # milliseconds on the clock of performance.now()
        redraw = create_proxy(lambda *_: self.redraw())
        js.ResizeObserver.new(redraw).observe(canvas)
        for query in COLOURS:
            js.matchMedia(query).addEventListener("change", redraw)
        canvas.addEventListener("contextrestored", redraw)  # after the GPU had lost it
        mode.changed.connect(self.redraw)

    @property
    def content(self):
        """The Drawing or Picture on the pad."""
        return self._versions.content

    @property
    def strokes(self) -> tuple:
        """The drawing's strokes; none if a picture is on the pad."""
        return self._versions.strokes

    @property
    def viewport(self) -> tuple:
        """The part of the pad in sight: (left, top, width, height) in its units."""
        return viewport_of(self.content, self._mode.is_number)

    def reveal(self) -> None:
        """Scroll the pad into sight: it shows something that was chosen elsewhere."""
        self.canvas.scrollIntoView(to_js({"block": "nearest"}))

    # ---- The pen ----

    @property
    def is_down(self) -> bool:
        """Whether a stroke is under way."""
        return self._stroke is not None

    def begin(self, x: float, y: float, pressure: float = 0.5, erase=None) -> None:
        """Set the pen down; pressure from 0 to 1, where 0.5 draws the brush's own width.

        erase: whether this stroke erases; by default as the pad's `erase` says.
        """
        erase = self.erase if erase is None else erase
        if isinstance(self.content, Picture):
            self._wipe()
        self.canvas.classList.remove("on-spot")
        self.canvas.parentElement.classList.add("writing")
        self._stroke = Stroke(erase=erase)
        self._began = js.performance.now()
        brush.use_pen_or_eraser(self._context, erase)
        self._raster.begin(self.strokes, self.viewport, erase)
        self.move(x, y, pressure)
        self.stroke_begun.emit()

    def move(self, x: float, y: float, pressure: float = 0.5) -> None:
        """Draw to a point; the pen has to be down."""
        time = js.performance.now() - self._began
        points = self._stroke.points
        width = self.brush_width * (brush.NUMBERS_BRUSH if self._mode.is_number else 1)
        points.append([x, y, width * (0.5 + pressure), time])
        brush.draw_point(self._context, points, len(points) - 1)
        self._raster.draw_point(points)

    def announce_move(self) -> None:
        """Emit `pen_moved`, once all points of an event have been drawn."""
        self.pen_moved.emit(self._stroke)

    def end(self) -> None:
        """Lift the pen."""
        brush.end_stroke(self._context, self._stroke.points)
        brush.use_pen_or_eraser(self._context, False)
        stroke, self._stroke = self._stroke, None
        self._raster.end(stroke)
        self._versions.add(stroke, self._mode.is_number)
        self.stroke_ended.emit()

    def drop_stroke(self) -> None:
        """Forget the stroke under way, which was not meant."""
        if self._stroke is not None:
            self._stroke = None
            self.redraw()
            self.stroke_dropped.emit()

    def continue_stroke(self, stroke, began: float) -> None:
        """Go on with a stroke begun by early.js; began: milliseconds of `performance.now()`."""
        self._stroke, self._began = stroke, began
        self.canvas.parentElement.classList.add("writing")
        self.stroke_begun.emit()
        self.redraw()

    # ---- The content ----

    def put(self, content) -> None:
        """Replace the content by a Drawing or a Picture."""
        self._stroke = None
        self._versions.put(content)
        self.redraw()

    def add_strokes(self, strokes) -> None:
        """Add finished strokes to the drawing."""
        for stroke in strokes:
            self._versions.add(stroke, self._mode.is_number)
        self.redraw()

    @property
    def can_undo(self) -> bool:
        return self._versions.can_undo

    @property
    def can_redo(self) -> bool:
        return self._versions.can_redo

    def undo(self) -> None:
        """Go back one step."""
        self._versions.undo()
        self.redraw()

    def redo(self) -> None:
        """Take back the last undo."""
        self._versions.redo()
        self.redraw()

    # ---- Pixels ----

    def is_readable(self) -> bool:
        """Return whether the browser lets the page read the canvas."""
        return self._raster.is_readable()

    def pixels(self):
        """Return the drawing as ImageData, black on white, of the same size on every screen."""
        return self._raster.pixels(self.strokes, self.viewport)

    def pixels_if_lifted(self):
        """Return what `pixels` would give if the pen were lifted now; None if it is not down."""
        return self._raster.pixels_if_lifted(self._stroke)

    def snapshot(self):
        """Return the content on a canvas of SIDE x SIDE or WIDE x SIDE pixels, black on white."""
        viewport = self.viewport
        context = make_context(viewport, SIDE)
        if isinstance(self.content, Picture):
            self.content.draw(context, "transparent", viewport)
        brush.use_ink(context, "black")
        for stroke in self.strokes:
            brush.draw_stroke(context, stroke)
        fill_white(context, viewport)
        return context.canvas

    def redraw(self, until: float = float("inf"), strokes=None) -> None:
        """Fit the canvas to its place and screen, and draw everything anew.

        For a replay: draw only these strokes, the last of them up to `until` milliseconds.
        """
        viewport = self.viewport
        self._fit_canvas(viewport)
        self._wipe()
        if isinstance(self.content, Picture):
            self.content.draw(self._context, css_value("--accent"), viewport)
        brush.use_ink(self._context, css_value("--ink"))
        strokes = self.strokes if strokes is None else strokes
        for stroke in strokes[:-1]:
            brush.draw_stroke(self._context, stroke)
        if strokes:
            brush.draw_stroke(self._context, strokes[-1], until)
        if self._stroke:  # under way while the window changed
            brush.draw_stroke(self._context, self._stroke)
            brush.use_pen_or_eraser(self._context, self._stroke.erase)

    def _fit_canvas(self, viewport):
        width = round(self.canvas.clientWidth * js.devicePixelRatio)
        height = round(width * viewport[3] / viewport[2])
        if self.canvas.width != width or self.canvas.height != height:
            self.canvas.width = width
            self.canvas.height = height
        set_viewport(self._context, viewport, width)

    def _wipe(self):
        self._context.clearRect(*self.viewport)

"""The pad: shows the sheet, and lets a pen add strokes to it."""

import js
from pyscript.ffi import create_proxy

from ui import ink
from ui.blotter import Blotter, paper, whiten
from ui.dom import style_of
from ui.picture import Picture
from ui.sheet import SIDE, Sheet, Stroke
from ui.window import look_through, window_on

DARK = "(prefers-color-scheme: dark)"


class Pad:
    """A canvas with a sheet on it, square or wide as the mode wants it; `on_begin()` and `on_end()`
    are called at the ends of every stroke."""

    def __init__(self, canvas, on_begin, on_end, mode):
        self.sheet = Sheet()
        self.canvas = canvas
        self._mode = mode
        self.erase = False
        self.brush = ink.BRUSH
        self._context = canvas.getContext("2d")
        self._blotter = Blotter()
        self._on_begin, self._on_end = on_begin, on_end
        self.on_move = lambda stroke: None  # called once the pen has moved, however many points
        self._stroke = None
        self._began = 0
        redraw = create_proxy(lambda *_: self.redraw())
        js.ResizeObserver.new(redraw).observe(canvas)
        js.matchMedia(DARK).addEventListener("change", redraw)
        mode.listeners.append(self.redraw)

    @property
    def window(self) -> tuple:
        """The part of the sheet in sight: (left, top, width, height)."""
        return window_on(self.sheet.content, self._mode.is_number)

    # ---- The pen ----

    def begin(self, x: float, y: float, pressure: float = 0.5) -> None:
        """Set the pen down; pressure from 0 to 1, where 0.5 draws the brush's own width."""
        if isinstance(self.sheet.content, Picture):
            self._clear()
        self.canvas.classList.remove("on-spot")
        self.canvas.parentElement.classList.add("writing")
        self._stroke = Stroke(erase=self.erase)
        self._began = js.performance.now()
        ink.use_tip(self._context, self.erase)
        self._blotter.begin(self.sheet.strokes, self.window, self.erase)
        self.move(x, y, pressure)
        self._on_begin()

    def move(self, x: float, y: float, pressure: float = 0.5) -> None:
        """Move the pen that is down."""
        time = js.performance.now() - self._began
        points = self._stroke.points
        brush = self.brush * (ink.NUMBERS_BRUSH if self._mode.is_number else 1)
        points.append([x, y, brush * (0.5 + pressure), time])
        ink.draw_point(self._context, points, len(points) - 1)
        self._blotter.draw_point(points)

    def tell_move(self) -> None:
        """Say that the pen has come to where it is by now."""
        self.on_move(self._stroke)

    def end(self) -> None:
        """Lift the pen."""
        ink.end_stroke(self._context, self._stroke.points)
        ink.use_tip(self._context, False)
        stroke, self._stroke = self._stroke, None
        self._blotter.end(stroke)
        self.sheet.add(stroke, self._mode.is_number)
        self._on_end()

    def go_on(self, stroke, began: float) -> None:
        """Go on with a stroke that was begun elsewhere, at a time as `performance.now()` tells."""
        self._stroke, self._began = stroke, began
        self.canvas.parentElement.classList.add("writing")
        self._on_begin()
        self.redraw()

    @property
    def is_down(self) -> bool:
        return self._stroke is not None

    # ---- The sheet ----

    def put(self, content) -> None:
        """Lay a drawing or a picture on the pad, in place of what is there."""
        self._stroke = None
        self.sheet.put(content)
        self.redraw()

    def undo(self) -> None:
        """Go back one step."""
        self.sheet.undo()
        self.redraw()

    def redo(self) -> None:
        """Take back the last undo."""
        self.sheet.redo()
        self.redraw()

    def pixels(self):
        """The drawing as ImageData: black on white, as many pixels on every screen."""
        return self._blotter.pixels(self.sheet.strokes, self.window)

    def foreseen(self):
        """What `pixels` will be if the pen is lifted now; None if that is not known."""
        return self._blotter.foreseen(self._stroke)

    def snapshot(self):
        """What is on the pad as a canvas of SIDE x SIDE or WIDE x SIDE, ink black on white."""
        window = self.window
        context = paper(window, SIDE)
        if isinstance(self.sheet.content, Picture):
            self.sheet.content.draw(context, "transparent", window)
        ink.use_ink(context, "black")
        for stroke in self.sheet.strokes:
            ink.draw_stroke(context, stroke)
        whiten(context, window)
        return context.canvas

    def redraw(self, until: float = float("inf"), strokes=None) -> None:
        """Fit the canvas to its place and its screen, and draw everything anew; for a replay, of
        some strokes only, the last of them up to a moment of its time."""
        window = self.window
        width = round(self.canvas.clientWidth * js.devicePixelRatio)
        height = round(width * window[3] / window[2])
        if self.canvas.width != width or self.canvas.height != height:
            self.canvas.width = width
            self.canvas.height = height
        look_through(self._context, window, width)
        self._clear()
        if isinstance(self.sheet.content, Picture):
            self.sheet.content.draw(self._context, style_of("--accent"), window)
        ink.use_ink(self._context, style_of("--ink"))
        strokes = self.sheet.strokes if strokes is None else strokes
        for stroke in strokes[:-1]:
            ink.draw_stroke(self._context, stroke)
        if strokes:
            ink.draw_stroke(self._context, strokes[-1], until)
        if self._stroke:  # under way while the window changed
            ink.draw_stroke(self._context, self._stroke)
            ink.use_tip(self._context, self._stroke.erase)

    def _clear(self):
        self._context.clearRect(*self.window)

"""The pad: shows the sheet, and lets a pen add strokes to it."""

import js
from pyscript import document
from pyscript.ffi import create_proxy, to_js

from ui import ink
from ui.dom import style_of
from ui.picture import Picture
from ui.sheet import SIDE, Sheet, Stroke

FOR_READING = to_js({"willReadFrequently": True})  # else its pixels would be fetched from the GPU
DARK = "(prefers-color-scheme: dark)"


class Pad:
    """A square canvas with a sheet on it; `on_stroke()` is called at the end of every stroke."""

    def __init__(self, canvas, on_stroke):
        self.sheet = Sheet()
        self.canvas = canvas
        self.erase = False
        self.brush = ink.BRUSH
        self._context = canvas.getContext("2d")
        self._on_stroke = on_stroke
        self._stroke = None
        self._began = 0
        redraw = create_proxy(lambda *_: self.redraw())
        js.ResizeObserver.new(redraw).observe(canvas)
        js.matchMedia(DARK).addEventListener("change", redraw)

    # ---- The pen ----

    def begin(self, x: float, y: float, pressure: float = 0.5) -> None:
        """Set the pen down; pressure from 0 to 1, where 0.5 draws the brush's own width."""
        if isinstance(self.sheet.content, Picture):
            self._context.clearRect(0, 0, SIDE, SIDE)
        self._stroke = Stroke(erase=self.erase)
        self._began = js.performance.now()
        ink.use_tip(self._context, self.erase)
        self.move(x, y, pressure)

    def move(self, x: float, y: float, pressure: float = 0.5) -> None:
        """Move the pen that is down."""
        time = js.performance.now() - self._began
        points = self._stroke.points
        points.append([x, y, self.brush * (0.5 + pressure), time])
        ink.draw_point(self._context, points, len(points) - 1)

    def end(self) -> None:
        """Lift the pen."""
        ink.end_stroke(self._context, self._stroke.points)
        ink.use_tip(self._context, False)
        stroke, self._stroke = self._stroke, None
        self.sheet.add(stroke)
        self._on_stroke()

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
        """The drawing as ImageData: black on white and SIDE wide, on every screen the same."""
        return self.snapshot().getContext("2d").getImageData(0, 0, SIDE, SIDE)

    def snapshot(self):
        """The drawing as a canvas of SIDE x SIDE, black on white."""
        canvas = document.createElement("canvas")
        canvas.width = canvas.height = SIDE
        context = canvas.getContext("2d", FOR_READING)
        if isinstance(self.sheet.content, Picture):
            self.sheet.content.draw(context, "transparent")
        ink.use_ink(context, "black")
        for stroke in self.sheet.strokes:
            ink.draw_stroke(context, stroke)
        context.globalCompositeOperation = "destination-over"
        context.fillStyle = "white"
        context.fillRect(0, 0, SIDE, SIDE)
        return canvas

    def redraw(self, until: float = float("inf"), strokes=None) -> None:
        """Fit the canvas to its place and its screen, and draw everything anew; for a replay, of
        some strokes only, the last of them up to a moment of its time."""
        side = round(self.canvas.clientWidth * js.devicePixelRatio)
        if self.canvas.width != side or self.canvas.height != side:
            self.canvas.width = self.canvas.height = side
        self._context.setTransform(side / SIDE, 0, 0, side / SIDE, 0, 0)
        self._context.clearRect(0, 0, SIDE, SIDE)
        if isinstance(self.sheet.content, Picture):
            self.sheet.content.draw(self._context, style_of("--accent"))
        ink.use_ink(self._context, style_of("--ink"))
        strokes = self.sheet.strokes if strokes is None else strokes
        for stroke in strokes[:-1]:
            ink.draw_stroke(self._context, stroke)
        if strokes:
            ink.draw_stroke(self._context, strokes[-1], until)
        if self._stroke:  # under way while the window changed
            ink.draw_stroke(self._context, self._stroke)
            ink.use_tip(self._context, self._stroke.erase)

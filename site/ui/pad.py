"""The pad: what is drawn on it with mouse, finger or pen, or the picture that lies on it."""

import js
from pyscript import document
from pyscript.ffi import create_proxy

from ui import ink

DARK = "(prefers-color-scheme: dark)"


class Pad:
    """A square canvas to draw on; `on_stroke` is called at the end of every stroke."""

    def __init__(self, canvas, on_stroke):
        self.strokes = []
        self._canvas = canvas
        self._context = canvas.getContext("2d")
        self._picture = None
        self._stroke = None
        self._on_stroke = on_stroke
        self._listen()

    def clear(self) -> None:
        """Take everything off the pad."""
        self.strokes = []
        self._stroke = None
        self._picture = None
        self._redraw()

    def show_picture(self, preview, box) -> None:
        """Lay a picture on the pad in place of the drawing; box: what was read of the original."""
        self.clear()
        self._picture = _as_canvas(preview)
        self._box = [edge * preview.scale for edge in box] if box else None
        self._redraw()

    def pixels(self):
        """The drawing as ImageData: black on white and SIDE wide, on every screen the same."""
        canvas = document.createElement("canvas")
        canvas.width = canvas.height = ink.SIDE
        context = canvas.getContext("2d")
        context.fillStyle = "white"
        context.fillRect(0, 0, ink.SIDE, ink.SIDE)
        ink.use_ink(context, "black")
        for stroke in self.strokes:
            ink.draw_stroke(context, stroke)
        return context.getImageData(0, 0, ink.SIDE, ink.SIDE)

    def _listen(self):
        for name, listener in (
            ("pointerdown", self._down),
            ("pointermove", self._move),
            ("pointerup", self._up),
            ("pointercancel", self._up),
        ):
            self._canvas.addEventListener(name, create_proxy(listener))
        redraw = create_proxy(self._redraw)
        js.ResizeObserver.new(redraw).observe(self._canvas)
        js.matchMedia(DARK).addEventListener("change", redraw)

    def _down(self, event):
        if not event.isPrimary or event.button != 0:
            return
        event.preventDefault()
        self._canvas.setPointerCapture(event.pointerId)
        if self._picture:
            self.clear()
        self._frame = self._canvas.getBoundingClientRect()
        self._stroke = []
        self.strokes.append(self._stroke)
        self._add(event)

    def _move(self, event):
        if self._stroke is None or not event.isPrimary:
            return
        for point in _all_points(event):
            self._add(point)

    def _up(self, event):
        if self._stroke is None or not event.isPrimary:
            return
        ink.end_stroke(self._context, self._stroke)
        self._stroke = None
        self._on_stroke()

    def _add(self, event):
        scale = ink.SIDE / self._frame.width
        x = (event.clientX - self._frame.left) * scale
        y = (event.clientY - self._frame.top) * scale
        # Mice and fingers report a pressure, too, but it means nothing.
        width = ink.BRUSH * (0.5 + event.pressure) if event.pointerType == "pen" else ink.BRUSH
        self._stroke.append((x, y, width))
        ink.draw_point(self._context, self._stroke, len(self._stroke) - 1)

    def _redraw(self, *_):
        """Fit the canvas to its place and its screen, and draw everything anew."""
        style = js.getComputedStyle(self._canvas)
        side = round(self._canvas.clientWidth * js.devicePixelRatio)
        self._canvas.width = self._canvas.height = side
        self._context.setTransform(side / ink.SIDE, 0, 0, side / ink.SIDE, 0, 0)
        if self._picture:
            self._draw_picture(style.getPropertyValue("--accent"))
        ink.use_ink(self._context, style.getPropertyValue("--ink"))
        for stroke in self.strokes:
            ink.draw_stroke(self._context, stroke)

    def _draw_picture(self, accent):
        picture = self._picture
        scale = ink.SIDE / max(picture.width, picture.height)
        left = (ink.SIDE - picture.width * scale) / 2
        top = (ink.SIDE - picture.height * scale) / 2
        self._context.drawImage(picture, left, top, picture.width * scale, picture.height * scale)
        if self._box:
            x0, y0, x1, y1 = (edge * scale for edge in self._box)
            self._context.strokeStyle = accent
            self._context.lineWidth = 2
            self._context.strokeRect(left + x0, top + y0, x1 - x0, y1 - y0)


def _all_points(event):
    """A fast pen moves several times between two frames; all of it counts, where it is told."""
    points = None
    if hasattr(event, "getCoalescedEvents"):  # only on secure pages
        points = list(event.getCoalescedEvents())
    return points or [event]


def _as_canvas(preview):
    canvas = document.createElement("canvas")
    canvas.width = preview.width
    canvas.height = preview.height
    pixels = js.Uint8ClampedArray.new(preview.pixels)
    image = js.ImageData.new(pixels, preview.width, preview.height)
    canvas.getContext("2d").putImageData(image, 0, 0)
    return canvas

"""The picture beside what the network sees of it, and the way from the one to the other."""

from pyscript.ffi import to_js

from ui import ink
from ui.dom import calm, find, make, on, style_of
from ui.language import say
from ui.picture import Picture
from ui.sheet import SIDE

FLIGHT_MS = 420  # long enough to be followed, short enough to be done before the next stroke
GLYPH_SIDE = 28


class Beside:
    """Shows the original with a frame around what was read; the crop then flies to the glyph."""

    def __init__(self, desk):
        self._desk = desk
        self._canvas = find("original")
        self._canvas.width = self._canvas.height = 2 * SIDE
        desk.listeners.append(self.show)

    def show(self, reading) -> None:
        """Show the original of a reading; None: there is none."""
        box = self._draw(reading)
        if box and not calm() and find("glyph").offsetParent:
            self._fly(box)

    def again(self) -> None:
        """Show the same anew, without any flight."""
        self._draw(self._desk.reading)

    def _draw(self, reading):
        """Draw it all; the box of what was read, in the sheet's units, or None."""
        context = self._canvas.getContext("2d")
        context.setTransform(2, 0, 0, 2, 0, 0)
        context.clearRect(0, 0, SIDE, SIDE)
        name = "Your picture: nothing yet" if reading is None else "Your picture"
        self._canvas.setAttribute("aria-label", say(name))
        if reading is None:
            return None
        content = self._desk.content
        if isinstance(content, Picture):
            content.draw(context, style_of("--accent"))
            return content.box_on_sheet()
        ink.use_ink(context, style_of("--ink"))
        for stroke in content.strokes:
            ink.draw_stroke(context, stroke)
        box = list(reading.box) if hasattr(reading, "box") else None
        _frame(context, box)
        return box

    def _fly(self, box):
        x0, y0, x1, y1 = box
        pad = self._desk.pad.canvas.getBoundingClientRect()
        scale = pad.width / SIDE
        ghost = make("canvas", parent=find("flights"), width=2 * (x1 - x0), height=2 * (y1 - y0))
        ghost.getContext("2d").drawImage(self._canvas, -2 * x0, -2 * y0)
        start = (pad.left + x0 * scale, pad.top + y0 * scale, (x1 - x0) * scale, (y1 - y0) * scale)
        ghost.style.left, ghost.style.top = f"{start[0]}px", f"{start[1]}px"
        ghost.style.width, ghost.style.height = f"{start[2]}px", f"{start[3]}px"
        frames = [
            {"transform": "none", "opacity": 0.9},
            {"transform": _way(start, find("glyph").getBoundingClientRect()), "opacity": 0.4},
        ]
        flight = ghost.animate(
            to_js(frames), to_js({"duration": FLIGHT_MS, "easing": "ease-in-out"})
        )
        on(flight, "finish", lambda _: ghost.remove())


def _way(start, glyph):
    """The transform that takes the crop to the glyph, where its longer side is 20 pixels."""
    left, top, width, height = start
    shrink = glyph.width * 20 / GLYPH_SIDE / max(width, height)
    x = glyph.left + glyph.width / 2 - (left + width / 2)
    y = glyph.top + glyph.height / 2 - (top + height / 2)
    return f"translate({x}px, {y}px) scale({shrink})"


def _frame(context, box):
    if box:
        x0, y0, x1, y1 = box
        context.strokeStyle = style_of("--accent")
        context.lineWidth = 2
        context.strokeRect(x0, y0, x1 - x0, y1 - y0)

"""The picture beside what the network sees of it, and the way from the one to the other."""

from pyscript.ffi import to_js

from ui import ink
from ui.chosen import has_ink, is_number
from ui.dom import calm, find, make, on, style_of
from ui.language import say
from ui.picture import Picture
from ui.sheet import SIDE
from ui.window import around, look_through

FLIGHT_MS = 420  # long enough to be followed, short enough to be done before the next stroke
GLYPH_SIDE = 28


class Beside:
    """Shows the original with a frame around what was read; the crop then flies to the glyph."""

    def __init__(self, desk):
        self._desk = desk
        self._canvas = find("original")
        self._canvas.width = self._canvas.height = 2 * SIDE
        desk.chosen.listeners.append(self.show)

    def show(self, digit) -> None:
        """Show the original of a digit; None: there is none."""
        box = self._draw(digit)
        if box and not calm() and find("glyph").offsetParent:
            self._fly(box)

    def again(self) -> None:
        """Show the same anew, without any flight."""
        self._draw(self._desk.chosen.digit)

    def _draw(self, digit):
        """Draw it all; the box of what was read, in the sheet's units, or None."""
        context = self._canvas.getContext("2d")
        context.setTransform(1, 0, 0, 1, 0, 0)
        context.clearRect(0, 0, 2 * SIDE, 2 * SIDE)
        name = "Your picture: nothing yet" if digit is None else "Your picture"
        self._canvas.setAttribute("aria-label", say(name))
        if digit is None:
            return None
        box = self._desk.shown.on_sheet(digit.box) if has_ink(digit) else None
        window = self._window(box)
        look_through(context, window, 2 * SIDE)
        self._draw_content(context)
        _frame(context, box, 2 * window[2] / SIDE)
        return box

    def _window(self, box):
        """What is shown: all of it, or the surroundings of one digit of a number."""
        if box and is_number(self._desk.shown.reading):
            return around(box)
        return self._desk.pad.window

    def _draw_content(self, context):
        content = self._desk.content
        if isinstance(content, Picture):
            content.draw(context, "transparent", self._desk.pad.window)
            return
        ink.use_ink(context, style_of("--ink"))
        for stroke in content.strokes:
            ink.draw_stroke(context, stroke)

    def _fly(self, box):
        x0, y0, x1, y1 = box
        pad = self._desk.pad.canvas.getBoundingClientRect()
        left, top, width, _ = self._desk.pad.window
        scale = pad.width / width
        ghost = make("canvas", parent=find("flights"), width=2 * (x1 - x0), height=2 * (y1 - y0))
        context = ghost.getContext("2d")
        look_through(context, (x0, y0, x1 - x0, y1 - y0), ghost.width)
        self._draw_content(context)
        across, down = pad.left + (x0 - left) * scale, pad.top + (y0 - top) * scale
        start = (across, down, (x1 - x0) * scale, (y1 - y0) * scale)
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


def _frame(context, box, line):
    if box:
        x0, y0, x1, y1 = box
        context.strokeStyle = style_of("--accent")
        context.lineWidth = line
        context.strokeRect(x0, y0, x1 - x0, y1 - y0)

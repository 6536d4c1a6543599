"""Show the picture beside the glyph, with the box that was cropped from it."""

from pyscript.ffi import to_js

from ui.browser.dom import css_value, find, make, on, prefers_less_motion
from ui.browser.i18n import translate
from ui.pad import brush
from ui.pad.picture import Picture
from ui.pad.strokes import SIDE
from ui.pad.viewport import set_viewport, square_around
from ui.reading.readings import has_ink, is_number

FLIGHT_MS = 420  # long enough to be followed, short enough to end before the next stroke
CANVAS_SIDE = 2 * SIDE  # pixels
GLYPH_SIDE, INK_SIDE = 28, 20  # pixels of the glyph, and of the longer side of its ink


class Crop:
    """The original with a frame around the selected digit; the crop flies to the glyph."""

    def __init__(self, pad, current, selection):
        self._pad = pad
        self._current = current
        self._selection = selection
        self._canvas = find("original")
        self._canvas.width = self._canvas.height = CANVAS_SIDE
        selection.changed.connect(self.show)

    def show(self, digit) -> None:
        """Show the original of a digit; None: there is none."""
        box = self._draw(digit)
        if box and not prefers_less_motion() and find("glyph").offsetParent:
            self._fly(box)

    def refresh(self) -> None:
        """Show the same in the present language and colours, without animation."""
        self._draw(self._selection.digit)

    def _draw(self, digit):
        """Draw everything; return the digit's box in the pad's units, or None."""
        context = self._canvas.getContext("2d")
        context.setTransform(1, 0, 0, 1, 0, 0)
        context.clearRect(0, 0, CANVAS_SIDE, CANVAS_SIDE)
        name = "Your picture: nothing yet" if digit is None else "Your picture"
        self._canvas.setAttribute("aria-label", translate(name))
        if digit is None:
            return None
        box = self._current.to_pad_units(digit.box) if has_ink(digit) else None
        viewport = self._viewport(box)
        set_viewport(context, viewport, CANVAS_SIDE)
        self._draw_content(context)
        _draw_frame(context, box, 2 * viewport[2] / SIDE)
        return box

    def _viewport(self, box):
        """Return all of the pad, or the surroundings of one digit of a number."""
        if box and is_number(self._current.reading):
            return square_around(box)
        return self._pad.viewport

    def _draw_content(self, context):
        content = self._pad.content
        if isinstance(content, Picture):
            content.draw(context, "transparent", self._pad.viewport)
            return
        brush.use_ink(context, css_value("--ink"))
        for stroke in content.strokes:
            brush.draw_stroke(context, stroke)

    def _fly(self, box):
        """Animate a copy of the box from the pad to the glyph."""
        x0, y0, x1, y1 = box
        pad = self._pad.canvas.getBoundingClientRect()
        left, top, width, _ = self._pad.viewport
        scale = pad.width / width
        copy = make("canvas", parent=find("flights"), width=2 * (x1 - x0), height=2 * (y1 - y0))
        context = copy.getContext("2d")
        set_viewport(context, (x0, y0, x1 - x0, y1 - y0), copy.width)
        self._draw_content(context)
        x, y = pad.left + (x0 - left) * scale, pad.top + (y0 - top) * scale
        place = (x, y, (x1 - x0) * scale, (y1 - y0) * scale)
        for name, value in zip(("left", "top", "width", "height"), place):  # noqa: B905
            copy.style.setProperty(name, f"{value}px")
        frames = [
            {"transform": "none", "opacity": 0.9},
            {"transform": _to_glyph(place), "opacity": 0.4},
        ]
        timing = {"duration": FLIGHT_MS, "easing": "ease-in-out"}
        flight = copy.animate(to_js(frames), to_js(timing))
        on(flight, "finish", lambda _: copy.remove())


def _to_glyph(place):
    """Return the CSS transform from (left, top, width, height) to the ink of the glyph."""
    left, top, width, height = place
    glyph = find("glyph").getBoundingClientRect()
    shrink = glyph.width * INK_SIDE / GLYPH_SIDE / max(width, height)
    x = glyph.left + glyph.width / 2 - (left + width / 2)
    y = glyph.top + glyph.height / 2 - (top + height / 2)
    return f"translate({x}px, {y}px) scale({shrink})"


def _draw_frame(context, box, line):
    if box:
        x0, y0, x1, y1 = box
        context.strokeStyle = css_value("--accent")
        context.lineWidth = line
        context.strokeRect(x0, y0, x1 - x0, y1 - y0)

"""Mouse, finger and pen on the pad."""

from pyscript.ffi import to_js

from ui.dom import on
from ui.sheet import SIDE

NO_SCROLL = to_js({"preventScroll": True})


class Pointer:
    """Draws on a pad with the first finger, the main button or the tip of a pen."""

    def __init__(self, pad):
        self._pad = pad
        self._drawing = False
        on(pad.canvas, "pointerdown", self._down)
        on(pad.canvas, "pointermove", self._move)
        on(pad.canvas, "pointerup pointercancel", self._up)

    def _down(self, event):
        if not event.isPrimary or event.button != 0:
            return
        if self._pad.is_down:  # the keyboard's pen
            self._pad.end()
        event.preventDefault()
        self._pad.canvas.focus(NO_SCROLL)
        self._pad.canvas.setPointerCapture(event.pointerId)
        self._pad.canvas.classList.add("by-hand")
        self._frame = self._pad.canvas.getBoundingClientRect()
        self._drawing = True
        self._pad.begin(*self._point(event))

    def _move(self, event):
        if self._drawing and event.isPrimary:
            for point in _all_points(event):
                self._pad.move(*self._point(point))

    def _up(self, event):
        if self._drawing and event.isPrimary:
            self._drawing = False
            self._pad.end()

    def _point(self, event):
        scale = SIDE / self._frame.width
        x = (event.clientX - self._frame.left) * scale
        y = (event.clientY - self._frame.top) * scale
        # Mice and fingers report a pressure, too, but it means nothing.
        return x, y, event.pressure if event.pointerType == "pen" else 0.5


def _all_points(event):
    """A fast pen moves several times between two frames; all of it counts, where it is told."""
    points = None
    if hasattr(event, "getCoalescedEvents"):  # only on secure pages
        points = list(event.getCoalescedEvents())
    return points or [event]

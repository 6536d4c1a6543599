"""Mouse, finger and pen on the pad."""

from pyscript.ffi import to_js

from ui.dom import on
from ui.turns import soon

NO_SCROLL = to_js({"preventScroll": True})
TAP = 6  # of the sheet's units: a pen that moves no further has not written anything


class Pointer:
    """Draws on a pad with the first finger, the main button or the tip of a pen; a mere tap on one
    of the spots chooses that."""

    def __init__(self, pad, spots):
        self._pad = pad
        self._spots = spots
        self._drawing = False
        self._held = None  # points that are either the beginning of a stroke or a tap
        on(pad.canvas, "pointerdown", self._down)
        on(pad.canvas, "pointermove", self._move)
        on(pad.canvas, "pointerup pointercancel", self._up)

    def go_on(self, stroke, began: float) -> None:
        """Go on with a stroke that is under way: the pen is down already."""
        self._measure()
        self._drawing = True
        self._pad.go_on(stroke, began)

    def _down(self, event):
        if not event.isPrimary or event.button != 0:
            return
        if self._pad.is_down:  # the keyboard's pen, or this one, whose end is still to come
            self._pad.end()
        event.preventDefault()
        self._pad.canvas.focus(NO_SCROLL)
        self._pad.canvas.setPointerCapture(event.pointerId)
        self._pad.canvas.classList.add("by-hand")
        self._measure()
        self._drawing = True
        point = self._point(event)
        if not self._pad.erase and self._spots.may_mean(point[0], point[1]):
            self._held = [point]
        else:
            self._pad.begin(*point)

    def _move(self, event):
        if self._drawing and event.isPrimary:
            for moved in _all_points(event):
                self._draw_to(self._point(moved))
            if self._pad.is_down:
                self._pad.tell_move()
        elif event.pointerType == "mouse":
            self._measure()
            place = self._point(event)
            on_spot = not self._pad.erase and self._spots.at(place[0], place[1]) is not None
            self._pad.canvas.classList.toggle("on-spot", on_spot)

    def _draw_to(self, point):
        if self._held is None:
            if self._pad.is_down:  # else a picture has been laid on it
                self._pad.move(*point)
            return
        self._held.append(point)
        first = self._held[0]
        if max(abs(point[0] - first[0]), abs(point[1] - first[1])) > TAP:
            held, self._held = self._held, None
            self._pad.begin(*held[0])
            for earlier in held[1:]:
                self._pad.move(*earlier)

    def _up(self, event):
        if not (self._drawing and event.isPrimary):
            return
        self._drawing = False
        held, self._held = self._held, None
        if held is None:
            # Had this very event changed what is to be seen, Chromium would put off all else, the
            # worker's answer, too, until that is painted (its "DeferRendererTasksAfterInput").
            soon(self._end)
        elif event.type == "pointerup":
            self._spots.tap(held[0][0], held[0][1])

    def _end(self):
        if self._pad.is_down and not self._drawing:  # else a picture, or the next stroke, was first
            self._pad.end()

    def _measure(self):
        self._frame = self._pad.canvas.getBoundingClientRect()
        self._window = self._pad.window

    def _point(self, event):
        left, top, width, _ = self._window
        scale = width / self._frame.width
        x = left + (event.clientX - self._frame.left) * scale
        y = top + (event.clientY - self._frame.top) * scale
        # Mice and fingers report a pressure, too, but it means nothing.
        return x, y, event.pressure if event.pointerType == "pen" else 0.5


def _all_points(event):
    """A fast pen moves several times between two frames; all of it counts, where it is told."""
    points = None
    if hasattr(event, "getCoalescedEvents"):  # only on secure pages
        points = list(event.getCoalescedEvents())
    return points or [event]

"""Draw with mouse, finger or pen."""

import js
from pyscript.ffi import to_js

from ui.browser.dom import on
from ui.browser.i18n import translate
from ui.browser.scheduling import call_soon
from ui.reading import answer

NO_SCROLL = to_js({"preventScroll": True})
MAX_TAP = 6  # units: a pointer that moves no further is a tap, not a stroke
TIP, PEN_ERASER = 0, 5  # values of `button`: W3C Pointer Events, section 4.1.1
PALM_MS = 10_000  # a touch this soon after the pen is a palm's, which needs no explanation
PEN_IN_USE = "A pen is in use, so fingers do not draw; reload the page to draw with a finger."


class Pointer:
    """Draws on a pad with the first finger, the main button or the tip of a pen.

    A pen's other end erases. Once a pen has been seen, touch does not draw: it may be a palm.
    A tap on the box of a digit selects that digit instead.
    """

    def __init__(self, pad, digit_boxes):
        self._pad = pad
        self._digit_boxes = digit_boxes
        self._drawing = None  # id of the pointer that draws
        self._draws_by_touch = False
        self._held = None  # points that may become a stroke or a tap
        self._pen_seen = None  # milliseconds of the last event of a pen
        on(pad.canvas, "pointerenter", self._note_pen)
        on(pad.canvas, "pointerdown", self._on_down)
        on(pad.canvas, "pointermove", self._on_move)
        on(pad.canvas, "pointerup pointercancel", self._on_up)

    def continue_stroke(self, stroke, began: float, pointer: int, kind: str) -> None:
        """Go on with a stroke begun by early.js, whose pointer is still down.

        pointer, kind: the id and the type of that pointer.
        """
        self._measure()
        self._drawing, self._draws_by_touch = pointer, kind == "touch"
        self._pad.continue_stroke(stroke, began)

    def note_early_pen(self) -> None:
        """Note that early.js has seen a pen."""
        self._pen_seen = js.performance.now()

    def _note_pen(self, event):
        """Note a pen; what a touch has been drawing was the palm's."""
        if event.pointerType != "pen":
            return
        self._pen_seen = event.timeStamp
        if self._drawing is not None and self._draws_by_touch:
            self._drawing, self._held = None, None
            self._pad.drop_stroke()

    def _on_down(self, event):
        self._note_pen(event)
        erasing = event.button == PEN_ERASER
        if not (event.isPrimary and (erasing or event.button == TIP)):
            return
        if self._drawing is not None:  # another pointer's stroke is under way
            return
        if erasing and not self._pad.strokes:
            return
        by_touch = event.pointerType == "touch"
        if by_touch and self._pen_seen is not None:
            self._tap_with_palm(event)
            return
        if self._pad.is_down:  # the keyboard's pen, or this one before its deferred end
            self._pad.end()
        event.preventDefault()
        self._pad.canvas.focus(NO_SCROLL)
        self._pad.canvas.setPointerCapture(event.pointerId)
        self._pad.canvas.classList.add("by-hand")
        self._measure()
        self._drawing, self._draws_by_touch = event.pointerId, by_touch
        point = self._point(event)
        erasing = erasing or self._pad.erase
        if not erasing and self._digit_boxes.may_be_tapped(point[0], point[1]):
            self._held = [point]
        else:
            self._pad.begin(*point, erase=erasing)

    def _tap_with_palm(self, event):
        """Let a touch beside a pen select a digit; else say why it does not draw.

        Nothing is said while the pen is near.
        """
        self._measure()
        x, y, _ = self._point(event)
        if self._digit_boxes.index_at(x, y) is not None:
            self._digit_boxes.tap(x, y)
        elif event.timeStamp - self._pen_seen > PALM_MS:
            answer.set_remark(translate(PEN_IN_USE))

    def _on_move(self, event):
        self._note_pen(event)
        if self._drawing == event.pointerId:
            self._measure_frame()  # the page may have been scrolled or resized
            for moved in _all_points(event):
                self._draw_to(self._point(moved))
            if self._pad.is_down:
                self._pad.announce_move()
        elif event.pointerType == "mouse" and self._drawing is None:
            self._measure()
            x, y, _ = self._point(event)
            on_box = not self._pad.erase and self._digit_boxes.index_at(x, y) is not None
            self._pad.canvas.classList.toggle("on-spot", on_box)

    def _draw_to(self, point):
        if self._held is None:
            if self._pad.is_down:  # else a picture has been put on the pad meanwhile
                self._pad.move(*point)
            return
        self._held.append(point)
        first = self._held[0]
        if max(abs(point[0] - first[0]), abs(point[1] - first[1])) > MAX_TAP:
            held, self._held = self._held, None
            self._pad.begin(*held[0])
            for earlier in held[1:]:
                self._pad.move(*earlier)

    def _on_up(self, event):
        if self._drawing != event.pointerId:
            return
        self._drawing = None
        held, self._held = self._held, None
        if held is None:
            # Deferred: had this event changed the page, Chromium would hold back other tasks until
            # the next paint ("DeferRendererTasksAfterInput"). The worker's answer is one of them.
            call_soon(self._end)
        elif event.type == "pointerup":
            self._digit_boxes.tap(held[0][0], held[0][1])

    def _end(self):
        if self._pad.is_down and self._drawing is None:  # else a picture or a new stroke came first
            self._pad.end()

    def _measure(self):
        self._measure_frame()
        self._viewport = self._pad.viewport

    def _measure_frame(self):
        self._frame = self._pad.canvas.getBoundingClientRect()

    def _point(self, event):
        left, top, width, _ = self._viewport
        scale = width / self._frame.width
        x = left + (event.clientX - self._frame.left) * scale
        y = top + (event.clientY - self._frame.top) * scale
        # The pressure of mice and fingers carries no information.
        return x, y, event.pressure if event.pointerType == "pen" else 0.5


def _all_points(event):
    """Return every position of a fast pointer since the last frame, where browsers tell it."""
    points = None
    if hasattr(event, "getCoalescedEvents"):  # only on secure pages
        points = list(event.getCoalescedEvents())
    return points or [event]

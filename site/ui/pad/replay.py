"""Replay how a drawing was made, at the pace of its pen.

A module of its own, though short: it is an animation and shares no state with the buttons.
"""

import js
from pyscript.ffi import create_proxy

PAUSE_MS = 250  # between two strokes, however long the real pause was


class Replay:
    """Replays a pad's drawing; a change of the content ends it."""

    def __init__(self, pad):
        self._pad = pad
        self._frame = create_proxy(self._show)
        self._strokes = ()

    def start(self) -> None:
        """Begin with the first stroke."""
        self._strokes = self._pad.strokes
        self._index = 0
        self._since = None
        js.requestAnimationFrame(self._frame)

    def _show(self, now):
        if self._strokes != self._pad.strokes or self._pad.is_down:
            return
        if self._index == len(self._strokes):
            self._pad.redraw()
            return
        self._since = now if self._since is None else self._since
        elapsed = now - self._since
        self._pad.redraw(elapsed, self._strokes[: self._index + 1])
        if elapsed > self._strokes[self._index].points[-1][3] + PAUSE_MS:
            self._index += 1
            self._since = None
        js.requestAnimationFrame(self._frame)

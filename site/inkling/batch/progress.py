"""A line on the terminal that says how far a long run is."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

EVERY = 0.2  # seconds between two changes of the line
CLEAR = "\r\x1b[K"  # back to the line's beginning, and what was there is gone


class Progress:
    """Counts finished pictures and shows them on a terminal; elsewhere it shows nothing.

    total: how much there is to do, None if that is unknown.
    """

    def __init__(
        self,
        total: int | None = None,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.done = 0
        self.total, self._clock = total, clock
        self._stream = stream or sys.stderr
        self._shown = self._stream.isatty()
        self._start = self._last = clock()

    def step(self, count: int = 1) -> None:
        """Note that more pictures are done."""
        self.done += count
        now = self._clock()
        if self._shown and now - self._last >= EVERY:
            self._last = now
            self._stream.write(CLEAR + self._line(now - self._start))
            self._stream.flush()

    def clear(self) -> None:
        """Take the line away, so that something else can be written."""
        if self._shown:
            self._stream.write(CLEAR)
            self._stream.flush()

    def _line(self, seconds: float) -> str:
        pace = self.done / seconds
        if self.total is None:
            return f"{self.done:,} read, {pace:,.1f} a second"
        left = _clock((self.total - self.done) / pace)
        return f"{self.done:,} of {self.total:,}, {pace:,.1f} a second, {left} left"


def _clock(seconds: float) -> str:
    """Return a time as h:mm:ss, or m:ss."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"

"""Read the digit while it is being drawn, so that the page follows the pen.

Most often while the pen slows down: if it is lifted there, the answer is known already. What comes
too fast is left out, and nothing waits for it.
"""

from ui.browser.mode import DIGIT
from ui.browser.scheduling import call_soon, start
from ui.browser.signal import Signal
from ui.worker.bridge import WorkerError

# Units a millisecond. On a tablet people write at 0.9, and end strokes at two thirds of that.
MAX_SPEED = 0.75
FOLLOW_MS = 50  # a faster pen is read this often: twenty times a second


class ReadAhead:
    """Watches the pen on a pad. For one digit only: a number takes longer to read.

    seen: emitted with a reading made while the pen is down.
    """

    def __init__(self, pad, bridge, mode):
        self._pad, self._bridge, self._mode = pad, bridge, mode
        self._last = [0, 0, 0, 0]  # the point that the pen was at before
        self._is_due = False  # whether the present pixels are worth reading
        self._read_at = 0  # milliseconds since the pen was set down
        self.seen = Signal()
        pad.pen_moved.connect(self._on_move)

    def _on_move(self, stroke):
        before, self._last = self._last, stroke.points[-1]
        since_read = self._last[3] - self._read_at
        if since_read < 0:  # another stroke
            since_read, self._read_at = self._last[3], 0
        is_slow = _speed(before, self._last) <= MAX_SPEED
        self._is_due = (is_slow or since_read >= FOLLOW_MS) and self._mode.name == DIGIT
        if self._is_due:
            call_soon(self._read)  # the ink is drawn first

    def _read(self):
        if not (self._is_due and self._bridge.is_idle):
            return
        self._is_due = False
        self._read_at = self._last[3]
        pixels = self._pad.pixels_if_lifted()
        if pixels is not None:  # else the pen is up already
            start(self._ask(pixels))

    async def _ask(self, pixels):
        try:
            digit = await self._bridge.call("read_ahead", pixels)
        except WorkerError:
            return  # the reading proper will fail too, and says why
        if self._pad.is_down and hasattr(digit, "box"):
            self.seen.emit(digit)
        self._read()


def _speed(before, now):
    """Return units a millisecond between two points [x, y, width, milliseconds]."""
    distance = max(abs(now[0] - before[0]), abs(now[1] - before[1]))
    return distance / max(now[3] - before[3], 1)

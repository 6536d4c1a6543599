"""Has a digit read while the pen slows down: if it is lifted there, the answer is known already."""

import asyncio

from ui.bridge import WorkerError
from ui.turns import soon

# Units of the sheet's 280 in a millisecond. On a tablet people write with 0.9, and end their
# strokes with two thirds of that.
SLOW = 0.75


class Ahead:
    """Watches the pen on a pad. One digit only: a number takes longer to read than a pen rests."""

    def __init__(self, pad, bridge, mode):
        self._pad, self._bridge, self._mode = pad, bridge, mode
        self._last = [0, 0, 0, 0]  # the point that the pen had come to before
        self._due = False  # whether what is on the pad now is to be read

    def moved(self, stroke) -> None:
        """Have read what is on the pad, if the stroke may end here, once the worker has time."""
        before, self._last = self._last, stroke.points[-1]
        self._due = _speed(before, self._last) <= SLOW and not self._mode.is_number
        if self._due:
            soon(self._read)  # the ink first

    def _read(self):
        if not (self._due and self._bridge.has_time):
            return
        self._due = False
        pixels = self._pad.foreseen()
        if pixels is not None:  # else the pen is up already
            asyncio.create_task(self._ask(pixels))  # noqa: RUF006 - this interpreter holds its tasks

    async def _ask(self, pixels):
        try:
            await self._bridge.call("foresee", pixels)
        except WorkerError:
            return  # nobody waits for it: the question that will be asked says what there is to say
        self._read()


def _speed(before, now):
    """In units a millisecond; before and now: points [x, y, width, milliseconds]."""
    far = max(abs(now[0] - before[0]), abs(now[1] - before[1]))
    return far / max(now[3] - before[3], 1)

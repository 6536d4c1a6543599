"""Which digit is looked at closely: the only one, or one of a number's."""

import asyncio

from ui.bridge import WorkerError
from ui.turns import browsers_turn


class Chosen:
    """index: of the digit in the number; digit: the digit itself, None while there is none.

    `listeners` are called with the digit, `explainers` too once the worker looks at the same.
    """

    def __init__(self, bridge):
        self._bridge = bridge
        self.digits = []
        self.index = 0
        self.listeners = []
        self.explainers = []

    @property
    def digit(self):
        return self.digits[self.index] if self.digits else None

    async def take(self, reading, index: int) -> None:
        """Look at one digit of a new reading, at whose first the worker looks already."""
        self.digits = digits_of(reading)
        self.index = index
        await self._tell(index != 0)

    def forget(self) -> None:
        """There is no digit any more."""
        self.digits = []
        for listener in self.listeners + self.explainers:
            listener(None)

    def choose(self, index: int) -> None:
        """Look at another digit of the number, if it has that many."""
        if index >= len(self.digits):
            return  # a new number is about to be shown
        self.index = index
        asyncio.create_task(self._tell(True))  # noqa: RUF006 - this interpreter holds its tasks

    async def _tell(self, worker_too):
        """Tell them one at a time, so that the pen comes in between; a newer choice ends it."""
        digit = self.digit
        for listener in self.listeners:
            listener(digit)
            await browsers_turn()
            if digit is not self.digit:
                return
        try:
            if worker_too and digit is not None:
                await self._bridge.call("look_at", self.index)
        except WorkerError:
            return  # it has stopped, and who asks it for an explanation will say so
        for explainer in self.explainers:
            if digit is not self.digit:
                return
            explainer(digit)
            await browsers_turn()


def digits_of(reading) -> list:
    """All digits of a reading, be it of a number or of one digit."""
    return list(reading.digits) if is_number(reading) else [reading]


def has_ink(digit) -> bool:
    """Whether there was anything to read: else it has no box."""
    return hasattr(digit, "box")


def just_written(strokes: tuple, boxes: list) -> int:
    """The index of the box that the last stroke ends in; the first if there is none."""
    if strokes:
        x, y = strokes[-1].points[-1][:2]
        for index, (left, top, right, bottom) in enumerate(boxes):
            if left <= x <= right and top <= y <= bottom:
                return index
    return 0


def is_number(reading) -> bool:
    """Whether a picture was read as a number."""
    return hasattr(reading, "digits")


def text_of(reading) -> str:
    """What was read, as plain text; "" if nothing was."""
    if is_number(reading):
        return str(reading.text)
    return str(reading.label) if hasattr(reading, "label") else ""

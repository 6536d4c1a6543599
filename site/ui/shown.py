"""The reading that is shown, and who wants to know of it."""

from ui import answer
from ui.chosen import digits_of, has_ink, is_number, just_written
from ui.picture import Picture
from ui.turns import browsers_turn, painted
from ui.window import on_sheet


class Shown:
    """reading: as the worker gave it, None while there is none; content: the Drawing or Picture
    that it is of; boxes: of its digits, in the sheet's units.

    `listeners` are called with each reading that is shown, or None when there is none any more;
    `chosen` has those that want to know of a single digit.
    """

    def __init__(self, pad, chosen):
        self.reading = None
        self.content = None
        self.boxes = []
        self.listeners = []
        self._pad = pad
        self._chosen = chosen

    async def show(self, reading) -> bool:
        """Show a reading of what is on the pad, then tell the others, one at a time: the pen comes
        first. Returns whether it is still the newest then."""
        self.reading = reading
        content = self.content = self._pad.sheet.content
        answer.show(reading, content.truth if isinstance(content, Picture) else None)
        self.boxes = [self.on_sheet(d.box) for d in digits_of(reading) if has_ink(d)]
        written = just_written(self._pad.sheet.strokes, self.boxes)
        await painted()
        if self.reading is not reading:
            return False
        await self._chosen.take(reading, written)
        for listener in self.listeners:
            await browsers_turn()
            if self.reading is not reading:
                return False
            listener(reading)
        return True

    def forget(self) -> None:
        """There is no reading any more."""
        self.reading = None
        self._chosen.forget()
        for listener in self.listeners:
            listener(None)

    def is_of(self, content, as_number: bool) -> bool:
        """Whether what is shown is what is read in this content, as a number or as a digit."""
        known = self.reading is not None and self.content is content
        return known and is_number(self.reading) == as_number

    def on_sheet(self, box) -> list:
        """A box (left, top, right, bottom) of the reading, in the sheet's units."""
        return on_sheet(box, self._pad.sheet.content, self._pad.window)

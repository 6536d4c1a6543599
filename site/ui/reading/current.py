"""Hold the reading that is shown, and tell the views of it."""

from ui.browser.scheduling import next_paint, yield_to_browser
from ui.browser.signal import Signal
from ui.pad.picture import Picture
from ui.pad.viewport import to_pad_units
from ui.reading import answer
from ui.reading.readings import digits_of, has_ink, just_written, kind_of


class Current:
    """The reading that is shown.

    reading: as the worker gave it, None while there is none.
    content: the Drawing or Picture that was read.
    boxes: of its digits, in the pad's units.
    changed: emitted with each new reading, or None when there is none any more.
    """

    def __init__(self, pad, selection):
        self.reading = None
        self.content = None
        self.boxes = []
        self.changed = Signal()
        self._pad = pad
        self._selection = selection

    async def show(self, reading) -> bool:
        """Show a reading of the pad's content, then tell the listeners between pen events.

        Return whether it is still the newest when all have been told.
        """
        self.reading = reading
        content = self.content = self._pad.content
        answer.show(reading, content.truth if isinstance(content, Picture) else None)
        self.boxes = [self.to_pad_units(d.box) for d in digits_of(reading) if has_ink(d)]
        index = just_written(self._pad.strokes, self.boxes)
        await next_paint()
        if self.reading is not reading:
            return False
        await self._selection.select_in(reading, index)
        return await self.changed.emit_in_turns(
            yield_to_browser, lambda: self.reading is reading, reading
        )

    def clear(self) -> None:
        """Forget the reading."""
        self.reading = None
        self._selection.clear()
        self.changed.emit(None)

    def is_of(self, content, mode: str) -> bool:
        """Return whether the reading is of this content, made in this mode."""
        known = self.reading is not None and self.content is content
        return known and kind_of(self.reading) == mode

    def to_pad_units(self, box) -> list:
        """Convert a box (left, top, right, bottom) of the reading to the pad's units."""
        return to_pad_units(box, self._pad.content, self._pad.viewport)

"""Select the digit that is looked at closely: the only one, or one of a number."""

from ui.browser.scheduling import start, yield_to_browser
from ui.browser.signal import Signal
from ui.reading.readings import digits_of
from ui.worker.bridge import WorkerError


class Selection:
    """The selected digit of the reading that is shown.

    digits: all digits of the reading; index: the selected one's place.
    changed: emitted with the digit, or None when there is none any more.
    explainable: likewise, once the worker's explanations are of the same digit.
    """

    def __init__(self, bridge):
        self._bridge = bridge
        self.digits = []
        self.index = 0
        self.changed = Signal()
        self.explainable = Signal()

    @property
    def digit(self):
        """The selected digit; None while there is no reading."""
        return self.digits[self.index] if self.digits else None

    async def select_in(self, reading, index: int) -> None:
        """Select a digit of a new reading; the worker has selected its first already."""
        self.digits = digits_of(reading)
        self.index = index
        await self._announce(index != 0)

    def select(self, index: int) -> None:
        """Select another digit of the number, unless it has fewer."""
        if index >= len(self.digits):
            return  # the boxes are of an older number
        self.index = index
        start(self._announce(True))

    def clear(self) -> None:
        """Select nothing, as there is no reading any more."""
        self.digits = []
        self.changed.emit(None)
        self.explainable.emit(None)

    async def _announce(self, tell_worker):
        """Tell the listeners between pen events; stop when another digit is selected."""
        digit = self.digit

        def is_current():
            return digit is self.digit

        if not await self.changed.emit_in_turns(yield_to_browser, is_current, digit):
            return
        try:
            if tell_worker and digit is not None:
                await self._bridge.call("look_at", self.index)
        except WorkerError:
            return  # the worker has stopped; whoever asks for an explanation is told
        await self.explainable.emit_in_turns(yield_to_browser, is_current, digit)

"""The button under an answer that opens the teaching of one's hand.

Short, as it is part of the first visit. All else is fetched when the button is first pressed, or
when this browser keeps samples from earlier.
"""

from ui.browser import messages, storage
from ui.browser.dom import find, on, set_text
from ui.browser.scheduling import start
from ui.reading.readings import digits_of, has_ink, is_letter
from ui.worker.bridge import WorkerError

KEPT = "hand"  # the name under which the samples are kept


class LateTeaching:
    """Shows the button while there is an answer; `make()` imports and makes the Teaching."""

    def __init__(self, later, current, make):
        self._later = later
        self._make = make
        self._teaching = None
        current.changed.connect(self._show_or_hide)
        on(find("teach"), "click", lambda _: start(self._open()))
        if storage.load(KEPT):
            start(self._begin())

    def refresh(self) -> None:
        """Show what there is in the present language."""
        if self._teaching:
            self._teaching.refresh()

    def _show_or_hide(self, reading):
        seen = reading is not None and not is_letter(reading)
        seen = seen and any(map(has_ink, digits_of(reading)))
        find("teach").hidden = not seen

    async def _begin(self):
        """Fetch the needed modules, once; return the Teaching, or None after saying why not."""
        try:
            await self._later.load()
            if self._teaching is None:
                self._later.fill(find("teach-panel"), "teach")
                self._teaching = self._make()
                await self._teaching.apply()
        except WorkerError as failure:
            set_text(find("remark"), messages.failure(failure.kind, failure.facts))
            return None
        return self._teaching

    async def _open(self):
        panel, button = find("teach-panel"), find("teach")
        panel.hidden = not panel.hidden
        button.setAttribute("aria-expanded", "false" if panel.hidden else "true")
        if not panel.hidden and await self._begin() is not None:
            find("teach-digits").querySelector("button").focus()

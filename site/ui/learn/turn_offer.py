"""Offer to turn a picture that is read much more surely when it is turned."""

from ui.browser.dom import find, make, on
from ui.browser.i18n import translate
from ui.browser.scheduling import start
from ui.worker.bridge import WorkerError

QUARTERS = (1, 3, 2)  # the likeliest turns first: phones are held upright
SURE = 0.8  # least confidence of a turned reading that is offered
MAX_SHOWN = 16  # characters of it


class TurnOffer:
    """A button below the answer. app: opens the turned picture; mode: is set to what reads it."""

    def __init__(self, later, app, mode, current):
        self._later = later
        self._app = app
        self._mode = mode
        self._current = current
        self._best = None  # (confidence, quarters, text, mode) of the offer
        self._button = make("button", type="button", id="as-turned")
        self._button.hidden = True
        find("as-number").after(self._button)
        on(self._button, "click", lambda _: self._turn())

    def hide(self) -> None:
        """Take the offer back: another reading is shown."""
        self._best = None
        self._button.hidden = True

    def refresh(self) -> None:
        """Show the offer in the present language."""
        if self._best is not None:
            text = " ".join(self._best[2].split())
            shown = text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
            self._button.textContent = translate("Turn it to read {text}", text=shown)

    async def look(self, reading) -> None:
        """Read the picture of a reading in its three other ways, and offer the surest."""
        best = None
        for quarters in QUARTERS:
            try:
                found = await self._later.call("turns", "turned", quarters)
            except WorkerError:
                return  # the pad's next reading says it
            if self._current.reading is not reading:
                return
            confidence, text = float(found.confidence), str(found.text)
            if text and confidence >= SURE and (best is None or confidence > best[0]):
                best = (confidence, quarters, text, str(found.mode))
        self._best = best
        self._button.hidden = best is None
        self.refresh()

    def _turn(self):
        _, quarters, _, mode = self._best
        picture = self._current.content
        for _ in range(quarters):
            picture = picture.turned()
        self._mode.set(mode)
        start(self._app.open_picture(picture))

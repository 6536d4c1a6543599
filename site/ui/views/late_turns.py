"""Look for a better way to turn a picture that was read doubtfully.

Short, as it is part of the first visit: what looks is fetched when a picture is first doubtful.
"""

from ui.browser.scheduling import start
from ui.pad.picture import Picture
from ui.reading.readings import digits_of, has_ink, text_of
from ui.worker.bridge import WorkerError

DOUBTFUL = 0.6  # confidence: from here on a picture lies as it should


class LateTurns:
    """Hands doubtful readings of pictures to an offer, which `make()` imports and makes."""

    def __init__(self, later, current, make):
        self._later = later
        self._current = current
        self._make = make
        self._offer = None
        self._seen = None  # the last picture looked at: once is enough
        current.changed.connect(self._on_change)

    def refresh(self) -> None:
        """Show what there is in the present language."""
        if self._offer:
            self._offer.refresh()

    def _on_change(self, reading):
        if self._offer:
            self._offer.hide()
        content = self._current.content
        if reading is None or not isinstance(content, Picture) or content is self._seen:
            return
        sure = text_of(reading) and reading.confidence >= DOUBTFUL
        if not sure and content.truth is None and any(map(has_ink, digits_of(reading))):
            self._seen = content
            start(self._look(reading))

    async def _look(self, reading):
        try:
            await self._later.load()
        except WorkerError:
            return  # the turn button is there, too
        if self._offer is None:
            self._offer = self._make()
        await self._offer.look(reading)

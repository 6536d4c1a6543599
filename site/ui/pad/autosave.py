"""Keep the content of the pad in the browser, so that it is there on the next visit."""

import asyncio

import js

from ui.browser import storage
from ui.browser.dom import on
from ui.pad.strokes import Drawing, drawing_from_json

DELAY = 0.05  # seconds: until the answer is there, the worker needs the processors


class Autosave:
    """Keeps the content of a pad."""

    def __init__(self, pad):
        self._pad = pad
        self._is_stale = False  # whether the kept content is older than the pad's
        on(js.window, "pagehide", lambda _: self._save_if_stale())
        # A telephone may end a page that is out of sight without telling it.
        on(js.document, "visibilitychange", lambda _: self._save_if_stale())

    def load(self) -> Drawing:
        """Return the kept drawing; an empty one with its entry's id if it was a picture."""
        kept = storage.load("drawing", {})
        strokes, entry = kept.get("strokes", []), kept.get("entry")
        return drawing_from_json(strokes, entry, kept.get("wide", False))

    def note_change(self) -> None:
        """Mark the kept content as stale, and give new content an id for its history entry."""
        content = self._pad.content
        if content and content.entry is None:
            content.entry = f"{js.Date.now():.0f}"  # milliseconds: unique, as drawings take longer
        self._is_stale = True

    def save(self) -> None:
        """Keep the content now."""
        self.note_change()
        self._is_stale = False
        content = self._pad.content
        drawn = isinstance(content, Drawing)
        strokes, wide = (content.to_json(), content.wide) if drawn else ([], False)
        storage.save("drawing", {"entry": content.entry, "strokes": strokes, "wide": wide})

    async def save_soon(self) -> None:
        """Keep the content after DELAY, or when the page is left."""
        await asyncio.sleep(DELAY)
        self._save_if_stale()

    def _save_if_stale(self):
        if self._is_stale:
            self.save()

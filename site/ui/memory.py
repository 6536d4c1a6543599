"""What lies on the pad, kept in the browser so that it is there again on the next visit."""

import asyncio

import js

from ui import store
from ui.dom import on
from ui.sheet import Drawing, drawing_from

KEEP_AFTER = 0.05  # seconds: until it has read, the worker needs the processors


class Memory:
    """Keeps what lies on a pad."""

    def __init__(self, pad):
        self._pad = pad
        self._behind = False  # whether what is kept is older than what lies there
        on(js.window, "pagehide", lambda _: self._catch_up())
        # A telephone may end a page that is out of sight, without a word.
        on(js.document, "visibilitychange", lambda _: self._catch_up())

    def recall(self) -> Drawing:
        """The drawing that was kept; an empty one with its entry if it was a picture."""
        kept = store.load("drawing", {})
        return drawing_from(kept.get("strokes", []), kept.get("entry"), kept.get("wide", False))

    def note(self) -> None:
        """What lies there is new: from now on it has an entry of the history."""
        content = self._pad.sheet.content
        if content and content.entry is None:
            content.entry = f"{js.Date.now():.0f}"  # milliseconds: nobody writes two in one
        self._behind = True

    def keep(self) -> None:
        """Keep what lies there, now."""
        self.note()
        self._behind = False
        content = self._pad.sheet.content
        drawn = isinstance(content, Drawing)
        strokes, wide = (content.plain(), content.wide) if drawn else ([], False)
        store.save("drawing", {"entry": content.entry, "strokes": strokes, "wide": wide})

    async def keep_soon(self) -> None:
        """Keep it a little later, or when the page is left."""
        await asyncio.sleep(KEEP_AFTER)
        self._catch_up()

    def _catch_up(self):
        if self._behind:
            self.keep()

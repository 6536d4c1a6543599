"""What a person may take along: the ink, the glyph, the strokes, the history."""

import asyncio
import json

import js
from pyscript import document
from pyscript.ffi import to_js

from ui.dom import find, on
from ui.picture import blob_of
from ui.sheet import SIDE, Drawing

GLYPH_SIDE = 28
COLUMNS = ("when", "name", "label", "confidence", "milliseconds")


class Downloads:
    """The links that give files away; each is made when it is asked for."""

    def __init__(self, desk, history):
        self._desk = desk
        self._history = history
        on(find("download-ink"), "click", self._ink)
        on(find("download-glyph"), "click", self._glyph)
        on(find("download-strokes"), "click", self._strokes)
        on(find("download-history"), "click", self._readings)
        desk.listeners.append(self._show)
        desk.after_change.append(lambda: self._show(desk.reading))
        self._show(None)

    def _show(self, reading):
        find("download-ink").disabled = not self._desk.content
        find("download-glyph").disabled = reading is None or not hasattr(reading, "box")
        drawn = isinstance(self._desk.content, Drawing) and self._desk.content
        find("download-strokes").disabled = not drawn

    def _ink(self, _):
        asyncio.create_task(self._give_ink())  # noqa: RUF006 - held by its loop

    async def _give_ink(self):
        _give("inkling.png", await blob_of(self._desk.pad.snapshot()))

    def _glyph(self, _):
        mask = self._desk.reading.glyph
        rows = [
            ",".join(str(mask[4 * (GLYPH_SIDE * y + x) + 3]) for x in range(GLYPH_SIDE))
            for y in range(GLYPH_SIDE)
        ]
        _give_text("inkling-28x28.csv", "text/csv", "\n".join(rows) + "\n")

    def _strokes(self, _):
        strokes = {"side": SIDE, "strokes": self._desk.content.plain()}
        _give_text("inkling-strokes.json", "application/json", json.dumps(strokes))

    def _readings(self, _):
        lines = [",".join(COLUMNS)]
        for entry in self._history.entries:
            lines.append(",".join(_cell(entry.get(column)) for column in COLUMNS))
        _give_text("inkling-history.csv", "text/csv", "\n".join(lines) + "\n")


def _cell(value) -> str:
    """A value as RFC 4180 has it; a text that a spreadsheet might take for a formula is defused."""
    text = "" if value is None else str(value)
    if text[:1] in ("=", "+", "-", "@"):
        text = "'" + text
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text


def _give_text(name, kind, text):
    _give(name, js.Blob.new(to_js([text]), to_js({"type": kind})))


def _give(name, blob):
    link = document.createElement("a")
    link.href = js.URL.createObjectURL(blob)
    link.download = name
    link.click()
    js.URL.revokeObjectURL(link.href)

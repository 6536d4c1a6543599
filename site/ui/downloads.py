"""What a person may take along: the ink, the glyph, the strokes, the history."""

import asyncio

from ui.dom import find, on
from ui.giving import give, give_csv, give_json
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
        desk.chosen.listeners.append(self._show)
        desk.after_change.append(lambda: self._show(desk.chosen.digit))
        self._show(None)

    def _show(self, reading):
        find("download-ink").disabled = not self._desk.content
        find("download-glyph").disabled = reading is None or not hasattr(reading, "box")
        drawn = isinstance(self._desk.content, Drawing) and self._desk.content
        find("download-strokes").disabled = not drawn

    def _ink(self, _):
        asyncio.create_task(self._give_ink())  # noqa: RUF006 - held by its loop

    async def _give_ink(self):
        give("inkling.png", await blob_of(self._desk.pad.snapshot()))

    def _glyph(self, _):
        mask = self._desk.chosen.digit.glyph
        rows = [
            [int(mask[4 * (GLYPH_SIDE * y + x) + 3]) for x in range(GLYPH_SIDE)]
            for y in range(GLYPH_SIDE)
        ]
        give_csv("inkling-28x28.csv", rows)

    def _strokes(self, _):
        width, drawing = self._desk.pad.window[2], self._desk.content
        strokes = {"side": SIDE, "width": width, "strokes": drawing.plain()}
        give_json("inkling-strokes.json", strokes)

    def _readings(self, _):
        rows = [[entry.get(column) for column in COLUMNS] for entry in self._history.entries]
        give_csv("inkling-history.csv", [COLUMNS] + rows)

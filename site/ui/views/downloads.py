"""Offer the drawing, the glyph, the strokes and the history for download."""

from inkling.record_format import COLUMNS as RECORD_COLUMNS
from inkling.record_format import LEFT_OUT, PLACES
from ui.browser.dom import find, on
from ui.browser.save_file import save_blob, save_csv, save_json
from ui.browser.scheduling import start
from ui.pad.picture import blob_from_canvas
from ui.pad.strokes import SIDE, Drawing
from ui.reading.readings import has_ink

GLYPH_SIDE = 28
COLUMNS = RECORD_COLUMNS + ("when", "milliseconds")  # of the history


class Downloads:
    """The download buttons; each file is made when it is asked for."""

    def __init__(self, pad, selection, history):
        self._pad = pad
        self._selection = selection
        self._history = history
        on(find("download-ink"), "click", lambda _: start(self._save_drawing()))
        on(find("download-glyph"), "click", lambda _: self._save_glyph())
        on(find("download-strokes"), "click", lambda _: self._save_strokes())
        on(find("download-history"), "click", lambda _: self._save_history())
        selection.changed.connect(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Disable the buttons for which there is nothing to save."""
        content, digit = self._pad.content, self._selection.digit
        find("download-ink").disabled = not content
        find("download-glyph").disabled = digit is None or not has_ink(digit)
        find("download-strokes").disabled = not (isinstance(content, Drawing) and content)

    async def _save_drawing(self):
        save_blob("inkling.png", await blob_from_canvas(self._pad.snapshot()))

    def _save_glyph(self):
        mask = self._selection.digit.glyph
        rows = [
            [int(mask[4 * (GLYPH_SIDE * y + x) + 3]) for x in range(GLYPH_SIDE)]
            for y in range(GLYPH_SIDE)
        ]
        save_csv("inkling-28x28.csv", rows)

    def _save_strokes(self):
        width, drawing = self._pad.viewport[2], self._pad.content
        strokes = {"side": SIDE, "width": width, "strokes": drawing.to_json()}
        save_json("inkling-strokes.json", strokes)

    def _save_history(self):
        rows = [_history_row(entry) for entry in self._history.entries]
        save_csv("inkling-history.csv", [COLUMNS] + rows)


def _history_row(entry):
    """Return the cells of an entry; a drawing has no file. Of reasons only LEFT_OUT is kept."""
    text = entry["label"]
    label = None if entry.get("number") else text
    confidence = None if text is None else f"{entry['confidence']:.{PLACES}f}"
    reason = LEFT_OUT if entry.get("left_out") else None
    cells = [entry.get("name"), text, label, confidence, reason]
    return cells + [entry["when"], f"{entry['milliseconds']:.1f}"]

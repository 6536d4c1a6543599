"""Connect the buttons under the pad, and the keys that do the same."""

from pyscript import document

from ui.browser import storage
from ui.browser.dom import find, on
from ui.pad import brush
from ui.pad.replay import Replay
from ui.pad.strokes import Drawing


class Tools:
    """Undo, redo, eraser, brush width, replay and clear."""

    def __init__(self, app, pad):
        self._app = app
        self._pad = pad
        replay = Replay(pad)
        on(find("undo"), "click", lambda _: app.undo())
        on(find("redo"), "click", lambda _: app.redo())
        on(find("clear"), "click", lambda _: app.clear())
        on(find("replay"), "click", lambda _: replay.start())
        on(find("turn"), "click", lambda _: app.turn())
        on(find("eraser"), "click", lambda _: self._set_eraser(not pad.erase))
        on(find("brush"), "input", self._set_brush)
        on(document, "keydown", self._on_key)
        find("brush").value = pad.brush_width = storage.load("brush", brush.BRUSH)
        app.content_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Disable the buttons that can do nothing now."""
        find("undo").disabled = not self._pad.can_undo
        find("redo").disabled = not self._pad.can_redo
        find("replay").disabled = not self._pad.strokes
        is_picture = not isinstance(self._pad.content, Drawing)
        for name in ("turn", "crop", "as-table"):
            find(name).hidden = not is_picture
        find("replay").hidden = is_picture
        if not self._pad.strokes and isinstance(self._pad.content, Drawing):
            self._set_eraser(False)  # an empty pad holds nothing to erase

    def _set_eraser(self, erase):
        self._pad.erase = erase
        find("eraser").setAttribute("aria-pressed", "true" if erase else "false")

    def _set_brush(self, event):
        self._pad.brush_width = float(event.target.value)
        storage.save("brush", self._pad.brush_width)

    def _on_key(self, event):
        if not (event.ctrlKey or event.metaKey) or event.altKey:
            return
        key = event.key.lower()
        if key == "z":
            self._app.redo() if event.shiftKey else self._app.undo()
        elif key == "y":
            self._app.redo()
        else:
            return
        event.preventDefault()

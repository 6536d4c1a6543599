"""The buttons under the pad, and the keys that do the same."""

from pyscript import document

from ui import ink, store
from ui.dom import find, on
from ui.replay import Replay
from ui.sheet import Drawing


class Tools:
    """Undo, redo, eraser, width of the pen, replay and clear, for a desk."""

    def __init__(self, desk):
        self._desk = desk
        self._replay = Replay(desk.pad)
        on(find("undo"), "click", lambda _: desk.undo())
        on(find("redo"), "click", lambda _: desk.redo())
        on(find("clear"), "click", lambda _: desk.clear())
        on(find("replay"), "click", lambda _: self._replay.start())
        on(find("eraser"), "click", lambda _: self._erase(not desk.pad.erase))
        on(find("brush"), "input", self._set_brush)
        on(document, "keydown", self._key)
        find("brush").value = desk.pad.brush = store.load("brush", ink.BRUSH)
        desk.after_change.append(self.show)

    def show(self) -> None:
        """Show which of them can do something now."""
        sheet = self._desk.pad.sheet
        find("undo").disabled = not sheet.can_undo
        find("redo").disabled = not sheet.can_redo
        find("replay").disabled = not sheet.strokes
        if not sheet.strokes and isinstance(sheet.content, Drawing):
            self._erase(False)  # on clean paper there is nothing to erase

    def _erase(self, erase):
        self._desk.pad.erase = erase
        find("eraser").setAttribute("aria-pressed", "true" if erase else "false")

    def _set_brush(self, event):
        self._desk.pad.brush = float(event.target.value)
        store.save("brush", self._desk.pad.brush)

    def _key(self, event):
        if not (event.ctrlKey or event.metaKey) or event.altKey:
            return
        key = event.key.lower()
        if key == "z":
            self._desk.redo() if event.shiftKey else self._desk.undo()
        elif key == "y":
            self._desk.redo()
        else:
            return
        event.preventDefault()

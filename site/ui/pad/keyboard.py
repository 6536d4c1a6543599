"""Draw with the keyboard: arrows move the pen, Space sets it down and lifts it."""

from ui.browser.dom import find, on

STEP = 14  # units: a twentieth of the pad's height
SMALL_STEP = 4  # units, with Shift
MOVES = {
    "ArrowLeft": (-1, 0),
    "ArrowRight": (1, 0),
    "ArrowUp": (0, -1),
    "ArrowDown": (0, 1),
    "Home": (-1, -1),  # the corners of a number pad
    "PageUp": (1, -1),
    "End": (-1, 1),
    "PageDown": (1, 1),
}


class Keyboard:
    """Draws on a pad that has the keyboard's focus; two arrows held together move diagonally."""

    def __init__(self, pad, mode):
        self._pad = pad
        self._held = set()
        self._centre()
        self._cursor = find("pen")
        mode.changed.connect(self._centre)
        on(pad.canvas, "keydown", self._on_key)
        on(pad.canvas, "keyup", lambda event: self._held.discard(event.key))
        on(pad.canvas, "blur pointerdown", self._leave)

    def _on_key(self, event):
        if event.ctrlKey or event.metaKey or event.altKey:
            return
        if event.key in MOVES:
            self._held.add(event.key)
            self._move(SMALL_STEP if event.shiftKey else STEP)
        elif event.key in (" ", "Enter"):
            self._lift() if self._pad.is_down else self._pad.begin(self._x, self._y)
        elif event.key == "Escape":
            self._lift()
        else:
            return
        event.preventDefault()
        self._pad.canvas.classList.remove("by-hand")
        self._show_cursor(True)

    def _move(self, step):
        x = sum(MOVES[key][0] for key in self._held)
        y = sum(MOVES[key][1] for key in self._held)
        left, top, width, height = self._pad.viewport
        self._x = min(left + width, max(left, self._x + step * max(-1, min(1, x))))
        self._y = min(top + height, max(top, self._y + step * max(-1, min(1, y))))
        if self._pad.is_down:
            self._pad.move(self._x, self._y)

    def _lift(self):
        if self._pad.is_down:
            self._pad.end()

    def _leave(self, event):
        self._held.clear()
        if event.type == "blur":
            self._lift()
            self._pad.canvas.classList.remove("by-hand")
        self._show_cursor(False)

    def _centre(self):
        left, top, _, height = self._pad.viewport
        self._x, self._y = left + height / 2, top + height / 2  # of the square; a number's left

    def _show_cursor(self, shown):
        left, top, width, height = self._pad.viewport
        self._cursor.hidden = not shown
        self._cursor.style.left = f"{100 * (self._x - left) / width}%"
        self._cursor.style.top = f"{100 * (self._y - top) / height}%"
        self._cursor.classList.toggle("down", self._pad.is_down)

"""Move handles over a picture by pointer and arrow keys: the frame's, and a page's corners.

A module of its own, though short: crop_frame.py and corner_handles.py both use it.
"""

from ui.browser.dom import on

ARROWS = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}
STEP, SMALL_STEP = 0.02, 0.0025  # shares of the picture, by arrow key


class HandleMoves:
    """Moves of the buttons of a layer that have an attribute.

    `move` is called with the attribute's value and the way to the right and down, in shares of the
    picture. Set `size`, the picture's width and height in CSS pixels, before a pointer can move.
    """

    def __init__(self, layer, attribute: str, move):
        self.size = 1, 1
        self._layer = layer
        self._attribute = attribute
        self._move = move
        self._dragged = None  # the attribute's value, and the pointer's last position
        on(layer, "pointerdown", self._on_down)
        on(layer, "pointermove", self._on_move)
        on(layer, "pointerup pointercancel", self._on_up)
        on(layer, "keydown", self._on_key)

    def _on_down(self, event):
        handle = event.target.closest(f"[{self._attribute}]")
        if handle is None or event.button:
            return
        event.preventDefault()
        handle.focus()
        self._layer.setPointerCapture(event.pointerId)
        self._dragged = str(handle.getAttribute(self._attribute)), event.clientX, event.clientY

    def _on_move(self, event):
        if self._dragged is None:
            return
        name, x, y = self._dragged
        width, height = self.size
        self._dragged = name, event.clientX, event.clientY
        self._move(name, (event.clientX - x) / width, (event.clientY - y) / height)

    def _on_up(self, _):
        self._dragged = None

    def _on_key(self, event):
        if event.key not in ARROWS or not event.target.hasAttribute(self._attribute):
            return
        step = SMALL_STEP if event.shiftKey else STEP
        right, down = ARROWS[event.key]
        self._move(str(event.target.getAttribute(self._attribute)), right * step, down * step)
        event.preventDefault()

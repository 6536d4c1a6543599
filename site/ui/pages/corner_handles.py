"""Four handles for the corners of a page that was photographed aslant, over the crop frame."""

from ui.browser.dom import make, on
from ui.browser.i18n import translate
from ui.pages.crop_geometry import corner_moved

NAMES = (
    "Upper left corner of the page",
    "Upper right corner of the page",
    "Lower right corner of the page",
    "Lower left corner of the page",
)
ARROWS = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}
STEP, SMALL_STEP = 0.02, 0.0025  # shares of the picture, by arrow key


class CornerHandles:
    """The handles, while they are shown. corners: [[x, y], ...], shares of the picture."""

    def __init__(self, over, corners):
        self.corners = corners
        self._place = 0, 0, 1, 1
        self._dragged = None  # the corner, and the pointer's last position
        self._layer = make("div", parent=over, class_="corners")
        self._shade = make("div", parent=self._layer, class_="corner-shade", aria_hidden="true")
        self._handles = []
        for index, name in enumerate(NAMES):
            handle = make("button", parent=self._layer, type="button", class_="handle")
            handle.setAttribute("data-corner", str(index))
            handle.setAttribute("aria-label", translate(name))
            handle.setAttribute("aria-describedby", "crop-keys")
            self._handles.append(handle)
        on(self._layer, "pointerdown", self._on_down)
        on(self._layer, "pointermove", self._on_move)
        on(self._layer, "pointerup pointercancel", self._on_up)
        on(self._layer, "keydown", self._on_key)

    def remove(self) -> None:
        """Take the handles away."""
        self._layer.remove()

    def focus(self) -> None:
        """Move the focus to the first handle."""
        self._handles[0].focus()

    def show(self, place: tuple) -> None:
        """Show the corners over a picture; place: its left, top, width, height in CSS pixels."""
        self._place = place
        left, top, width, height = place
        edge = []
        for handle, (x, y) in zip(self._handles, self.corners):  # noqa: B905 - MicroPython
            handle.style.left, handle.style.top = (
                f"{left + x * width}px",
                f"{top + y * height}px",
            )
            edge.append(f"{left + x * width:.1f}px {top + y * height:.1f}px")
        inner = ", ".join(edge + edge[:1])
        outer = "0 0, 0 100%, 100% 100%, 100% 0, 0 0"
        self._shade.style.clipPath = f"polygon(evenodd, {outer}, {inner})"

    def _move(self, index, right, down):
        self.corners = corner_moved(self.corners, index, right, down)
        self.show(self._place)

    def _on_down(self, event):
        handle = event.target.closest("button")
        event.stopPropagation()
        if handle is None or event.button:
            return
        event.preventDefault()
        handle.focus()
        self._layer.setPointerCapture(event.pointerId)
        index = int(handle.getAttribute("data-corner"))
        self._dragged = index, event.clientX, event.clientY

    def _on_move(self, event):
        if self._dragged is None:
            return
        index, x, y = self._dragged
        _, _, width, height = self._place
        self._move(index, (event.clientX - x) / width, (event.clientY - y) / height)
        self._dragged = index, event.clientX, event.clientY

    def _on_up(self, _):
        self._dragged = None

    def _on_key(self, event):
        """Move a corner by the arrow keys; the frame's own listener knows Enter and Escape."""
        if event.key not in ARROWS:
            return
        step = SMALL_STEP if event.shiftKey else STEP
        right, down = ARROWS[event.key]
        index = int(event.target.getAttribute("data-corner"))
        self._move(index, right * step, down * step)
        event.preventDefault()
        event.stopPropagation()

"""Four handles for the corners of a page that was photographed aslant, over the crop frame."""

from ui.browser.dom import make
from ui.browser.i18n import translate
from ui.pages.crop_geometry import corner_moved
from ui.pages.handle_moves import HandleMoves

NAMES = (
    "Upper left corner of the page",
    "Upper right corner of the page",
    "Lower right corner of the page",
    "Lower left corner of the page",
)


class CornerHandles:
    """The handles, while they are shown. corners: [[x, y], ...], shares of the picture."""

    def __init__(self, over, corners):
        self.corners = corners
        self._place = 0, 0, 1, 1
        self._layer = make("div", parent=over, class_="corners")
        self._shade = make("div", parent=self._layer, class_="corner-shade", aria_hidden="true")
        self._handles = []
        for index, name in enumerate(NAMES):
            handle = make("button", parent=self._layer, type="button", class_="handle")
            handle.setAttribute("data-corner", str(index))
            handle.setAttribute("aria-label", translate(name))
            handle.setAttribute("aria-describedby", "crop-keys")
            self._handles.append(handle)
        self._moves = HandleMoves(self._layer, "data-corner", self._move)

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
        self._moves.size = width, height
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

    def _move(self, corner, right, down):
        self.corners = corner_moved(self.corners, int(corner), right, down)
        self.show(self._place)

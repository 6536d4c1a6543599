"""Put a box over each digit of a number on the pad, to be selected by tap or arrow key."""

from ui.browser import messages
from ui.browser.dom import find, make, on, on_click_within
from ui.browser.scheduling import start, yield_to_browser
from ui.pad.picture import Picture
from ui.reading.readings import digits_of, is_number, left_out_of

MIN_TAP_SIZE = 44  # CSS pixels: a narrower box, such as a 1's, can be tapped in this width
STEPS = {"ArrowLeft": -1, "ArrowUp": -1, "ArrowRight": 1, "ArrowDown": 1}
ENDS = {"Home": 0, "End": -1}
BATCH = 8  # boxes made before pen events are handled: a page may hold a hundred digits
DENSE_HEIGHT = 34  # CSS pixels: below this typical height there is room for small labels only


class DigitBoxes:
    """A radio button over each digit of a number, labelled with what was read in it."""

    def __init__(self, pad, current, selection):
        self._pad = pad
        self._current = current
        self._selection = selection
        self._boxes = []  # in the pad's units
        self._checked = None  # the button of the selected digit
        self._version = 0  # of the reading that is shown
        self._group = find("spots")
        current.changed.connect(self.show)
        selection.changed.connect(lambda _: self._check_selected())
        on(self._group, "keydown", self._on_key)
        on_click_within(self._group, "button", lambda button: self._select(_index(button)))

    def show(self, reading) -> None:
        """Show the boxes of a number; any other reading has none."""
        self._group.textContent = ""
        self._group.parentElement.classList.remove("writing")
        self._checked = None
        self._version += 1
        digits = digits_of(reading) if reading is not None and is_number(reading) else []
        self._boxes = self._current.boxes if digits else []
        left_out = [] if reading is None else left_out_of(reading)
        self._group.hidden = not (digits or left_out)
        self._group.setAttribute("role", "radiogroup" if digits else "presentation")
        is_dense = bool(digits) and self._typical_height() < DENSE_HEIGHT
        self._group.classList.toggle("dense", is_dense)
        self._outline(left_out)
        self._make_batch(digits, 0)
        if len(digits) > BATCH:
            start(self._make_rest(digits, self._version))

    def refresh(self) -> None:
        """Label the boxes in the present language."""
        self.show(self._current.reading)

    def index_at(self, x: float, y: float):
        """Return the index of the digit that a tap at a point of the pad selects, or None."""
        min_side = MIN_TAP_SIZE / self._scale()
        near = []
        for index, (left, top, right, bottom) in enumerate(self._boxes):
            dx = abs(x - (left + right) / 2)
            dy = abs(y - (top + bottom) / 2)
            if 2 * dx <= max(min_side, right - left) and 2 * dy <= max(min_side, bottom - top):
                near.append((max(dx, dy), index))
        return min(near)[1] if near else None

    def may_be_tapped(self, x: float, y: float) -> bool:
        """Return whether a tap at a point of the pad selects a digit rather than draws a dot."""
        on_picture = bool(self._boxes) and isinstance(self._pad.content, Picture)
        return on_picture or self.index_at(x, y) is not None

    def tap(self, x: float, y: float) -> None:
        """Select the digit at a point of the pad, if there is one."""
        index = self.index_at(x, y)
        if index is not None:
            self._select(index, focus=False)

    async def _make_rest(self, digits, version):
        for first in range(BATCH, len(digits), BATCH):
            await yield_to_browser()
            if version != self._version:
                return
            self._make_batch(digits, first)

    def _make_batch(self, digits, first):
        for index, digit in enumerate(digits[first : first + BATCH]):
            self._make(first + index, digit)
        self._check_selected()

    def _make(self, index, digit):
        rejected = hasattr(self._current.reading, "reason")
        name = messages.digit_of_number(index, len(self._boxes), digit, rejected)
        button = make("button", parent=self._group, type="button", role="radio", data_spot=index)
        button.setAttribute("aria-label", name)
        button.setAttribute("aria-checked", "false")
        button.tabIndex = -1
        button.classList.toggle("unread", rejected or not _is_read(digit))
        make("span", messages.digit_sign(digit, rejected), button)
        self._place(button, self._boxes[index])

    def _outline(self, left_out):
        """Outline ink that is in no digit; it is counted in words beside the answer."""
        for box in left_out:
            outline = make("i", parent=self._group, aria_hidden="true")
            self._place(outline, self._current.to_pad_units(box))

    def _place(self, element, box):
        left, top, width, height = self._pad.viewport
        x0, y0, x1, y1 = box
        element.style.left = f"{100 * (x0 - left) / width}%"
        element.style.top = f"{100 * (y0 - top) / height}%"
        element.style.width = f"{100 * (x1 - x0) / width}%"
        element.style.height = f"{100 * (y1 - y0) / height}%"

    def _check_selected(self):
        selected = self._group.querySelector(f'[data-spot="{self._selection.index}"]')
        if self._checked is not None:
            self._checked.setAttribute("aria-checked", "false")
            self._checked.tabIndex = -1
        if selected is not None:
            selected.setAttribute("aria-checked", "true")
            selected.tabIndex = 0
        self._checked = selected

    def _on_key(self, event):
        index = _index(event.target)
        if event.key in STEPS:
            index = (index + STEPS[event.key]) % len(self._boxes)
        elif event.key in ENDS:
            index = range(len(self._boxes))[ENDS[event.key]]
        else:
            return
        event.preventDefault()
        self._select(index)

    def _select(self, index, focus=True):
        self._selection.select(index)
        self._check_selected()
        if focus and self._checked is not None:  # None while its batch is still to come
            self._checked.focus()

    def _scale(self):
        """Return CSS pixels to one unit of the pad."""
        return self._pad.canvas.clientWidth / self._pad.viewport[2]

    def _typical_height(self):
        heights = sorted(bottom - top for _, top, _, bottom in self._boxes)
        return heights[len(heights) // 2] * self._scale()


def _is_read(digit):
    return hasattr(digit, "label") or messages.is_sign(digit)


def _index(button):
    return int(button.getAttribute("data-spot"))

"""Boxes over the pad around the digits of a number, each with what was read in it."""

import asyncio

from ui import words
from ui.chosen import digits_of, is_number
from ui.dom import find, make, on, on_click_within
from ui.picture import Picture
from ui.turns import browsers_turn

FINGERTIP = 44  # CSS pixels: a narrower box, such as a 1's, is as wide as this to a tap
STEPS = {"ArrowLeft": -1, "ArrowUp": -1, "ArrowRight": 1, "ArrowDown": 1}
ENDS = {"Home": 0, "End": -1}
AT_ONCE = 8  # boxes that are made before the pen has its turn: a page may have a hundred
DENSE = 34  # CSS pixels: below this height of most boxes there is room for small labels only


class Spots:
    """Shows where a number's digits are; a tap or an arrow key chooses one of them."""

    def __init__(self, desk):
        self._desk = desk
        self._boxes = []  # in the sheet's units
        self._marked = None  # the button of the digit that is looked at
        self._turn = 0
        self._place = find("spots")
        desk.shown.listeners.append(self.show)
        desk.chosen.listeners.append(lambda _: self._mark())
        on(self._place, "keydown", self._key)
        on_click_within(self._place, "button", lambda button: self._choose(_index(button)))

    def show(self, reading) -> None:
        """Show the boxes of a number; of anything else there are none."""
        self._place.textContent = ""
        self._place.parentElement.classList.remove("writing")
        self._marked = None
        self._turn += 1
        digits = digits_of(reading) if reading is not None and is_number(reading) else []
        self._boxes = self._desk.shown.boxes if digits else []
        self._place.hidden = not digits
        self._place.classList.toggle("dense", bool(digits) and self._middle_height() < DENSE)
        self._make_some(digits, 0)
        if len(digits) > AT_ONCE:
            asyncio.create_task(self._make_others(digits, self._turn))  # noqa: RUF006 - held

    def again(self) -> None:
        """Name all of them in another language."""
        self.show(self._desk.shown.reading)

    def at(self, x: float, y: float):
        """Which digit a tap at a place of the sheet means, or None."""
        least = FINGERTIP / self._scale()
        near = []
        for index, (left, top, right, bottom) in enumerate(self._boxes):
            across = abs(x - (left + right) / 2)
            down = abs(y - (top + bottom) / 2)
            if 2 * across <= max(least, right - left) and 2 * down <= max(least, bottom - top):
                near.append((max(across, down), index))
        return min(near)[1] if near else None

    def may_mean(self, x: float, y: float) -> bool:
        """Whether a tap at a place of the sheet may be meant for a digit, not for a dot of ink."""
        on_picture = bool(self._boxes) and isinstance(self._desk.content, Picture)
        return on_picture or self.at(x, y) is not None

    def tap(self, x: float, y: float) -> None:
        """Choose the digit at a place of the sheet, if there is one."""
        index = self.at(x, y)
        if index is not None:
            self._choose(index, focus=False)

    async def _make_others(self, digits, turn):
        for start in range(AT_ONCE, len(digits), AT_ONCE):
            await browsers_turn()
            if turn != self._turn:
                return
            self._make_some(digits, start)

    def _make_some(self, digits, start):
        for index, digit in enumerate(digits[start : start + AT_ONCE]):
            self._make(start + index, digit)
        self._mark()

    def _make(self, index, digit):
        refused = hasattr(self._desk.shown.reading, "reason")
        left, top, width, height = self._desk.pad.window
        x0, y0, x1, y1 = self._boxes[index]
        button = make("button", parent=self._place, type="button", role="radio", data_spot=index)
        button.setAttribute("aria-label", words.spot(index, len(self._boxes), digit, refused))
        button.style.left = f"{100 * (x0 - left) / width}%"
        button.style.top = f"{100 * (y0 - top) / height}%"
        button.style.width = f"{100 * (x1 - x0) / width}%"
        button.style.height = f"{100 * (y1 - y0) / height}%"
        button.setAttribute("aria-checked", "false")
        button.tabIndex = -1
        button.classList.toggle("unread", refused or not hasattr(digit, "label"))
        make("span", words.sign(digit, refused), button)

    def _mark(self):
        chosen = self._place.querySelector(f'[data-spot="{self._desk.chosen.index}"]')
        if self._marked is not None:
            self._marked.setAttribute("aria-checked", "false")
            self._marked.tabIndex = -1
        if chosen is not None:
            chosen.setAttribute("aria-checked", "true")
            chosen.tabIndex = 0
        self._marked = chosen

    def _key(self, event):
        index = _index(event.target)
        if event.key in STEPS:
            index = (index + STEPS[event.key]) % len(self._boxes)
        elif event.key in ENDS:
            index = range(len(self._boxes))[ENDS[event.key]]
        else:
            return
        event.preventDefault()
        self._choose(index)

    def _choose(self, index, focus=True):
        self._desk.chosen.choose(index)
        self._mark()
        if focus and self._marked is not None:  # its box may be still to come
            self._marked.focus()

    def _scale(self):
        """CSS pixels to one unit of the sheet."""
        pad = self._desk.pad
        return pad.canvas.clientWidth / pad.window[2]

    def _middle_height(self):
        heights = sorted(bottom - top for _, top, _, bottom in self._boxes)
        return heights[len(heights) // 2] * self._scale()


def _index(button):
    return int(button.getAttribute("data-spot"))

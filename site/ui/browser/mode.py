"""Switch between a digit, a number and a letter: what the pad is for, how pictures are read."""

from pyscript import document

from ui.browser import storage
from ui.browser.dom import find_all, on
from ui.browser.signal import Signal

DIGIT, NUMBER, LETTER = "digit", "number", "letter"
NAMES = (DIGIT, NUMBER, LETTER)


class Mode:
    """The switch by the pad. `changed` is emitted when it has been set to another value."""

    def __init__(self):
        self.changed = Signal()
        # A person may have chosen while the page's Python was still on its way.
        early = [choice.value for choice in _choices() if choice.checked and choice.value != DIGIT]
        kept = early[0] if early else storage.load("mode", DIGIT)
        self.name = kept if kept in NAMES else DIGIT
        for choice in _choices():
            on(choice, "change", lambda event: self.set(str(event.target.value)))
        self._show()

    @property
    def is_number(self) -> bool:
        """Whether the pad is for a number."""
        return self.name == NUMBER

    def set(self, name: str) -> None:
        """Set the switch to one of NAMES, for this visit and the next."""
        if name == self.name:
            return
        self.name = name
        storage.save("mode", name)
        self._show()
        self.changed.emit()

    def _show(self):
        document.documentElement.setAttribute("data-mode", self.name)
        for choice in _choices():
            choice.checked = choice.value == self.name


def _choices():
    return find_all("#mode input")

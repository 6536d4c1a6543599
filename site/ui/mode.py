"""One digit or a number: what is written on the pad, and how pictures are to be read."""

from pyscript import document

from ui import store
from ui.dom import find_all, on

DIGIT, NUMBER = "digit", "number"


class Mode:
    """The switch by the pad; `listeners` are called when it has been set to something else."""

    def __init__(self):
        self.listeners = []
        self.is_number = store.load("mode", DIGIT) == NUMBER
        for choice in _choices():
            on(choice, "change", lambda event: self.set(event.target.value == NUMBER))
        self._show()

    def set(self, is_number: bool) -> None:
        """Set the switch, for this visit and the next."""
        if is_number == self.is_number:
            return
        self.is_number = is_number
        store.save("mode", self._name)
        self._show()
        for listener in self.listeners:
            listener()

    @property
    def _name(self):
        return NUMBER if self.is_number else DIGIT

    def _show(self):
        document.documentElement.setAttribute("data-mode", self._name)
        for choice in _choices():
            choice.checked = choice.value == self._name


def _choices():
    return find_all("#mode input")

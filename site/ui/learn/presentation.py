"""Present lessons: the whole screen, a large answer, and keys to turn the pages."""

import js
from pyscript import document

from ui.browser.dom import find, on, set_text
from ui.browser.i18n import translate

# Where keys have another meaning.
KEYS_TAKEN = "input, select, textarea, [role=slider], [role=application], #diagram, video"


class Presentation:
    """Presentation mode; step: function that is given -1 or 1 to turn the pages."""

    def __init__(self, is_open, step):
        self._is_open = is_open
        self._step = step
        self._root = document.documentElement
        on(find("present"), "click", lambda _: self.toggle())
        on(document, "keydown", self._press)
        on(document, "fullscreenchange", lambda _: self._follow_screen())

    def toggle(self) -> None:
        """Begin or end to present."""
        self._set(not self._is_presenting)
        if self._is_presenting:
            self._ask_for_screen()
        elif document.fullscreenElement:
            document.exitFullscreen()

    def refresh(self) -> None:
        """Name the button in the present language, and end outside the lessons."""
        if not self._is_open():
            self._set(False)
        name = "Stop presenting" if self._is_presenting else "Present"
        set_text(find("present"), translate(name))
        find("present").setAttribute("aria-pressed", str(self._is_presenting).lower())

    @property
    def _is_presenting(self):
        return self._root.classList.contains("presenting")

    def _set(self, presenting):
        if presenting != self._is_presenting:
            self._root.classList.toggle("presenting", presenting)
            self.refresh()

    def _ask_for_screen(self):
        """Ask for the whole screen; where it is refused the page itself is enough."""
        try:
            self._root.requestFullscreen().catch(lambda _: None)
        except Exception as refused:
            js.console.info(str(refused))

    def _follow_screen(self):
        if not document.fullscreenElement:
            self._set(False)

    def _press(self, event):
        taken = event.ctrlKey or event.altKey or event.metaKey or event.target.closest(KEYS_TAKEN)
        if not self._is_open() or taken:
            return
        if event.key in ("f", "F"):
            self.toggle()
        elif event.key in ("ArrowRight", "PageDown"):
            self._step(1)
        elif event.key in ("ArrowLeft", "PageUp"):
            self._step(-1)
        elif event.key == "Escape":
            self._set(False)
        else:
            return
        event.preventDefault()

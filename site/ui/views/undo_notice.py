"""Offer to undo the last deletion.

A module of its own, though short: the history and the table share it.
"""

from ui.browser.dom import find, on, set_text
from ui.browser.i18n import translate


class UndoNotice:
    """A line with a button; the next deletion replaces it."""

    def __init__(self):
        self._restore = None
        self._sentence, self._facts = "", {}
        on(find("undelete"), "click", lambda _: self._undo())

    def offer(self, restore, sentence: str, **facts) -> None:
        """Say what was deleted; call `restore()` if the person takes it back."""
        self._restore, self._sentence, self._facts = restore, sentence, facts
        self.refresh()

    def hide(self) -> None:
        """Withdraw the offer, as something else has been done since."""
        self._restore = None
        self.refresh()

    def refresh(self) -> None:
        """Show the offer in the present language."""
        is_offered = self._restore is not None
        text = translate(self._sentence, **self._facts) if is_offered else ""
        set_text(find("deleted-said"), text)
        find("undelete").hidden = not is_offered

    def _undo(self):
        restore = self._restore
        self.hide()
        restore()

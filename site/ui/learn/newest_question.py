"""Ask the worker one question at a time; of those that wait only the newest is asked.

A module of its own, though short: sliders and diagrams share it.
"""

from ui.browser import messages
from ui.browser.dom import set_text
from ui.worker.bridge import WorkerError


class NewestQuestion:
    """Ask again while there are changes; a failure becomes a sentence in the element `said`."""

    def __init__(self, ask, said):
        self._ask, self._said = ask, said  # ask: asks with the present values, and shows the answer
        self._is_asking = self._is_due = False

    async def ask(self):
        """Ask now, or once more after the question that is under way."""
        self._is_due = True
        if self._is_asking:
            return
        self._is_asking = True
        try:
            while self._is_due:
                self._is_due = False
                await self._ask()
        except WorkerError as failure:
            set_text(self._said, messages.failure(failure.kind, failure.facts))
        finally:
            self._is_asking = False

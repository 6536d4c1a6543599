"""Bring the worker the network that reads letters, when a letter is first read.

A visit that reads digits does not fetch it. Small, as it is one errand of its own.
"""

import js

from ui.browser.i18n import translate
from ui.browser.site_files import fetch_file
from ui.reading import answer

FILE = "model/letters.npz"
FETCHING = "Fetching the network for letters (0.5 MB)."


class LetterModel:
    """Sends the letter network to the worker once, and again to a worker that was restarted."""

    def __init__(self, bridge):
        self._bridge = bridge
        self._packed = None  # the file's bytes, kept for the next worker
        self._is_sent = False
        bridge.restarted.connect(self._forget)

    async def send(self) -> None:
        """Send the network unless the worker has it. Raises WorkerError and SiteFileError."""
        if self._is_sent:
            return
        if self._packed is None:
            answer.set_remark(translate(FETCHING))
            self._packed = await fetch_file(FILE, "arrayBuffer")
            answer.set_remark("")
        await self._bridge.call("keep_letter_model", js.Uint8Array.new(self._packed))
        self._is_sent = True

    def _forget(self):
        self._is_sent = False

"""Bring the worker the network that reads lines with signs, when a number is first read.

A first visit that reads single digits does not fetch it. Small, as it is one errand of its own.
"""

import js

from ui.browser.site_files import SiteFileError, fetch_file

FILE = "model/lines.npz"


class LineModel:
    """Sends the line network to the worker once, and again to a worker that was restarted."""

    def __init__(self, bridge):
        self._bridge = bridge
        self._is_sent = False
        bridge.restarted.connect(self._forget)

    async def send(self) -> None:
        """Send the network unless the worker has it. Raises WorkerError.

        Where the file cannot be had, numbers are read digit by digit, and signs are left out.
        """
        if self._is_sent:
            return
        try:
            packed = await fetch_file(FILE, "arrayBuffer")
        except SiteFileError as failure:
            js.console.info(f"{FILE}: {failure.kind}")
            return
        await self._bridge.call("keep_line_model", js.Uint8Array.new(packed))
        self._is_sent = True

    def _forget(self):
        self._is_sent = False

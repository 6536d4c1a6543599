"""Send the worker the archives of modules that no first answer needs.

A module of its own, though short: it is one errand, and the worker's side is later_modules.py.
"""

import js

from ui.browser.site_files import SiteFileError, fetch_file
from ui.worker.worker_error import WorkerError

LATER, PILLOW = "later", "pillow"  # as the worker names what it is missing
FILES = {
    LATER: "later/worker.zip",
    PILLOW: "runtime/pyodide/pillow-10.2.0-1inkling-cp312-cp312-pyodide_2024_0_wasm32.whl",
}


class Archives:
    """The archives that the worker has been sent; a worker that was restarted has none."""

    def __init__(self, bridge):
        self._bridge = bridge
        self._sent = set()
        bridge.restarted.connect(self._sent.clear)

    def has(self, name: str) -> bool:
        """Whether the worker has been sent an archive."""
        return name in self._sent

    async def send(self, name: str) -> None:
        """Send the worker an archive, unless it has it. Raises WorkerError."""
        if name in self._sent:
            return
        try:
            packed = await fetch_file(FILES[name], "arrayBuffer")
        except SiteFileError as failure:
            raise WorkerError(failure.kind, **failure.facts) from None
        await self._bridge.call("keep_modules", js.Uint8Array.new(packed), name)
        self._sent.add(name)

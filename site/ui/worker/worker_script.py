"""Handle the script element that makes the worker: its start, its messages and its end."""

import js
from pyscript import document, workers
from pyscript.ffi import create_proxy

from ui.browser.dom import make

RETRY_MS = 50


class WorkerScript:
    """A <script type="py" worker> of the page; `replace` puts a new one in its place."""

    def __init__(self, element, number=1):
        self._element = element
        self._number = number

    @classmethod
    def of_page(cls) -> "WorkerScript":
        """Return the script that is written in index.html."""
        return cls(document.querySelector("script[worker]"))

    async def worker(self):
        """Return the worker's functions once they can be called."""
        return await workers[self._element.getAttribute("name")]

    def end(self) -> None:
        """End the worker, whatever it is doing."""
        if hasattr(self._element, "xworker"):
            self._element.xworker.terminate()

    def replace(self) -> "WorkerScript":
        """End this worker and return the script of a new one."""
        self.end()
        new = make("script", type="py", worker="", name=f"reader-{self._number + 1}")
        new.setAttribute("src", self._element.getAttribute("src"))
        self._element.replaceWith(new)
        return WorkerScript(new, self._number + 1)

    def listen(self, on_boot, on_cells, on_end) -> None:
        """Call `on_boot(message)` for each message of boot.js, and `on_end()` when it has ended.

        While a table is read, `on_cells(done, count)` is called every few cells.
        """
        if not hasattr(self._element, "xworker"):  # PyScript makes it while this Python starts
            js.setTimeout(create_proxy(lambda: self.listen(on_boot, on_cells, on_end)), RETRY_MS)
            return
        locks = set()

        def on_message(event):
            if hasattr(event.data, "cells"):
                on_cells(*event.data.cells)
            if not hasattr(event.data, "boot"):
                return
            life = event.data.boot.life
            if life and not locks:  # the name of a lock that the worker holds while it lives
                locks.add(life)
                js.navigator.locks.request(life, create_proxy(lambda _: on_end()))
            on_boot(event.data.boot)

        self._element.xworker.addEventListener("message", create_proxy(on_message))

"""The element of the page that makes the worker, and how the page learns of its start and end."""

import js
from pyscript import document, workers
from pyscript.ffi import create_proxy

from ui.dom import make

AGAIN_MS = 50


class Script:
    """One <script type="py" worker>; `another` takes its place when its worker has ended."""

    def __init__(self, element, number=1):
        self._element = element
        self._number = number

    @classmethod
    def of_page(cls) -> "Script":
        """The one that the page was written with."""
        return cls(document.querySelector("script[worker]"))

    async def worker(self):
        """The worker's functions, once it can be asked."""
        return await workers[self._element.getAttribute("name")]

    def end(self) -> None:
        """End the worker, whatever it is doing."""
        if hasattr(self._element, "xworker"):
            self._element.xworker.terminate()

    def another(self) -> "Script":
        """A new worker, instead of this one, which is ended."""
        self.end()
        new = make("script", type="py", worker="", name=f"reader-{self._number + 1}")
        new.setAttribute("src", self._element.getAttribute("src"))
        self._element.replaceWith(new)
        return Script(new, self._number + 1)

    def listen(self, on_boot, on_end) -> None:
        """Have on_boot told how far the worker's start has come, as soon as there is a worker, and
        on_end called, without arguments, when it lives no more."""
        if not hasattr(self._element, "xworker"):  # PyScript makes it while this one starts, too
            js.setTimeout(create_proxy(lambda: self.listen(on_boot, on_end)), AGAIN_MS)
            return
        lives = set()

        def on_message(event):
            if not hasattr(event.data, "boot"):
                return
            life = event.data.boot.life
            if life and not lives:  # a lock that the worker holds while it lives
                lives.add(life)
                js.navigator.locks.request(life, create_proxy(lambda _: on_end()))
            on_boot(event.data.boot)

        self._element.xworker.addEventListener("message", create_proxy(on_message))

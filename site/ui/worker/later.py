"""Fetch the modules of views that are seldom opened, for the page and for the worker.

export/site/bundle.py packs them into the folder later/; a first visit does not fetch it.
"""

import json

from pyscript import document

from ui.browser import i18n
from ui.browser.dom import make
from ui.browser.signal import Signal
from ui.browser.site_files import SiteFileError, fetch_file
from ui.unpack import modules
from ui.worker.archives import LATER
from ui.worker.worker_error import WorkerError

PAGE, STYLE = "later/ui.json", "later/style.css"


class Later:
    """The modules that are fetched on first use.

    markup: HTML of each part by its name, once `load` has been awaited.
    worker_lost: emitted when another worker has taken the place of the one that had the modules.
    """

    def __init__(self, bridge):
        self._bridge = bridge
        self.markup = {}
        self.worker_lost = Signal()
        bridge.restarted.connect(self.worker_lost.emit)

    async def load(self) -> None:
        """Make the page's modules, styles and words ready, once. Raises WorkerError."""
        if self.markup:
            return
        try:
            pack = json.loads(await fetch_file(PAGE, "text"))
        except SiteFileError as failure:
            raise WorkerError(failure.kind, **failure.facts) from None
        if not self.markup:  # else another call was faster
            modules.add(pack["modules"])
            i18n.add_words(pack["words"])
            make("link", parent=document.head, rel="stylesheet", href="./" + STYLE)
            self.markup = pack["markup"]

    def fill(self, section, name: str) -> None:
        """Fill an element with a part's markup, in the page's language."""
        section.innerHTML = self.markup[name]
        i18n.translate_document(section)

    async def send(self) -> None:
        """Send the worker its modules, unless it has them. Raises WorkerError."""
        await self._bridge.archives.send(LATER)

    async def call(self, module: str, name: str, *arguments):
        """Return the result of a function of worker/learn/; raises WorkerError."""
        await self.send()
        return await self._bridge.call("ask", module, name, *arguments)

"""Make the views whose modules are fetched when they are first opened.

The module is short because the first visit fetches it.
"""

from ui.browser import messages, router
from ui.browser.dom import find, set_text
from ui.browser.scheduling import start
from ui.worker.bridge import WorkerError


class LateViews:
    """Makes each view once.

    makers: by the view's name, which is its section's id too, a function that imports and makes
    it. A view has `refresh()`, and `open()` for every time that it comes into sight.
    """

    def __init__(self, later, makers):
        self._later = later
        self._makers = makers
        self._views = {}
        for name in makers:
            router.on_open(name, lambda name=name: start(self._open(name)))

    def refresh(self) -> None:
        """Show what there is in the present language and colours."""
        for view in self._views.values():
            view.refresh()

    async def _open(self, name):
        said = find(name).querySelector(".late")
        try:
            await self._later.load()
        except WorkerError as failure:
            set_text(said, messages.failure(failure.kind, failure.facts))
            return
        if name not in self._views:
            self._later.fill(find(name).querySelector(".part"), name)
            set_text(said, "")
            self._views[name] = self._makers[name]()
        self._views[name].open()

"""Starts the worker, and starts it anew when it has died or the connection is back."""

import asyncio

from pyscript import document

from ui import answer, words
from ui.bridge import WorkerError
from ui.dom import find, on
from ui.loading import Loading

MOST_DEATHS = 2  # in a row, without a reading between them: then starting anew does not help
CONNECTION = ("unreachable", "incomplete", "stalled")  # failures of a start that may heal by itself


class Recovery:
    """Says on <html> how far the page is: loading, ready or failed.

    on_ready(version) is called once, with the version of the files that the worker was loaded from.
    """

    def __init__(self, desk, on_ready):
        self._desk = desk
        self._bridge = desk.bridge
        self._bridge.on_death = self._revive
        self._on_ready = on_ready
        self._loading = None
        self._version = None
        self._deaths = 0
        self._failure, self._facts = None, {}  # what keeps the page from starting
        desk.shown.listeners.append(lambda reading: reading is not None and self.has_read())
        on(document.defaultView, "online", lambda _: self._try_again())

    def begin(self) -> None:
        """Start the worker; whatever comes of it is said in the page."""
        asyncio.create_task(self._start())  # noqa: RUF006 - this interpreter holds its tasks

    def has_read(self) -> None:
        """The worker has read something, and lives."""
        self._deaths = 0

    def again(self) -> None:
        """Say anew what keeps the page from starting, as when the language has changed."""
        if self._failure is not None:
            self._stop(self._failure, self._facts)

    async def _start(self) -> bool:
        if self._loading:  # of a start that has come to nothing
            self._loading.done()
        loading = self._loading = Loading(self._stop)
        self._bridge.listen(loading.show)
        try:
            await self._bridge.start()
        except WorkerError as failure:
            if self._failure is None:  # else the cause is known already; this is its consequence
                self._stop(failure.kind, failure.facts)
            return False
        finally:
            loading.done()
        if self._version not in (None, loading.version):  # the site was renewed under this page
            self._stop("renewed", {})
            return False
        self._go_on(loading.version)
        return True

    def _go_on(self, version):
        if self._desk.broken:  # a start that was given up on, and came after all
            self._failure, self._desk.broken = None, ""
            self._desk.changed()
        _set_state("ready")
        if self._version is None:
            self._version = version
            self._on_ready(version)

    def _stop(self, kind, facts):
        """Nothing can be read any more; what is on the pad stays."""
        _set_state("failed")  # first: should the words be damaged, the style sheet has some
        self._failure, self._facts = kind, facts
        self._desk.broken = words.failure(kind, facts)
        self._bridge.give_up(WorkerError(kind, **facts))
        answer.wait(False)
        answer.empty(self._desk.broken)

    def _revive(self, failure):
        self._deaths += 1
        if self._deaths > MOST_DEATHS:
            self._bridge.end()
            self._stop("mortal", {})
            return
        _set_state("loading")
        find("stage").textContent = words.stage("start", 0, 0)
        asyncio.create_task(self._start_anew())  # noqa: RUF006 - as above

    async def _start_anew(self):
        self._bridge.restart()
        answer.wait(bool(self._desk.content))
        if await self._start() and self._desk.content:
            await self._desk.read_again()

    def _try_again(self):
        if self._failure in CONNECTION:
            self._failure, self._desk.broken = None, ""
            _set_state("loading")
            answer.empty()
            asyncio.create_task(self._start_anew())  # noqa: RUF006 - as above


def _set_state(state):
    document.documentElement.setAttribute("data-state", state)

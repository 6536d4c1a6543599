"""Start the worker, and restart it when it has died or the connection is back."""

from pyscript import document

from ui.browser import messages
from ui.browser.dom import find, on
from ui.browser.scheduling import start
from ui.browser.signal import Signal
from ui.reading import answer
from ui.startup.loading import Loading
from ui.worker.bridge import STOPPED, WorkerError

MAX_DEATHS = 2  # in a row, without a reading in between: then a restart does not help
CONNECTION = ("unreachable", "incomplete", "stalled")  # failures that may pass by themselves


class Recovery:
    """Sets <html data-state>: loading, ready or failed.

    started: emitted once, with the version of the files that the worker was loaded from.
    """

    def __init__(self, app, bridge, current):
        self._app = app
        self._bridge = bridge
        self.started = Signal()
        self._loading = None
        self._version = None
        self._deaths = 0
        self._failure, self._facts = None, {}  # why the page cannot start
        bridge.died.connect(self._restart)
        current.changed.connect(lambda reading: reading is not None and self.reset_deaths())
        on(document.defaultView, "online", lambda _: self._retry())

    def begin(self) -> None:
        """Start the worker and show how that goes."""
        start(self._start())

    def reset_deaths(self) -> None:
        """Note that the worker has read something."""
        self._deaths = 0

    def refresh(self) -> None:
        """Show in the present language why the page cannot start."""
        if self._failure is not None:
            self._fail(self._failure, self._facts)

    async def _start(self) -> bool:
        if self._loading:  # of an earlier start, which failed
            self._loading.stop()
        loading = self._loading = Loading()
        loading.failed.connect(self._fail)
        self._bridge.listen(loading.show)
        try:
            await self._bridge.start()
        except WorkerError as failure:
            if self._failure is None:  # else the cause is known; this is its consequence
                self._fail(failure.kind, failure.facts)
            return False
        finally:
            loading.stop()
        if self._version not in (None, loading.version):  # the site was updated meanwhile
            self._fail("renewed", {})
            return False
        self._show_ready(loading.version)
        return True

    def _show_ready(self, version):
        if self._app.outage:  # this start had been given up on
            self._failure, self._app.outage = None, ""
            self._app.update()
        _set_state("ready")
        if self._version is None:
            self._version = version
            self.started.emit(version)

    def _fail(self, kind, facts):
        """Show that nothing can be read; the pad's content stays."""
        _set_state("failed")  # first: if i18n is damaged, the style sheet still shows a sentence
        self._failure, self._facts = kind, facts
        self._app.outage = messages.failure(kind, facts)
        self._bridge.give_up(WorkerError(kind, **facts))
        answer.set_busy(False)
        answer.clear(self._app.outage)

    def _restart(self, failure):
        self._deaths += failure.kind != STOPPED
        if self._deaths > MAX_DEATHS:
            self._bridge.end()
            self._fail("mortal", {})
            return
        _set_state("loading")
        find("stage").textContent = messages.stage("start", 0, 0)
        start(self._start_again())

    async def _start_again(self):
        self._bridge.restart()
        answer.set_busy(self._app.has_content)
        if await self._start() and self._app.has_content:
            await self._app.read_again()

    def _retry(self):
        if self._failure in CONNECTION:
            self._failure, self._app.outage = None, ""
            _set_state("loading")
            answer.clear()
            start(self._start_again())


def _set_state(state):
    document.documentElement.setAttribute("data-state", state)

"""Show what the page loads, how far it has come, and what stopped it."""

import js
from pyscript.ffi import create_proxy

from ui.browser import messages
from ui.browser.dom import find
from ui.browser.signal import Signal

CHECK_MS = 1000
MAX_SILENT_CHECKS = 20  # without a message from the worker, whose first files are small
MAX_IDLE_CHECKS = 45  # without a byte, while the worker says that it is downloading
MAX_STALLED_CHECKS = 120  # without any progress: a busy phone starts Python slowly


class Loading:
    """Shows one start of the worker.

    failed: emitted with (kind, facts). First that may be a guess after some patience, then the
    cause if boot.js finds it.
    version: of the files that are loaded, None until boot.js knows it.

    Time is counted in checks: a sleep of the machine counts as one.
    """

    def __init__(self):
        self.version = None
        self.failed = Signal()
        self._step = None
        self._stalled_checks = 0  # since the last progress
        self._idle_checks = 0  # those during which the worker said that it is downloading
        self._has_message = False
        self._explained = False
        self._timer = js.setInterval(create_proxy(self._check), CHECK_MS)

    def show(self, boot) -> None:
        """Show a message of boot.js: {stage, received, total, problem, version}."""
        self.version = boot.version
        self._has_message = True
        if boot.problem and not self._explained:
            self._explained = True
            self.stop()
            self.failed.emit(boot.problem.kind, _facts(boot.problem))
        step = (boot.stage, boot.received)
        if step != self._step:
            self._step = step
            self._stalled_checks = self._idle_checks = 0
        find("stage").textContent = messages.stage(*step, boot.total)
        if boot.total:
            find("progress").max = boot.total
            find("progress").value = boot.received

    def stop(self) -> None:
        """Stop watching: the worker has started, or failed."""
        if self._timer is not None:
            js.clearInterval(self._timer)
            self._timer = None

    def _check(self):
        self._stalled_checks += 1
        if self._has_message and self._step[0] == "download":
            self._idle_checks += 1
        self._has_message = False
        if self._step is None and self._stalled_checks >= MAX_SILENT_CHECKS:
            self._guess("silent", {})
        elif self._idle_checks >= MAX_IDLE_CHECKS or self._stalled_checks >= MAX_STALLED_CHECKS:
            self._guess("stalled", {"seconds": self._stalled_checks})

    def _guess(self, kind, facts):
        self.stop()
        self.failed.emit(kind, facts)


def _facts(problem):
    return {name: problem[name] for name in js.Object.keys(problem) if name != "kind"}

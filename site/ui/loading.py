"""The loading line: what is being fetched, how far it is, and what stopped it."""

import js
from pyscript import document
from pyscript.ffi import create_proxy

from ui import words

SILENT_SECONDS = 20  # without a word from the worker, whose first files are small
STALL_SECONDS = 45  # without a byte or a step; slow phones compile for half as long
CHECK_MS = 1000


class Loading:
    """Shows the worker's start; calls `on_failure(kind, facts)`, once, if that goes wrong."""

    def __init__(self, on_failure):
        self._on_failure = on_failure
        self.version = ""  # of the files that are loaded, once boot.js knows
        self._step = None
        self._moved = js.performance.now()
        self._watch = js.setInterval(create_proxy(self._check), CHECK_MS)

    def show(self, boot) -> None:
        """Take a message of boot.js: {stage, received, total, problem}."""
        self.version = boot.version
        step = (boot.stage, boot.received)
        if step != self._step:
            self._step = step
            self._moved = js.performance.now()
        _say(words.stage(*step, boot.total))
        bar = document.getElementById("progress")
        if boot.total:
            bar.max = boot.total
            bar.value = boot.received
        if boot.problem:
            self._fail(boot.problem.kind, _facts(boot.problem))

    def done(self) -> None:
        """Stop watching: it has started, or it has failed for good."""
        if self._watch is not None:
            js.clearInterval(self._watch)
            self._watch = None

    def _check(self):
        still = (js.performance.now() - self._moved) / 1000
        if self._step is None and still > SILENT_SECONDS:
            self._fail("silent", {})
        elif still > STALL_SECONDS:
            self._fail("stalled", {"seconds": STALL_SECONDS})

    def _fail(self, kind, facts):
        if self._watch is not None:
            self.done()
            self._on_failure(kind, facts)


def _say(sentence):
    document.getElementById("stage").textContent = sentence


def _facts(problem):
    return {name: problem[name] for name in js.Object.keys(problem)}

"""The loading line: what is being fetched, how far it is, and what stopped it."""

import js
from pyscript import document
from pyscript.ffi import create_proxy

from ui import words

CHECK_MS = 1000
SILENT_CHECKS = 20  # without a word from the worker, whose first files are small
IDLE_CHECKS = 45  # without a byte, while the worker says that it has nothing else to do
STALL_CHECKS = 120  # without a step of any kind: a busy phone is slow at starting Python


class Loading:
    """Shows the worker's start; calls `on_failure(kind, facts)` if that goes wrong.

    First perhaps with what seems to be wrong, after some patience; then with what is wrong, if
    boot.js finds out. Time is counted in checks: a sleep of the machine, in which nothing could
    have come, counts as one.
    """

    def __init__(self, on_failure):
        self.version = None  # of the files that are loaded, once boot.js knows
        self._on_failure = on_failure
        self._step = None
        self._still = self._idle = 0  # checks since the last step, and those with a word in them
        self._heard = False
        self._explained = False
        self._watch = js.setInterval(create_proxy(self._check), CHECK_MS)

    def show(self, boot) -> None:
        """Take a message of boot.js: {stage, received, total, problem, version}."""
        self.version = boot.version
        self._heard = True
        if boot.problem and not self._explained:
            self._explained = True
            self.done()
            self._on_failure(boot.problem.kind, _facts(boot.problem))
        step = (boot.stage, boot.received)
        if step != self._step:
            self._step = step
            self._still = self._idle = 0
        _say(words.stage(*step, boot.total))
        bar = document.getElementById("progress")
        if boot.total:
            bar.max = boot.total
            bar.value = boot.received

    def done(self) -> None:
        """Stop watching: it has started, or it has failed."""
        if self._watch is not None:
            js.clearInterval(self._watch)
            self._watch = None

    def _check(self):
        self._still += 1
        if self._heard and self._step[0] == "download":
            self._idle += 1
        self._heard = False
        if self._step is None and self._still >= SILENT_CHECKS:
            self._suspect("silent", {})
        elif self._idle >= IDLE_CHECKS or self._still >= STALL_CHECKS:
            self._suspect("stalled", {"seconds": self._still})

    def _suspect(self, kind, facts):
        self.done()
        self._on_failure(kind, facts)


def _say(sentence):
    document.getElementById("stage").textContent = sentence


def _facts(problem):
    return {name: problem[name] for name in js.Object.keys(problem) if name != "kind"}

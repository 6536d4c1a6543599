"""The only module that talks to the worker: one question at a time, the newest next."""

import asyncio

import js
from pyscript import document, workers
from pyscript.ffi import create_proxy

ANSWER_SECONDS = 30  # a reading takes milliseconds, the largest picture seconds
AGAIN_MS = 50
LATE = "late"


class WorkerError(Exception):
    """The worker cannot do what it was asked; `kind` is a key of words.FAILURES."""

    def __init__(self, kind, **facts):
        super().__init__(kind)
        self.kind = kind
        self.facts = facts


class Bridge:
    """Questions to the worker. `on_reading` gets answers, `on_failure` what went wrong.

    A question put while another is being answered waits; a third takes its place. An answer
    that a newer question has overtaken is dropped.
    """

    def __init__(self, on_reading, on_failure):
        self._on_reading = on_reading
        self._on_failure = on_failure
        self._worker = None
        self._waiting = None
        self._busy = False
        self._newest = 0

    async def start(self) -> None:
        """Wait until the worker can read; raises WorkerError."""
        try:
            worker = await workers["reader"]
            hello = await worker.ready()
        except Exception as error:
            js.console.info(str(error))
            raise WorkerError("worker") from None
        if hasattr(hello, "error"):
            raise WorkerError("model", sentence=hello.error.sentence)
        self._worker = worker
        self._go_on()

    def listen(self, on_boot) -> None:
        """Have on_boot told how far the worker's start has come, as soon as there is a worker."""
        script = document.querySelector("script[worker]")
        if not hasattr(script, "xworker"):  # PyScript makes it while this interpreter starts, too
            js.setTimeout(create_proxy(lambda: self.listen(on_boot)), AGAIN_MS)
            return

        def on_message(event):
            if hasattr(event.data, "boot"):
                on_boot(event.data.boot)

        script.xworker.addEventListener("message", create_proxy(on_message))

    def ask(self, name, *arguments) -> None:
        """Ask for a reading: the name of one of the worker's functions, and what it needs."""
        self._newest += 1
        self._waiting = (self._newest, name, arguments)
        self._go_on()

    def forget(self) -> None:
        """Nothing that was asked so far matters any more."""
        self._newest += 1
        self._waiting = None

    def _go_on(self):
        if self._worker and self._waiting and not self._busy:
            self._busy = True
            self._question = asyncio.create_task(self._put())

    async def _put(self):
        number, name, arguments = self._waiting
        self._waiting = None
        try:
            reading = await _in_time(getattr(self._worker, name)(*arguments))
            if number == self._newest:
                self._on_reading(reading)
        except Exception as error:
            js.console.info(str(error))
            if number == self._newest:
                self._on_failure(
                    error if isinstance(error, WorkerError) else WorkerError("crashed")
                )
        self._busy = False
        self._go_on()


async def _in_time(answer):
    """Wait for an answer, but not for ever."""
    late = js.Promise.new(
        create_proxy(lambda resolve, _: js.setTimeout(resolve, ANSWER_SECONDS * 1000, LATE))
    )
    first = await js.Promise.race([answer, late])
    if first == LATE:
        raise WorkerError("slow", seconds=ANSWER_SECONDS)
    return first

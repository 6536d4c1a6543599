"""The only module that talks to the worker."""

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


class Gate:
    """Lets those who await its `promise` go on once it is opened."""

    def __init__(self):
        opened = []
        self.promise = js.Promise.new(create_proxy(lambda resolve, _: opened.append(resolve)))
        self.open = opened[0]


class Bridge:
    """Questions to the worker, which may be put before it has started."""

    def __init__(self):
        self._started = Gate()
        self._busy = None
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
        self._started.open()

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

    async def read(self, name: str, *arguments):
        """A reading by one of the worker's functions; None if a newer question has overtaken it.

        One is asked at a time: of those that wait meanwhile, only the newest is asked at all.
        Raises WorkerError.
        """
        self._newest += 1
        number = self._newest
        await self._started.promise
        while self._busy and number == self._newest:
            await self._busy.promise
        if number != self._newest:
            return None
        self._busy = Gate()
        try:
            reading = await self.call(name, *arguments)
        except WorkerError:
            if number == self._newest:
                raise
            return None
        finally:
            gate, self._busy = self._busy, None
            gate.open()
        return reading if number == self._newest else None

    @property
    def is_busy(self) -> bool:
        """Whether a reading is under way."""
        return self._busy is not None

    def forget(self) -> None:
        """No reading that was asked for so far matters any more."""
        self._newest += 1

    async def call(self, name: str, *arguments):
        """What one of the worker's functions says; raises WorkerError."""
        await self._started.promise
        try:
            return await _in_time(getattr(self._worker, name)(*arguments))
        except WorkerError:
            raise
        except Exception as error:
            js.console.info(str(error))
            raise WorkerError("crashed") from None


async def _in_time(answer):
    """Wait for an answer, but not for ever."""
    late = js.Promise.new(
        create_proxy(lambda resolve, _: js.setTimeout(resolve, ANSWER_SECONDS * 1000, LATE))
    )
    first = await js.Promise.race([answer, late])
    if first == LATE:
        raise WorkerError("slow", seconds=ANSWER_SECONDS)
    return first

"""The only module that talks to the worker."""

import js
from pyscript.ffi import create_proxy

from ui.script import Script

ANSWER_SECONDS = 30  # a reading takes milliseconds, the largest picture seconds
TICK_MS = 1000
TRACEBACK = "Traceback"  # in the message of an error that Python has survived
NO_MEMORY = "MemoryError"


_ignore = create_proxy(lambda _: None)


class WorkerError(Exception):
    """The worker cannot do what it was asked; `kind` is a key of words.FAILURES."""

    def __init__(self, kind, **facts):
        super().__init__(kind)
        self.kind = kind
        self.facts = facts


class Gate:
    """Lets those who await its `promise` go on once it is opened, or refuses them."""

    def __init__(self):
        ways = []
        self.promise = js.Promise.new(create_proxy(lambda *both: ways.extend(both)))
        self.open, self.refuse = ways


class Bridge:
    """Questions to the worker, which may be put before it has started.

    on_death(failure) is called when the worker can answer no more, and those in `at_start` when
    another one takes its place, which knows nothing of what the last one was told.
    """

    def __init__(self):
        self.on_death = lambda failure: None
        self.at_start = []
        self._script = Script.of_page()
        self._worker = None
        self._started = Gate()
        self.given_up = None  # the WorkerError for which no worker will start
        self._under_way = []  # gates of the questions that the worker is at
        self._silence = 0  # ticks since the last answer: a sleep of the machine counts as one
        self._busy = None
        self._newest = 0
        js.setInterval(create_proxy(self._tick), TICK_MS)

    async def start(self) -> None:
        """Wait until the worker can read; raises WorkerError."""
        script = self._script
        try:
            worker = await script.worker()
            hello = await worker.ready()
        except Exception as error:
            js.console.info(str(error))
            raise WorkerError("worker") from None
        if hasattr(hello, "error"):
            raise WorkerError("model", sentence=hello.error.sentence)
        if script is self._script:  # else it has been given up on, and came after all
            self._worker, self.given_up = worker, None
            self._started.open()

    def end(self) -> None:
        """End the worker, whatever it is doing."""
        self._script.end()

    def give_up(self, failure: WorkerError) -> None:
        """Refuse the questions that wait for a worker, and those to come, until there is one."""
        self.given_up = failure
        self._started.promise.catch(_ignore)  # there may be none
        self._started.refuse("given up")

    def restart(self) -> None:
        """Put a new worker in the place of this one; then `listen` and `start` again."""
        self._script = self._script.another()
        if self.given_up:
            self._started, self.given_up = Gate(), None
        for listener in self.at_start:
            listener()

    def listen(self, on_boot) -> None:
        """Have on_boot told how far the worker's start has come, as soon as there is a worker."""
        script = self._script
        script.listen(on_boot, lambda: self._outlive(script))

    async def read(self, name: str, *arguments):
        """A reading by one of the worker's functions; None if a newer question has overtaken it.

        One is asked at a time: of those that wait meanwhile, only the newest is asked at all.
        Raises WorkerError.
        """
        self._newest += 1
        number = self._newest
        await self._until_started()
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

    @property
    def has_time(self) -> bool:
        """Whether the worker is there and has nothing at all to do, no explanation either."""
        return self._worker is not None and not self._under_way

    def forget(self) -> None:
        """No reading that was asked for so far matters any more."""
        self._newest += 1

    async def call(self, name: str, *arguments):
        """What one of the worker's functions says; raises WorkerError."""
        await self._until_started()
        gate = Gate()
        self._under_way.append(gate)
        try:
            getattr(self._worker, name)(*arguments).then(gate.open, gate.refuse)
            return await gate.promise
        except Exception as error:
            raise self._failure(gate, str(error)) from None
        finally:
            self._silence = 0
            if gate in self._under_way:
                self._under_way.remove(gate)

    async def _until_started(self):
        while self._worker is None:
            try:
                await self._started.promise
            except Exception:
                raise self.given_up or WorkerError("worker") from None

    def _failure(self, gate, message):
        """What an error means: Python survives its own exceptions, but no others."""
        if gate not in self._under_way:
            return self._death
        js.console.info(message)
        if TRACEBACK in message and NO_MEMORY not in message:
            return WorkerError("crashed")
        self._die("memory" if NO_MEMORY in message else "died")
        return self._death

    def _tick(self):
        self._silence += 1
        if not self._under_way:
            self._silence = 0
        elif self._silence > ANSWER_SECONDS:
            self._die("slow", seconds=ANSWER_SECONDS)

    def _outlive(self, script):
        """A script's worker lives no more."""
        if script is self._script:  # else it was ended for another to take its place
            self._die("died")

    def _die(self, kind, **facts):
        self._death = WorkerError(kind, **facts)
        if self._worker is not None:
            self._worker, self._started = None, Gate()  # questions wait for the next one
            self.given_up = None
        under_way, self._under_way = self._under_way, []
        self.on_death(self._death)
        for gate in under_way:
            gate.refuse(kind)

"""Talk to the worker; no other module does."""

import js
from pyscript.ffi import create_proxy

from ui.browser.signal import Signal
from ui.worker.archives import Archives
from ui.worker.worker_error import WorkerError
from ui.worker.worker_script import WorkerScript

ANSWER_SECONDS = 30  # a reading takes milliseconds, the largest picture seconds
TICK_MS = 1000
TRACEBACK = "Traceback"  # in the message of an error that Python has survived
NO_MEMORY = "MemoryError"
DEADLY = ("slow", "died", "memory")  # kinds of failures after which another worker is started
STOPPED = "stopped"  # after which one is started, too: a person has ended the worker

_ignore = create_proxy(lambda _: None)


class Gate:
    """A promise that others await: `open` resolves it, `refuse` rejects it."""

    def __init__(self):
        functions = []
        self.promise = js.Promise.new(create_proxy(lambda *both: functions.extend(both)))
        self.open, self.refuse = functions
        functions.clear()  # the proxy outlives the gate, and would hold what it was opened with


class Bridge:
    """Calls the worker's functions; a call waits until the worker has started.

    died: emitted with a WorkerError when the worker can answer no more.
    restarted: emitted when a new worker takes its place, which knows nothing of earlier calls.
    cells_read: emitted with (done, count) while the worker reads a table.
    archives: of modules that the worker is sent when a call needs them.
    given_up: the WorkerError for which no worker will start, or None.
    """

    def __init__(self):
        self.died = Signal()
        self.restarted = Signal()
        self.cells_read = Signal()
        self.given_up = None
        self.archives = Archives(self)
        self._script = WorkerScript.of_page()
        self._worker = None
        self._started = Gate()
        self._calls = []  # gates of the calls that the worker has not answered
        self._silence = 0  # ticks since the last answer: a sleep of the machine counts as one
        self._reading = None  # gate of the reading under way
        self._newest = 0
        js.setInterval(create_proxy(self._tick), TICK_MS)

    # ---- The worker's life ----

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
        if script is self._script:  # else another worker has taken its place
            self._worker, self.given_up = worker, None
            self._started.open()

    def end(self) -> None:
        """End the worker, whatever it is doing."""
        self._script.end()

    def give_up(self, failure: WorkerError) -> None:
        """Refuse all calls, those that wait too, until a worker has started after all."""
        self.given_up = failure
        self._started.promise.catch(_ignore)  # else a rejection without a waiting call is reported
        self._started.refuse("given up")

    def restart(self) -> None:
        """Replace the worker by a new one; then call `listen` and `start` again."""
        self._script = self._script.replace()
        if self.given_up:
            self._started, self.given_up = Gate(), None
        self.restarted.emit()

    def listen(self, on_boot) -> None:
        """Call `on_boot(message)` for each message of boot.js about this worker's start."""
        script = self._script
        script.listen(on_boot, self._on_cells, lambda: self._on_end(script))

    # ---- Calls ----

    async def read(self, name: str, *arguments):
        """Return a reading by one of the worker's functions; None if a newer one was asked for.

        Readings are asked for one at a time; of those that wait, only the newest is asked for.
        Raises WorkerError.
        """
        self._newest += 1
        number = self._newest
        await self._until_started()
        while self._reading and number == self._newest:
            await self._reading.promise
        if number != self._newest:
            return None
        self._reading = Gate()
        try:
            reading = await self.call(name, *arguments)
        except WorkerError:
            if number == self._newest:
                raise
            return None
        finally:
            gate, self._reading = self._reading, None
            gate.open()
        return reading if number == self._newest else None

    def stop(self) -> None:
        """End whatever the worker is doing; another worker takes its place."""
        if self._calls:
            self._die(STOPPED)

    def cancel_readings(self) -> None:
        """Have every `read` under way return None."""
        self._newest += 1

    @property
    def has_started(self) -> bool:
        """Whether there is a worker that can read."""
        return self._worker is not None

    @property
    def is_reading(self) -> bool:
        """Whether a reading is under way."""
        return self._reading is not None

    @property
    def is_idle(self) -> bool:
        """Whether the worker has started and has no call to answer."""
        return self._worker is not None and not self._calls

    async def call(self, name: str, *arguments):
        """Return the result of one of the worker's functions; raises WorkerError.

        Where modules for it have not been fetched yet, they are, and the call is made again.
        """
        result = await self._call(name, *arguments)
        while hasattr(result, "missing"):
            missing = str(result.missing)
            if self.archives.has(missing):  # and it did not help
                raise WorkerError("crashed")
            await self.archives.send(missing)
            result = await self._call(name, *arguments)
        return result

    async def _call(self, name, *arguments):
        await self._until_started()
        gate = Gate()
        self._calls.append(gate)
        try:
            getattr(self._worker, name)(*arguments).then(gate.open, gate.refuse)
            return await gate.promise
        except Exception as error:
            raise self._failure(gate, str(error)) from None
        finally:
            self._silence = 0
            if gate in self._calls:
                self._calls.remove(gate)

    async def _until_started(self):
        while self._worker is None:
            try:
                await self._started.promise
            except Exception:
                raise self.given_up or WorkerError("worker") from None

    # ---- Failures ----

    def _failure(self, gate, message):
        """Return the WorkerError for a rejected call; only Python's own errors are survived."""
        if gate not in self._calls:
            return self._death
        js.console.info(message)
        if TRACEBACK in message and NO_MEMORY not in message:
            return WorkerError("crashed")
        self._die("memory" if NO_MEMORY in message else "died")
        return self._death

    def _tick(self):
        self._silence += 1
        if not self._calls:
            self._silence = 0
        elif self._silence > ANSWER_SECONDS:
            self._die("slow", seconds=ANSWER_SECONDS)

    def _on_cells(self, done, count):
        self._silence = 0  # a large page may take longer than ANSWER_SECONDS
        self.cells_read.emit(done, count)

    def _on_end(self, script):
        if script is self._script:  # else it was ended for another to take its place
            self._die("died")

    def _die(self, kind, **facts):
        self._death = WorkerError(kind, **facts)
        if self._worker is not None:
            self._worker, self._started = None, Gate()  # calls wait for the next worker
            self.given_up = None
        calls, self._calls = self._calls, []
        self.died.emit(self._death)
        for gate in calls:
            gate.refuse(kind)

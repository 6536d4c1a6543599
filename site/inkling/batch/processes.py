"""Call a function for each of many items in several processes; results come in the items' order.

Items are sent in groups: sending one takes about a tenth of the time of reading a small picture.
How long a group takes decides how large the next ones are. Each process has one thread for linear
algebra: more of them would only wait for each other.

The function is handed over in shared memory. Through the pipe, a network would fill it until the
new process has imported numpy. The next process could not start meanwhile.
"""

import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from multiprocessing.shared_memory import SharedMemory

AHEAD = 4  # groups for each process that are taken before their turn
SECONDS = 0.1  # that a group should take: sending it is little beside, and no process idles long
LARGEST = 64  # items of a group
HEAVIEST = 16_000_000  # bytes of a group's items, as all that are taken ahead are in memory
# What the libraries that numpy may be built with ask for their number of threads.
THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
DIED = "The process that read the picture died, perhaps for want of memory; choose a smaller one."

_function: Callable[[Any], Any]  # of a process of the pool
_stopped: Any  # its event: no more results are wanted


def in_order(
    function: Callable[[Any], Any], items: Iterable[Any], jobs: int
) -> Iterator[tuple[Any, Any]]:
    """Yield each item with what the function returns for it, in order.

    function: can be pickled, which is done once for each process, and raises nothing. Where its
    process dies, the result is a ChildProcessError, and a new process reads on.
    items: can be pickled; they are taken as they are needed. jobs: processes; with 1 there is only
    this one. Raises ValueError.
    """
    if jobs < 1:
        raise ValueError(f"{jobs} jobs cannot read; give 1 or more.")
    if jobs == 1:
        return ((item, function(item)) for item in items)
    return _by_processes(function, items, jobs)


def _by_processes(
    function: Callable[[Any], Any], items: Iterable[Any], jobs: int
) -> Iterator[tuple[Any, Any]]:
    workers = _Workers(function, jobs)
    waiting: deque[tuple[list[Any], Future[Any]]] = deque()
    try:
        for group in _groups(items, workers):
            waiting.append((group, workers.submit(group)))
            if len(waiting) >= AHEAD * jobs:
                yield from workers.results(*waiting.popleft())
        while waiting:
            yield from workers.results(*waiting.popleft())
    finally:  # also when no more is wanted
        workers.stop()


class _Workers:
    """A pool of processes that is replaced when one of them dies."""

    def __init__(self, function: Callable[[Any], Any], jobs: int) -> None:
        self.size = 1  # items of the next group
        self._jobs = jobs
        self._memory, self._size = _shared(function)
        # A fork would copy locks that other threads hold.
        self._context = multiprocessing.get_context("spawn")
        self._stopped = self._context.Event()
        self._start()

    def submit(self, group: list[Any]) -> Future[Any]:
        """Let a process read a group."""
        with _quiet_start():  # this may start a process
            try:
                return self._pool.submit(_read_group, group)
            except BrokenExecutor:
                self._start()
                return self._pool.submit(_read_group, group)

    def results(self, group: list[Any], future: Future[Any]) -> Iterator[tuple[Any, Any]]:
        """Yield a group's items and results. If its process died, each is tried alone."""
        try:
            results, seconds = future.result()
        except BrokenExecutor:
            yield from ((item, self._alone(item)) for item in group)
            return
        fitting = round(SECONDS * len(group) / max(seconds, 1e-9))
        self.size = max(1, min(fitting, 2 * self.size, LARGEST))
        yield from zip(group, results, strict=True)

    def stop(self) -> None:
        """Let the processes end after the item that each is reading."""
        self._stopped.set()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._memory.close()
        self._memory.unlink()

    def _start(self) -> None:
        orders = self._memory.name, self._size, self._stopped
        self._pool = ProcessPoolExecutor(self._jobs, self._context, _begin, orders)

    def _alone(self, item: Any) -> Any:
        """Return the result of an item, or an error if its process dies of it.

        Raises BrokenExecutor if processes die without any item, too.
        """
        try:
            return self.submit([item]).result()[0][0]
        except BrokenExecutor:
            self.submit([]).result()
            return ChildProcessError(DIED)


def _groups(items: Iterable[Any], workers: _Workers) -> Iterator[list[Any]]:
    """Yield the items in groups of the size that the workers ask for."""
    group: list[Any] = []
    weight = 0
    for item in items:
        group.append(item)
        weight += _bytes(item)
        if len(group) >= workers.size or weight >= HEAVIEST:
            yield group
            group, weight = [], 0
    if group:
        yield group


def _bytes(item: Any) -> int:
    """Return about how much memory an item takes; a path takes hardly any."""
    if isinstance(item, tuple):
        return sum(map(_bytes, item))
    if isinstance(item, bytes):
        return len(item)
    width, height = getattr(item, "width", 0), getattr(item, "height", 0)  # of a PIL image
    return int(getattr(item, "nbytes", 4 * width * height))


def _begin(name: str, size: int, stopped: Any) -> None:
    """Make a process ready: what it needs is there, and it ends with the first process.

    name, size: of the shared memory with the pickled function. stopped: an event.
    """
    global _function, _stopped
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process decides when to stop
    _function, _stopped = _from_memory(name, size), stopped
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _shared(value: Any) -> "tuple[SharedMemory, int]":
    """Return shared memory that holds a pickled value, and how many of its bytes are used."""
    from multiprocessing.shared_memory import SharedMemory  # here, as one process does without

    pickled = pickle.dumps(value)
    memory = SharedMemory(create=True, size=len(pickled))
    cast(memoryview, memory.buf)[: len(pickled)] = pickled
    return memory, len(pickled)


def _from_memory(name: str, size: int) -> Any:
    """Return the value that shared memory of another process holds."""
    from multiprocessing.shared_memory import SharedMemory  # as above

    memory = SharedMemory(name)
    value = pickle.loads(bytes(cast(memoryview, memory.buf)[:size]))
    memory.close()
    return value


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)  # it was killed, and said goodbye to none


def _read_group(group: list[Any]) -> tuple[list[Any], float]:
    """Return a group's results and the seconds that they took; fewer once none are wanted."""
    start = time.perf_counter()
    results = []
    for item in group:
        if _stopped.is_set():
            break
        results.append(_function(item))
    return results, time.perf_counter() - start


@contextmanager
def _quiet_start() -> Iterator[None]:
    """Let processes that start here have one thread each, and hear of no Ctrl-C while they do."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    mask = getattr(signal, "pthread_sigmask", None)  # Windows has none
    blocked = mask(signal.SIG_BLOCK, {signal.SIGINT}) if mask else set()
    try:
        yield
    finally:
        if mask:
            mask(signal.SIG_SETMASK, blocked)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

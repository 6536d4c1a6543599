"""Read possibly harmful files in a watched process with little memory."""

import multiprocessing
import re
import resource
import time
import traceback
from pathlib import Path
from typing import NamedTuple

from tests.fuzz import cases, dense, extremes

MEMORY = 1_500_000_000  # bytes of address space
COMPUTING = 5.0  # seconds of the processor for one file
SILENCE = 120  # seconds without an outcome, long enough for a busy machine
HARM = "HARM: "


class Outcome(NamedTuple):
    """What happened to one file."""

    number: int
    name: str
    said: str  # "read", the refusal, or HARM and its kind
    seconds: float  # of computing
    peak: int = 0  # bytes of memory of the process so far


def outcomes(kind: str, numbers: range, seed: int):
    """The Outcome of each file of a kind ("pictures", "models", "dense", "extremes"), in order.

    If the process dies or falls silent, the file is to blame, and a new process takes the next.
    """
    start = numbers.start
    while start < numbers.stop:
        for outcome in _watched(kind, range(start, numbers.stop), seed):
            yield outcome
            start = outcome.number + 1


def _watched(kind: str, numbers: range, seed: int):
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(theirs, kind, numbers, seed))
    process.start()
    theirs.close()
    number = numbers.start
    try:
        while number < numbers.stop:
            if not ours.poll(SILENCE):
                raise TimeoutError
            yield (outcome := ours.recv())
            number = outcome.number + 1
    except (EOFError, TimeoutError) as end:
        process.kill()
        process.join()
        silent = isinstance(end, TimeoutError)
        said = f"no end after {SILENCE} s" if silent else f"the process died ({process.exitcode})"
        yield Outcome(number, str(number), HARM + said, 0.0)
    finally:
        process.kill()
        process.join()


def work(pipe, kind: str, numbers: range, seed: int) -> None:
    """Read the files in the watched process, and send the Outcome of each."""
    from inkling import Reader

    reader = Reader.load(cases.TRAINED)
    whole = extremes.extremes() if kind == "extremes" else []
    for number in numbers:
        if kind == "models":
            name, file, take = str(number), cases.model(number, seed), cases.load_model
        elif kind == "dense":
            name, file, take = dense.name(number), dense.picture(number, seed), cases.reads(reader)
        else:
            name, make = whole[number] if whole else (str(number), None)
            file = make() if make else cases.picture(number, seed)
            take = cases.reads(reader)
        pipe.send(Outcome(number, name, *tried(take, file)))


def tried(take, file: bytes) -> tuple[str, float, int]:
    """Read a file within the allowed memory; returns what is said, seconds and peak bytes."""
    before = time.process_time()
    _, ceiling = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, ceiling))
    try:
        said = take(file)
    except BaseException:
        said = HARM + traceback.format_exc()
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))
    seconds = time.process_time() - before
    if seconds > COMPUTING:
        said = f"{HARM}{seconds:.1f} s of computing"
    return said, seconds, peak_memory()


def peak_memory() -> int:
    """Return the most memory, in bytes, that this process has held since it started its program.

    Linux's ru_maxrss also counts the process that started it, so /proc is asked where there is one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return 1024 * int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1])
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

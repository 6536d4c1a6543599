"""Read many pictures with Reader.read_digit in several processes.

A sample carries its picture as a function without arguments, so that the workers draw it too.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from inkling import Digit, Reader, Reading
from inkling.network.model import Network
from inkling.results import REJECT
from training.evaluation.metrics import Answers

WORKERS = 2  # processes
CHUNK = 8  # pictures sent at a time
# One thread each: processes that all use every core wait for each other.
THREADS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

_reader: Reader  # of this process


class Sample(NamedTuple):
    """A labelled picture."""

    label: int  # the digit, or REJECT
    writer: str | None  # None if unknown
    picture: Callable[[], Any]  # returns what Reader.read_digit takes; can be pickled


@contextmanager
def readers(model: Path, workers: int = WORKERS) -> Iterator[Pool]:
    """Start processes that have loaded the network in an .npz, for as long as the context lasts.

    Raises ModelError.
    """
    # First in this process: a pool would restart workers that fail to load it for ever.
    load_reader(model)
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(THREADS)
    try:
        pool = multiprocessing.get_context("spawn").Pool(workers, load_reader, (model,))
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
    with pool:
        yield pool


def load_reader(model: Path) -> None:
    """Load the network that this process reads with. Raises ModelError."""
    global _reader
    _reader = Reader.load(model)


def network() -> Network:
    """Return the network that this process has loaded."""
    return _reader.network


def read_digit(picture) -> Digit:
    """Read a picture of one digit with this process's network."""
    return _reader.read_digit(picture)


def read_number(picture) -> Reading:
    """Read a picture of a number with this process's network."""
    return _reader.read(picture)


def read_all(pool: Pool, samples: Iterable[Sample]) -> Answers:
    """Read the samples, at least one, as single digits."""
    rows = zip(*pool.imap(_read_sample, samples, CHUNK), strict=True)
    truth, label, likeliest, confidence, glyphs, reasons, writers = rows
    numbers = (np.array(column) for column in (truth, label, likeliest, confidence))
    return Answers(*numbers, np.stack(glyphs), reasons, writers)


def _read_sample(sample: Sample) -> tuple:
    digit = read_digit(sample.picture())
    given = REJECT if digit.label is None else digit.label
    likeliest = REJECT if digit.box is None else int(digit.probabilities.argmax())
    glyph = np.rint(digit.glyph * 255).astype(np.uint8)
    return sample.label, given, likeliest, digit.confidence, glyph, digit.reason, sample.writer

"""Many pictures through Reader.read_digit, several at a time.

A picture travels to the process that reads it as a recipe, a function without arguments, so that
drawing it is shared out too.
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
from inkling.network import Network
from training.measures import NO_DIGIT, Answers

WORKERS = 2
CHUNK = 8  # pictures sent at a time
# One thread each: two processes that both use every core only wait for each other.
THREADS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

_reader: Reader  # of this process


class Sample(NamedTuple):
    """label: the digit, or NO_DIGIT. writer: who wrote it, or None. picture: returns anything that
    Reader.read_digit takes; it can be pickled."""

    label: int
    writer: str | None
    picture: Callable[[], Any]


@contextmanager
def readers(model: Path, workers: int = WORKERS) -> Iterator[Pool]:
    """Processes that have loaded the network in an .npz, as long as the context lasts."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(THREADS)
    try:
        pool = multiprocessing.get_context("spawn").Pool(workers, load, (model,))
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
    with pool:
        yield pool


def load(model: Path) -> None:
    """Make this process ready to read. Raises ModelError."""
    global _reader
    _reader = Reader.load(model)


def network() -> Network:
    """The network that this process has loaded."""
    return _reader.network


def read(picture) -> Digit:
    """Reader.read_digit of the network that this process has loaded."""
    return _reader.read_digit(picture)


def read_number(picture) -> Reading:
    """Reader.read of the network that this process has loaded."""
    return _reader.read(picture)


def answers(pool: Pool, samples: Iterable[Sample]) -> Answers:
    """Read all samples; at least one is needed."""
    rows = zip(*pool.imap(_answer, samples, CHUNK), strict=True)
    truth, label, likeliest, confidence, glyphs, reasons, writers = rows
    numbers = (np.array(column) for column in (truth, label, likeliest, confidence))
    return Answers(*numbers, np.stack(glyphs), reasons, writers)


def _answer(sample: Sample) -> tuple:
    digit = read(sample.picture())
    given = NO_DIGIT if digit.label is None else digit.label
    likeliest = NO_DIGIT if digit.box is None else int(digit.probabilities.argmax())
    glyph = np.rint(digit.glyph * 255).astype(np.uint8)
    return sample.label, given, likeliest, digit.confidence, glyph, digit.reason, sample.writer

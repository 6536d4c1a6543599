"""Read many pictures in order, in several processes if asked to; an error is a result."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from .batch.processes import in_order
from .reader import Reader
from .results import Reading

NOTHING = np.zeros((0, 0), np.float32)  # in place of maps that need not be kept


def read_many(
    reader: Reader, images: Iterable[Any], jobs: int = 1, maps: bool = True
) -> Iterator[Reading | Exception]:
    """Yield what Reader.read gives for each image, in order, or the error that it raises.

    Images are taken as they are needed, so there may be more than memory holds. A process that
    dies of a picture gives a ChildProcessError, and another reads on. With more than one job, a
    script must guard its start by `if __name__ == "__main__":`, as Python's processes demand.
    maps: keep the readings' `light` and `ink`, which are megabytes; else they are empty.
    Raises ValueError.
    """
    wanted = images if jobs == 1 else map(_portable, images)
    return (result for _, result in in_order(_Attempt(reader, maps), wanted, jobs))


class _Attempt:
    """Reads one image; what it raises is the result."""

    def __init__(self, reader: Reader, maps: bool) -> None:
        self._reader, self._maps = reader, maps

    def __call__(self, image: Any) -> Reading | Exception:
        try:
            if isinstance(image, Exception):
                raise image
            reading = self._reader.read(image)
        except Exception as error:
            return error
        return reading if self._maps else replace(reading, light=NOTHING, ink=NOTHING)


def _portable(image: Any) -> Any:
    """Return an image that can be sent to a process: an open file cannot, its content can."""
    try:
        if hasattr(image, "read"):
            return image.read()
        return bytes(image) if isinstance(image, memoryview) else image
    except OSError as error:
        return error

"""A picture's name -> its row: what was read, as the page's table has it, or why it was not."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from ..errors import ModelError
from ..network.model_file import letter_weights
from ..obstacles import find_obstacle
from ..output import failed_record, record, withheld
from ..reader import Reader
from ..results import Digit, Letter, Reading
from .paged_files import picture
from .sources import Source

NOTHING = np.zeros((0, 0), np.float32)  # maps that no row holds
_loading = Lock()  # threads of a process share one reader


class Row(dict[str, Any]):
    """A record with the keys of record_format.py; it may say that the picture could not be read."""

    failed = False


class RowReader:
    """Reads pictures by name. It raises nothing: what goes wrong is a row.

    single: every picture holds one digit, or one letter. least: a text less sure, 0 .. 1, is
    withheld. ink: "dark" or "light" against its paper; None decides it from each picture.
    """

    def __init__(
        self,
        reader: Reader,
        single: bool = False,
        least: float = 0.0,
        ink: str | None = None,
    ) -> None:
        self._reader, self._single, self._least = reader, single, least
        self._dark_ink = None if ink is None else ink == "dark"

    def __call__(self, source: Source) -> Row:
        """Return the row of a picture."""
        try:
            image = picture(source)
            reading = self._one(image) if self._single else self._number(image)
            obstacle = None if reading.text else self._obstacle(image)
        except Exception as error:  # a million pictures hold errors that no test foresaw
            return failed_row(source.name, error)
        return Row(withheld(record(source.name, reading, obstacle), self._least))

    def _one(self, image: Any) -> Reading:
        reader = self._reader
        if reader.reads_letters:
            digit: Letter | Digit = reader.read_letter(image)
        else:
            digit = reader.read_digit(image, self._dark_ink)
        confidence = digit.confidence if digit.label is not None else 0.0
        left_out = [] if isinstance(digit, Letter) else list(digit.left_out)
        reading = Reading([[digit]], NOTHING, NOTHING, confidence, digit.reason)
        return replace(reading, left_out=left_out)

    def _number(self, image: Any) -> Reading:
        return self._reader.read(image, dark_ink=self._dark_ink)

    def _obstacle(self, image: Any) -> str | None:
        """Return what is in the way of reading a refused picture."""
        letters = self._reader.reads_letters
        return find_obstacle(self._reader, image, not self._single, self._dark_ink, letters)


def failed_row(name: str, error: Exception) -> Row:
    """Return the row of a picture that was not read because of an error."""
    row = Row(failed_record(name, reason_of(error)))
    row.failed = True
    return row


def reason_of(error: Exception) -> str:
    """Return one sentence on why there is no reading."""
    if isinstance(error, IsADirectoryError):
        return "The folder holds no picture; name one that does."
    if isinstance(error, MemoryError):
        return "The file needs more memory than there is; choose a smaller one."
    if isinstance(error, ChildProcessError):
        return str(error)
    if isinstance(error, OSError):
        return f"The file cannot be opened ({error.strerror or error}); check its name."
    if isinstance(error, (ValueError, ImportError)):
        return str(error)
    return f"The picture cannot be read ({type(error).__name__}: {error}); please report it."


def read_files(
    names: Iterable[str],
    *,
    model: str | None = None,
    letters: bool = False,
    single: bool = False,
    least: float = 0.0,
    ink: str | None = None,
) -> list[Row]:
    """Return one record for each name of a picture, in order, for engines that spread a table.

    names: paths or addresses that fsspec opens. Of a PDF or TIFF, scan.pdf#2 is the second page;
    its name alone is the first. model: path of other weights. letters: read letters, not digits.
    The weights are loaded once in each process. single, least, ink: as RowReader has them. Raises
    ModelError.
    """
    read: Callable[[Source], Row] = RowReader(_reader(model, letters), single, least, ink)
    return [read(Source(str(name))) for name in names]


def _reader(model: str | None, letters: bool) -> Reader:
    with _loading:
        return _loaded(model, letters)


@cache
def _loaded(model: str | None, letters: bool) -> Reader:
    if model is not None and not Path(model).is_file():
        raise ModelError(f"{Path(model).name} is not on this machine; copy it to {model}.")
    return Reader.load(model or (letter_weights() if letters else None))

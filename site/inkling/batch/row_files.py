"""Tables of readings in a file, as CSV or JSON lines, that a later run can continue.

Each row is handed to the operating system as soon as it is whole. A run that was killed leaves at
most one row in part; the next run cuts that off.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from ..output import COLUMNS, cells
from ..record_format import csv_text
from .sources import INPUT

OTHER = "{path} holds something else than readings; choose another file, or leave out --resume."


class TableError(ValueError):
    """A table that cannot be used; the message states the fact, then the remedy."""


class Table:
    """A file of readings, open to be added to; `with` closes it.

    resume: keep the rows that are there. Raises OSError, TableError.
    """

    def __init__(self, path: Path, resume: bool = False) -> None:
        self._path = path
        self._read: set[str] = set()  # names, in the form that the file has them
        keep = self._whole_rows() if resume and path.exists() else 0
        how: dict[str, Any] = {"newline": "", "encoding": "utf-8", "errors": "backslashreplace"}
        self._file: IO[str] = path.open("r+" if keep else "w", buffering=1, **how)
        if keep:
            self._file.truncate(keep)
            self._file.seek(keep)
        else:
            self._begin()

    def __contains__(self, name: str) -> bool:
        return name != INPUT and self._written(name) in self._read

    def __enter__(self) -> "Table":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, row: dict[str, Any]) -> None:
        """Add a row, unless there is one for this file already. Raises OSError."""
        if row["file"] not in self:
            self._add(row)

    def _whole_rows(self) -> int:
        """Note the names in the file, and return how many of its bytes are whole rows."""
        with self._path.open("rb") as file:
            lines = _Lines(file)
            whole = 0
            for name in self._names(lines):
                if not lines.ended:
                    break
                whole = lines.passed
                self._read.add(name)
        return whole

    # Abstract: JsonLines and the CSV table each have their own.

    def _names(self, lines: "_Lines") -> Iterator[str]:
        raise NotImplementedError

    def _written(self, name: str) -> str:
        raise NotImplementedError

    def _begin(self) -> None:
        """Write what comes before the first row."""

    def _add(self, row: dict[str, Any]) -> None:
        raise NotImplementedError


class JsonLines(Table):
    """One JSON object a line, with the keys of record_format.py."""

    def _names(self, lines: "_Lines") -> Iterator[str]:
        for line in lines:
            if not line.endswith("\n"):
                return
            try:
                yield str(json.loads(line)["file"])
            except (ValueError, KeyError, TypeError):
                raise TableError(OTHER.format(path=self._path)) from None

    def _written(self, name: str) -> str:
        return name

    def _add(self, row: dict[str, Any]) -> None:
        self._file.write(json.dumps(row) + "\n")


class Csv(Table):
    """A header and one row for each file, with the columns of `output.COLUMNS`."""

    def _names(self, lines: "_Lines") -> Iterator[str]:
        rows = csv.reader(lines, strict=True)
        header = next(rows, list(COLUMNS))
        if not lines.ended and ",".join(COLUMNS).startswith(",".join(header)):
            return  # it was cut off
        if header != list(COLUMNS):
            raise TableError(OTHER.format(path=self._path))
        yield ""  # the header, which is no file's
        try:
            for row in rows:
                yield row[0] if row else ""
        except csv.Error:  # a row that ends within quotes
            return

    def _written(self, name: str) -> str:
        cell = str(cells(dict.fromkeys(COLUMNS) | {"file": name})[0])
        return cell.encode("utf-8", "backslashreplace").decode()

    def _begin(self) -> None:
        self._add_cells(list(COLUMNS))

    def _add(self, row: dict[str, Any]) -> None:
        self._add_cells(cells(row))

    def _add_cells(self, row: list[Any]) -> None:
        self._file.write(csv_text([row], newline="\r\n"))


class _Lines:
    """The lines of a file, and how many bytes of it have been passed."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.passed, self.ended = file, 0, True

    def __iter__(self) -> Iterator[str]:
        for line in self._file:
            self.passed += len(line)
            self.ended = line.endswith(b"\n")
            yield line.decode("utf-8", "backslashreplace")

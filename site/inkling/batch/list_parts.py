"""A long list of pictures in parts: the rows of each are one file, written whole or not at all.

A folder of parts holds `_plan.json`: which list it belongs to, and how that list was cut. Beside
it lie `part-00000.jsonl` (or `.parquet`) and so on. A part whose file is there is done. The folder
may be an address.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from .sources import is_address

PLAN = "_plan.json"  # engines that read a folder as a table pass over such names
SIZE = 500  # pictures of a part: seconds of work, so that little is lost with a worker


class PartError(ValueError):
    """A run in parts that cannot go on; the message states the fact, then the remedy."""


class Parts:
    """The parts of a list of names, and the folder that their rows are written to.

    settings: whatever else the rows depend on; a folder of other settings is not continued.
    suffix: of the parts' files. resume: the folder may hold parts already. Raises PartError and
    OSError.
    """

    def __init__(
        self,
        folder: str,
        names: Sequence[str],
        settings: dict[str, Any],
        size: int = SIZE,
        resume: bool = False,
        suffix: str = "jsonl",
    ) -> None:
        self._names, self._size, self._suffix = names, size, suffix
        self._folder = _opened(folder)
        names_hash = hashlib.sha256("\0".join(names).encode("utf-8", "surrogateescape"))
        plan = {"pictures": len(names), "part": size, "names": names_hash.hexdigest()} | settings
        if suffix != "jsonl":  # plans of JSON lines are older than other formats
            plan["suffix"] = suffix
        there = self._folder.listed()
        if PLAN in there and not resume:
            raise PartError(f"{folder} holds readings already; give --resume, or another folder.")
        if PLAN in there and json.loads(self._folder.read(PLAN)) != plan:
            raise PartError(
                f"{folder} holds readings of another list or with other options; choose another."
            )
        if PLAN not in there:
            self._folder.write(PLAN, json.dumps(plan, indent=2).encode())
        self._there = there

    def missing(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Yield the number and the names of each part that is not there yet."""
        for number, start in enumerate(range(0, len(self._names), self._size)):
            if self._name(number) not in self._there:
                yield number, self._names[start : start + self._size]

    def write(self, number: int, content: bytes) -> None:
        """Write the file of a part. Raises OSError."""
        self._folder.write(self._name(number), content)

    def _name(self, number: int) -> str:
        return f"part-{number:05}.{self._suffix}"


class _Folder(Protocol):
    def listed(self) -> set[str]:
        """Return the names of its files."""

    def read(self, name: str) -> bytes:
        """Return what a file holds."""

    def write(self, name: str, content: bytes) -> None:
        """Write a file, whole or not at all."""


def _opened(folder: str) -> _Folder:
    return _Remote(folder) if is_address(folder) else _Local(Path(folder))


class _Local:
    """A folder on a disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.mkdir(parents=True, exist_ok=True)

    def listed(self) -> set[str]:
        return {path.name for path in self._path.iterdir()}

    def read(self, name: str) -> bytes:
        return (self._path / name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        unfinished = self._path / f".{name}.{os.getpid()}"
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # else a power cut could leave the name without the content
        unfinished.replace(self._path / name)


class _Remote:
    """A folder at an address; stores such as S3 show a file only once it is whole."""

    def __init__(self, address: str) -> None:
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]  # here, as few need it

        self._files, self._path = url_to_fs(address)
        self._files.makedirs(self._path, exist_ok=True)

    def listed(self) -> set[str]:
        paths = self._files.ls(self._path, detail=False)
        return {path.rstrip("/").rsplit("/", 1)[-1] for path in paths}

    def read(self, name: str) -> bytes:
        return bytes(self._files.cat_file(f"{self._path}/{name}"))

    def write(self, name: str, content: bytes) -> None:
        self._files.pipe_file(f"{self._path}/{name}", content)

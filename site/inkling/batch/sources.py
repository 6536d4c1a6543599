"""What the command line is given -> the names of pictures, and a name -> the picture's content.

A name is a path or an address that fsspec opens, such as s3://bucket/7.png. A name that ends in
.txt stands for the names that the file lists, one a line.
"""

import glob
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

PAGED = (".tif", ".tiff", ".pdf")  # of files that may have several pages
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", *PAGED)  # of the pictures in a folder
INPUT = "-"  # standard input
LIST = ".txt"
NO_FSSPEC = "Addresses such as {name} need fsspec; run `pip install inkling-reader[dask]`."


class ListError(ValueError):
    """A list of pictures that cannot be used; the message states the fact, then the remedy."""


class Source(NamedTuple):
    """A picture by its name, and its content where the name cannot be opened."""

    name: str
    content: bytes | None = None


def sources(names: Iterable[str], recursive: bool = False) -> Iterator[Source]:
    """Yield every picture that the names stand for, in order.

    A folder stands for the pictures in it, and a pattern (`*`, `?`, `[`) for the files that it
    fits. One that holds none stands for itself. Raises ListError.
    """
    for name in names:
        if name == INPUT:
            yield Source(name, sys.stdin.buffer.read() if sys.stdin else b"")
        elif is_address(name):
            yield Source(name)
        elif Path(name).suffix.lower() == LIST:
            yield from listed(name)
        else:
            yield from map(Source, _files(name, recursive))


def listed(name: str) -> Iterator[Source]:
    """Yield the pictures that a text file names, one a line; "-" is standard input.

    Raises ListError.
    """
    if name == INPUT:
        yield from _lines(sys.stdin or ())
        return
    try:
        with Path(name).open(encoding="utf-8", errors="surrogateescape") as file:
            yield from _lines(file)
    except OSError as error:
        problem = f"The list {name} cannot be opened ({error.strerror or error}); check its name."
        raise ListError(problem) from None


def is_address(name: str) -> bool:
    """Return whether a name is not a path but an address, as s3://bucket/7.png is."""
    return "://" in name


def content(source: Source) -> bytes | Path:
    """Return a picture in a form that Reader takes. Raises OSError, ImportError and whatever the
    library raises that opens the address."""
    if source.content is not None:
        return source.content
    if not is_address(source.name):
        return Path(source.name)
    try:
        import fsspec  # type: ignore[import-untyped]  # here, as few need it
    except ImportError:
        raise ImportError(NO_FSSPEC.format(name=source.name)) from None
    with fsspec.open(source.name, "rb") as file:
        return cast(BinaryIO, file).read()


def _lines(lines: Iterable[str]) -> Iterator[Source]:
    for line in lines:
        if name := line.rstrip("\r\n"):  # an empty line names nothing
            yield Source(name)


def _files(name: str, recursive: bool) -> list[str]:
    path = Path(name)
    if _is_folder(path):
        return list(map(str, _pictures_in(path, recursive))) or [name]
    if glob.has_magic(name) and not _exists(path):
        # Path.glob takes no absolute pattern.
        return sorted(glob.glob(name, recursive=True)) or [name]  # noqa: PTH207
    return [name]


def _pictures_in(folder: Path, recursive: bool) -> list[Path]:
    try:
        files = sorted(folder.rglob("*") if recursive else folder.iterdir())
    except OSError:
        return []
    return [file for file in files if file.suffix.lower() in SUFFIXES and not _is_folder(file)]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # reading it will say why
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return True

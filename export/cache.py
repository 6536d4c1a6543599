"""Where downloads are kept between runs, outside the tree, and how their bytes are checked."""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DAY_SECONDS = 24 * 60 * 60


def cache_folder() -> Path:
    """`$INKLING_CACHE`, else the folder that the XDG convention gives to caches."""
    if chosen := os.environ.get("INKLING_CACHE"):
        return Path(chosen).expanduser().absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "inkling"


def sha256_of(path: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def holds(path: Path, sha256: str) -> bool:
    """Whether `path` is there and is exactly the file meant."""
    return path.is_file() and sha256_of(path) == sha256


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that an interruption leaves either the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".half")
    half.write_bytes(content)
    half.replace(path)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder inside the cache that vanishes afterwards: files move out of it by renaming."""
    cache_folder().mkdir(parents=True, exist_ok=True)
    for left in cache_folder().glob("scratch-*"):  # by a run that was killed
        if time.time() - left.stat().st_mtime > DAY_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="scratch-", dir=cache_folder()) as folder:
        yield Path(folder)

"""Import modules that the page has fetched on first use, out of the archive as it lies.

A module of its own, though short: the worker's functions are named in one list, and state is here.
"""

import functools
import importlib
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from worker import wheel_imports

FOLDER = Path("/lib/wheels")  # in Pyodide's file system
ARCHIVES = {"PIL": "pillow", "inkling": "later", "worker": "later"}  # by the package


def says_what_is_missing(function: Callable) -> Callable:
    """Let a function return {"missing": archive} where it imports what has not been fetched.

    The page then sends that archive, see `keep`, and calls again.
    """

    @functools.wraps(function)
    def call(*arguments):
        try:
            return function(*arguments)
        except ImportError as error:
            package = (error.name or "").partition(".")[0]
            if package not in ARCHIVES:
                raise
            return {"missing": ARCHIVES[package]}

    return call


def keep(packed: bytes, name: str, folder: Path = FOLDER) -> None:
    """Import from an archive, given as its bytes: new packages, and modules of old ones."""
    archive = folder / f"{name}.zip"
    archive.write_bytes(packed)
    if str(archive) not in sys.path:
        sys.path.append(str(archive))
        wheel_imports.find_extensions([str(archive)])
    with zipfile.ZipFile(archive) as opened:
        names = [PurePosixPath(name) for name in opened.namelist()]
    folders = {folder for name in names for folder in name.parents if folder.name}
    for folder in folders:
        package = sys.modules.get(".".join(folder.parts))
        path = f"{archive}/{folder}"
        if package is not None and path not in package.__path__:
            package.__path__.append(path)


def function(module: str, name: str):
    """Return a function that a module of worker/learn/ exports. Raises AttributeError."""
    found = importlib.import_module(f"worker.learn.{module}")
    if name not in found.__export__:
        raise AttributeError(f"worker.learn.{module} does not export {name!r}")
    return getattr(found, name)

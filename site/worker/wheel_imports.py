"""Import from packed wheels, so that Python unpacks only the modules that are imported.

Python finds .py modules by itself: a wheel on sys.path is a zip archive (PEP 273). An extension
module has to be a file before it can be loaded. It is written to one at its first import.
"""

import sys
import zipfile
from collections.abc import Iterable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path

FOLDER = Path("/lib/extensions")  # of Pyodide's file system


class Extensions(MetaPathFinder):
    """Find extension modules in wheels, and write each to a folder when it is imported."""

    def __init__(self, wheels: Iterable[str], folder: Path):
        self._folder = folder
        self._homes = {}
        for wheel in wheels:
            with zipfile.ZipFile(wheel) as archive:
                self._homes |= {entry: wheel for entry in archive.namelist() if _is_compiled(entry)}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: object = None
    ) -> ModuleSpec | None:
        """Return the spec of an extension module of one of the wheels, else None."""
        for suffix in EXTENSION_SUFFIXES:
            entry = fullname.replace(".", "/") + suffix
            if entry in self._homes:
                return spec_from_file_location(fullname, self._written(entry))
        return None

    def _written(self, entry: str) -> Path:
        place = self._folder / entry
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            with zipfile.ZipFile(self._homes[entry]) as archive:
                place.write_bytes(archive.read(entry))
        return place


def find_extensions(wheels: Iterable[str], folder: Path = FOLDER) -> None:
    """Let Python import the extension modules of these wheels, too."""
    sys.meta_path.append(Extensions(wheels, folder))


def _is_compiled(entry: str) -> bool:
    return entry.endswith(tuple(EXTENSION_SUFFIXES))

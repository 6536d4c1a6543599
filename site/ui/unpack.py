"""Lays out the modules that `make site` has packed into one file (see export/bundles.py)."""

import json

PACKED = "ui/packed.json"

# MicroPython has no pathlib.
with open(PACKED) as packed:  # noqa: PTH123
    for name, source in json.load(packed).items():
        with open("ui/" + name, "w") as module:  # noqa: PTH123
            module.write(source)

"""Alter model files: the zip, its entries, or the numbers of its description."""

import io
import json
import random
import re
import zipfile
from pathlib import Path

import numpy as np

from tests.fuzz.mutate import ALTERATIONS, HUGE, TELLING

TRAINED = Path(__file__).parents[2] / "site" / "model" / "digits.npz"
ODD = ("null", "-1", "0.5", "1e999", "NaN", '"x"', "[]", "{}", "[[[]]]", "true")


def alter_model(whole: bytes, generator: random.Random) -> bytes:
    """Alter the zip's bytes, or one of its entries, which is packed again with a right checksum.

    In three of ten files a value of the description is altered.
    """
    kind = generator.random()
    if kind < 0.3:
        return generator.choice(ALTERATIONS)(whole, generator)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    if kind < 0.6:
        entries["architecture.npy"] = _alter_description(entries["architecture.npy"], generator)
    else:
        name = generator.choice(sorted(entries))
        entries[name] = generator.choice(ALTERATIONS)(entries[name], generator)
    return _pack(entries, generator)


def _alter_description(entry: bytes, generator: random.Random) -> bytes:
    text = str(np.load(io.BytesIO(entry)))
    values = [*re.finditer(r'"[^"]*"|-?\d+(\.\d+)?', text)]
    place = generator.choice(values)
    number = str(generator.choice(TELLING + HUGE))
    new = generator.choice((*ODD, number, number, json.dumps(generator.choice(values).group())))
    file = io.BytesIO()
    np.save(file, np.array(text[: place.start()] + new + text[place.end() :]))
    return file.getvalue()


def _pack(entries: dict[str, bytes], generator: random.Random) -> bytes:
    file = io.BytesIO()
    packing = generator.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()

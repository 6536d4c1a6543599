"""Model files altered inside and out."""

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


def altered_model(whole: bytes, chance: random.Random) -> bytes:
    """The zip altered as a file, or one of its entries altered and packed again, checksum mended.

    Every second one of the latter has its description altered, number by number.
    """
    kind = chance.random()
    if kind < 0.3:
        return chance.choice(ALTERATIONS)(whole, chance)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    if kind < 0.6:
        entries["architecture.npy"] = _described_otherwise(entries["architecture.npy"], chance)
    else:
        name = chance.choice(sorted(entries))
        entries[name] = chance.choice(ALTERATIONS)(entries[name], chance)
    return _packed(entries, chance)


def _described_otherwise(entry: bytes, chance: random.Random) -> bytes:
    text = str(np.load(io.BytesIO(entry)))
    values = [*re.finditer(r'"[^"]*"|-?\d+(\.\d+)?', text)]
    place = chance.choice(values)
    number = str(chance.choice(TELLING + HUGE))
    new = chance.choice((*ODD, number, number, json.dumps(chance.choice(values).group())))
    file = io.BytesIO()
    np.save(file, np.array(text[: place.start()] + new + text[place.end() :]))
    return file.getvalue()


def _packed(entries: dict[str, bytes], chance: random.Random) -> bytes:
    file = io.BytesIO()
    packing = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()

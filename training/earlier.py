"""The network from before numbers were trained on, to judge what is learnt from them.

A network is surer of what it has learnt from than of anybody's writing whom it meets.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keras

from export.arrays import write_arrays

HERE = Path(__file__).resolve().parent
BEFORE = HERE / "teachers" / "broad_pens.keras"


@contextmanager
def stored(model: keras.Model | None = None) -> Iterator[Path]:
    """A network as an .npz for as long as the context lasts, with the constants of the last one.

    model: the one from before, if no other is given.
    """
    record = json.loads((HERE / "history.json").read_text())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "digits.npz"
        write_arrays(model or keras.models.load_model(BEFORE), record, path)
        yield path

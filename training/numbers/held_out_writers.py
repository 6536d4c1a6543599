"""Train networks without some of the writers of numbers, to judge what others learn from those.

A network is more confident about writers that it was trained on. This module is short because
fit_costs.py and cross_validate.py share it.
"""

import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from inkling.network.model_file import write_arrays
from training.data import datasets, training_set
from training.data.datasets import Digits
from training.network import architecture
from training.network.fit import Plan
from training.network.fold import model_entries
from training.synth.render import read_trajectories
from training.train import train_network

# As long as the page's training. Two thirds are without any numbers, so that several networks share
# these epochs. A network of four epochs in all reads 3 % fewer numbers.
PLAN = Plan("held-out", architecture.convolutional, 24, common=16)


@contextmanager
def held_out_network(data: Path, known: Collection[str] = ()) -> Iterator[Path]:
    """Train a network and yield its .npz, for as long as the context lasts.

    known: the writers of numbers that it is trained on; none by default.
    """
    rows = read_trajectories(data / "pen" / f"{training_set.NUMBER_FILE}.json.gz")
    others = training_set.training_sources(data)
    del others["numerals"]
    common, validation = (datasets.concatenate(part) for part in zip(*others.values(), strict=True))
    train = datasets.concatenate([common, digits_by(known, rows)])
    model, record = train_network(PLAN, train, validation, common)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "digits.npz"
        write_arrays(path, *model_entries(model, record))
        yield path


def digits_by(known: Collection[str], rows: list[dict]) -> Digits:
    """Return drawings of the digits in numbers, `rows`, by the writers who are `known`."""
    digits, glyphs = training_set.numerals(rows)
    chosen = np.array([digit["writer"] in known for digit in digits])
    labels = np.array([int(digit["label"]) for digit in digits], np.uint8)
    times = len(glyphs) // len(digits)
    return Digits(glyphs, np.tile(labels, times)).select(np.tile(chosen, times))

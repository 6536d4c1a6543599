"""Networks that never met some of the people who wrote numbers, to judge what is learnt from them.

A network is surer of what it has learnt from than of anybody's writing whom it meets.
"""

import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from export.arrays import write_arrays
from training import architecture, datasets, sources
from training.datasets import Digits
from training.fitting import Plan
from training.strokes import trajectories
from training.train import trained

# As long as the page's training, two thirds of it before any of the numbers is met, so that several
# have these epochs in common. One of four epochs in all reads three numbers in a hundred fewer.
PLAN = Plan("stranger", architecture.convolutional, 24, common=16)


@contextmanager
def stranger(data: Path, known: Collection[str] = ()) -> Iterator[Path]:
    """A network's .npz for as long as the context lasts. Of the people who wrote the numbers that
    are trained on, it has met none but those who are `known`."""
    rows = trajectories(data / "pen" / f"{sources.NUMBER_FILE}.json.gz")
    others = sources.training_sources(data)
    del others["numerals"]
    common, held = (datasets.together(part) for part in zip(*others.values(), strict=True))
    kept = datasets.together([common, digits_by(known, rows)])
    model, record = trained(PLAN, kept, held, common)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "digits.npz"
        write_arrays(model, record, path)
        yield path


def digits_by(known: Collection[str], rows: list[dict]) -> Digits:
    """The drawings of the digits in numbers, `rows`, by those of their writers who are `known`."""
    digits, glyphs = sources.numerals(rows)
    chosen = np.array([digit["writer"] in known for digit in digits])
    labels = np.array([int(digit["label"]) for digit in digits], np.uint8)
    times = len(glyphs) // len(digits)
    return Digits(glyphs, np.tile(labels, times)).only(np.tile(chosen, times))

"""Train a network that has seen no digit of Pendigits, to judge teaching by those 30 writers.

The page's network is trained on all of them. This one is trained for a few epochs on MNIST, on the
other pen digits and on letters. Its .npz is kept in the cache.
"""

import hashlib
from pathlib import Path

import numpy as np

from export.setup.downloads import cache_folder
from inkling.network.model_file import write_arrays
from inkling.results import REJECT
from training.data import datasets
from training.data.datasets import Digits
from training.data.glyph_cache import cached_glyphs
from training.data.training_set import LETTER_FILE, VALIDATION_SAMPLES, validation_mask
from training.synth import non_digits
from training.synth import samples as drawings
from training.synth.render import read_trajectories

DIGIT_FILE = "unipen_digits_train"
LETTERS = 10_000
EPOCHS = 5
SEED = 1


def held_out_network(data: Path) -> Path:
    """Return the network's .npz; train it unless the cache has it. data: of handwriting."""
    recipe = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    path = cache_folder() / "training" / f"without-pendigits-{recipe}.npz"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _train(*_digits(data), path)
    return path


def _digits(data: Path) -> tuple[Digits, Digits]:
    """Return the training and the validation split, with different writers."""
    pens = read_trajectories(data / "pen" / f"{DIGIT_FILE}.json.gz")
    letters = read_trajectories(data / "pen" / f"{LETTER_FILE}.json.gz")
    letters = [row for row in letters if row["label"] not in non_digits.LOOKALIKES]
    order = np.random.default_rng(SEED).permutation(len(letters))[:LETTERS]
    letters = [letters[k] for k in order]
    pictures, labels = datasets.mnist("train")
    parts = [Digits(pictures, labels)]
    masks = [np.arange(len(labels)) % VALIDATION_SAMPLES == 0]
    for name, rows in ((DIGIT_FILE, pens), ("some-letters", letters)):
        kinds = [int(r["label"]) if r["label"].isdigit() else REJECT for r in rows]
        parts.append(
            Digits(cached_glyphs(name, rows, drawings.draw_sample), np.array(kinds, np.uint8))
        )
        masks.append(validation_mask(rows))
    chosen = list(zip(parts, masks, strict=True))
    return (
        datasets.concatenate([part.select(~mask) for part, mask in chosen]),
        datasets.concatenate([part.select(mask) for part, mask in chosen]),
    )


def _train(train: Digits, validation: Digits, path: Path) -> None:
    # Here, as TensorFlow takes seconds to start and the cached network does without.
    from training.network import architecture
    from training.network.fit import Plan
    from training.network.fold import model_entries
    from training.train import train_network

    plan = Plan("without-pendigits", architecture.convolutional, EPOCHS)
    model, record = train_network(plan, train, validation)
    write_arrays(path, *model_entries(model, record))

"""Train other networks on the same glyphs and compare them: `make compare`.

The others are the network of the demonstrations that Inkling started from, and a dense one. Reads
the development sets with each and with the shipped network. Writes comparison.json, which `make
evaluate` puts into the model card.
"""

import argparse
import json
from pathlib import Path

import keras

from inkling.network.model_file import write_arrays
from training.data import datasets, training_set
from training.evaluation import sets
from training.evaluation.metrics import measure_digits
from training.evaluation.parallel import read_all, readers
from training.network import architecture
from training.network.fit import Plan
from training.network.fold import model_entries
from training.train import train_network

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent / "build" / "comparison"
SHIPPED = HERE.parent / "site" / "model" / "digits.npz"
EPOCHS = 12  # small networks no longer improve after these
PLANS = {
    "dense 256 - 128": Plan("dense", architecture.dense, EPOCHS),
    "conv 32 - pool - conv 64 - pool - dense 128": Plan("seed", architecture.seed, EPOCHS),
}
OURS = "Inkling"


def main(arguments: list[str] | None = None) -> None:
    """Fit, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder of handwriting; default INKLING_DATA")
    parser.add_argument("--limit", type=int, help="pictures of each set, for a trial")
    options = parser.parse_args(arguments)
    data = datasets.data_folder(options.data)
    found = training_set.training_sources(data).values()
    train, validation = (datasets.concatenate(part) for part in zip(*found, strict=True))
    rows = [
        row(name, *_train(plan, train, validation), data, options.limit)
        for name, plan in PLANS.items()
    ]
    model = keras.models.load_model(HERE / "digits.keras")
    rows.append(row(OURS, model, SHIPPED, data, options.limit))
    (HERE / "comparison.json").write_text(json.dumps(rows, indent=1) + "\n")


def _train(
    plan: Plan, train: datasets.Digits, validation: datasets.Digits
) -> tuple[keras.Model, Path]:
    model, record = train_network(plan, train, validation)
    path = BUILD / f"{plan.name}.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_arrays(path, *model_entries(model, record))
    return model, path


def row(
    name: str, model: keras.Model, path: Path, data: Path | None, limit: int | None = None
) -> dict:
    """Return one network's size and its accuracy on every set found; rejections count as wrong."""
    with readers(path) as pool:
        samples = {sets.MNIST: sets.mnist(limit)}
        samples |= sets.load_sets(sets.DIGIT_SETS, data, limit or sets.LIMIT)
        read = {key: measure_digits(read_all(pool, set_)) for key, set_ in samples.items()}
    print(name, {key: measured["accuracy"] for key, measured in read.items()}, flush=True)
    return {
        "architecture": name,
        "parameters": model.count_params(),
        "mflop": round(architecture.mflop(model), 1),
        "sets": {key: measured["accuracy"] for key, measured in read.items()},
    }


if __name__ == "__main__":
    main()

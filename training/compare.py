"""Other networks, trained on the same glyphs and read through the same code: `make compare`.

Fits the network of the demonstrations that Inkling grew out of and a plain dense one, reads the
development sets with each and with the shipped network, and writes comparison.json, which
`make evaluate` puts into the model card.
"""

import argparse
import json
from pathlib import Path

import keras

from export.arrays import write_arrays
from training import architecture, datasets, development, sources
from training.fitting import Plan
from training.measures import digit_measures
from training.reading import answers, readers
from training.train import trained

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent / "build" / "comparison"
SHIPPED = HERE.parent / "site" / "model" / "digits.npz"
EPOCHS = 12  # small networks have learnt what they can by then
PLANS = {
    "dense 256 - 128": Plan("dense", architecture.dense, EPOCHS),
    "conv 32 - pool - conv 64 - pool - dense 128": Plan("seed", architecture.seed, EPOCHS),
}
OURS = "Inkling"


def main(arguments: list[str] | None = None) -> None:
    """Fit, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="real handwriting; else INKLING_DATA")
    parser.add_argument("--limit", type=int, help="pictures of a set, for a trial")
    options = parser.parse_args(arguments)
    data = datasets.data_folder(options.data)
    found = sources.training_sources(data).values()
    kept, held = (datasets.together(part) for part in zip(*found, strict=True))
    rows = [
        row(name, *_fitted(plan, kept, held), data, options.limit) for name, plan in PLANS.items()
    ]
    model = keras.models.load_model(HERE / "digits.keras")
    rows.append(row(OURS, model, SHIPPED, data, options.limit))
    (HERE / "comparison.json").write_text(json.dumps(rows, indent=1) + "\n")


def _fitted(plan: Plan, kept: datasets.Digits, held: datasets.Digits) -> tuple[keras.Model, Path]:
    model, record = trained(plan, kept, held)
    path = BUILD / f"{plan.name}.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_arrays(model, record, path)
    return model, path


def row(
    name: str, model: keras.Model, path: Path, data: Path | None, limit: int | None = None
) -> dict:
    """One network's size, and its accuracy in every set that is here, refusals counted wrong."""
    with readers(path) as pool:
        samples = {development.MNIST: development.mnist(limit)}
        samples |= development.present(development.DIGIT_SETS, data, limit or development.LIMIT)
        read = {key: digit_measures(answers(pool, set_)) for key, set_ in samples.items()}
    print(name, {key: measured["accuracy"] for key, measured in read.items()}, flush=True)
    return {
        "architecture": name,
        "parameters": model.count_params(),
        "mflop": round(architecture.mflop(model), 1),
        "sets": {key: measured["accuracy"] for key, measured in read.items()},
    }


if __name__ == "__main__":
    main()

"""Export the trained network: `make export`.

In: digits.keras and history.json of --source, and numbers.json. Out: site/model/digits.npz for the
page and the command line, site/model/digits.onnx for other runtimes, and parity.json. The last says
how far the runtimes' probabilities differ.
"""

import argparse
import json
from pathlib import Path

import keras
import numpy as np

from export.model.onnx import write_graph
from export.model.parity import TOLERANCE, compare, runtimes
from inkling.network.model_file import write_arrays
from training.data.datasets import mnist_digits
from training.network.fold import model_entries

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None) -> None:
    """Export and compare. Raises SystemExit if the runtimes disagree."""
    options = _parser().parse_args(arguments)
    model = keras.models.load_model(options.source / "digits.keras")
    record = json.loads((options.source / "history.json").read_text())
    options.out.mkdir(parents=True, exist_ok=True)
    architecture, arrays = model_entries(model, record)
    write_arrays(options.out / "digits.npz", architecture, arrays)
    write_graph(options.out / "digits.onnx", model, architecture)
    for name in ("digits.npz", "digits.onnx"):
        print(f"{options.out / name}: {(options.out / name).stat().st_size:,} bytes")

    glyphs = mnist_digits("test", options.glyphs).glyphs / np.float32(255)
    compared = compare(runtimes(options.out, model, record["temperature"]), glyphs)
    print(f"Largest difference of probabilities from Keras, on {len(glyphs):,} test digits:")
    for name, row in compared.items():
        print(f"  {name:15} {row['largest_difference']:.1e}  {row['labels_that_differ']} labels")
    (options.source / "parity.json").write_text(json.dumps(compared, indent=1) + "\n")
    if any(row["largest_difference"] > TOLERANCE for row in compared.values()):
        raise SystemExit(f"The runtimes differ by more than {TOLERANCE}: do not publish them.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=Path, default=ROOT / "training", help="trained network")
    parser.add_argument("--out", type=Path, default=ROOT / "site" / "model", help="where to write")
    parser.add_argument("--glyphs", type=int, default=10_000, help="test digits to compare on")
    return parser


if __name__ == "__main__":
    main()

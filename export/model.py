"""Turn the trained network into what is loaded elsewhere: `make export`.

In: training/digits.keras and training/history.json. Out: site/model/digits.npz (the page, the
command line) and site/model/digits.onnx (everyone else), and a report that all of them agree.
"""

import argparse
import json
from pathlib import Path

import keras
import numpy as np

from export.arrays import write_arrays
from export.graph import write_graph
from export.parity import TOLERANCE, report, runtimes
from training.datasets import mnist_digits

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> None:
    """Export and compare; raises SystemExit if the runtimes disagree."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=Path, default=ROOT / "training", help="trained network")
    parser.add_argument("--out", type=Path, default=ROOT / "site" / "model", help="where to write")
    parser.add_argument("--glyphs", type=int, default=10_000, help="test digits to compare on")
    options = parser.parse_args(arguments)

    model = keras.models.load_model(options.source / "digits.keras")
    record = json.loads((options.source / "history.json").read_text())
    options.out.mkdir(parents=True, exist_ok=True)
    for write, name in ((write_arrays, "digits.npz"), (write_graph, "digits.onnx")):
        write(model, record, options.out / name)
        print(f"{options.out / name}: {(options.out / name).stat().st_size:,} bytes")

    glyphs = mnist_digits("test", options.glyphs).glyphs / np.float32(255)
    compared = report(runtimes(options.out, model, record["temperature"]), glyphs)
    print(f"Largest difference in probability from Keras, on {len(glyphs):,} test digits:")
    for name, row in compared.items():
        print(f"  {name:15} {row['largest_difference']:.1e}  {row['labels_that_differ']} labels")
    (options.source / "parity.json").write_text(json.dumps(compared, indent=1) + "\n")
    if any(row["largest_difference"] > TOLERANCE for row in compared.values()):
        raise SystemExit(f"The runtimes differ by more than {TOLERANCE}: do not publish these.")


if __name__ == "__main__":
    main()

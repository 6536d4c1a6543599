"""Export the letter network: `python -m training.letters.export_model`.

In: letters.keras and letters.json of --source. Out: site/model/letters.npz for the page and the
command line, site/model/letters.onnx for other runtimes, and letters_parity.json beside this
folder: how far the runtimes' probabilities differ.
"""

import argparse
import json
import shutil
from pathlib import Path

import keras
import numpy as np

from export.model.onnx import write_graph
from export.model.parity import TOLERANCE, compare, runtimes
from inkling.image.glyph import MNIST_FRAME
from inkling.network.letter_labels import LABELS
from inkling.network.model_file import write_arrays
from training.data import datasets
from training.learned_numbers import read_numbers
from training.letters.samples import letter_sources
from training.letters.train import OUT as TRAINED
from training.network.fold import fold_layers

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "training"
MAX_BYTES = 500_000  # of letters.npz: the page fetches it when the first letter is read
GLYPHS = 4_000  # to compare the runtimes on


def main(arguments: list[str] | None = None) -> None:
    """Export and compare. Raises SystemExit if the runtimes disagree or the file is too large."""
    options = _parser().parse_args(arguments)
    if options.source != KEPT:
        for name in ("letters.keras", "letters.json"):
            shutil.copyfile(options.source / name, KEPT / name)
    model = keras.models.load_model(options.source / "letters.keras")
    record = json.loads((options.source / "letters.json").read_text())
    architecture, arrays = model_entries(model, record)
    write_arrays(options.out / "letters.npz", architecture, arrays)
    write_graph(options.out / "letters.onnx", model, architecture, "one handwritten letter")
    size = (options.out / "letters.npz").stat().st_size
    print(f"letters.npz: {size:,} bytes")
    compared = compare(
        runtimes(options.out, model, record["temperature"], "letters"), _glyphs(options.data)
    )
    for name, row in compared.items():
        print(f"  {name:15} {row['largest_difference']:.1e}  {row['labels_that_differ']} labels")
    (KEPT / "letters_parity.json").write_text(json.dumps(compared, indent=1) + "\n")
    if any(row["largest_difference"] > TOLERANCE for row in compared.values()):
        raise SystemExit(f"The runtimes differ by more than {TOLERANCE}: do not publish them.")
    if size > MAX_BYTES:
        raise SystemExit(f"letters.npz has {size:,} bytes, over {MAX_BYTES:,}: make it smaller.")


def model_entries(model: keras.Model, record: dict) -> tuple[dict, dict[str, np.ndarray]]:
    """Return the architecture and the arrays that `write_arrays` takes.

    record: the network's constants, as in letters.json. How lines of characters are read is learned
    from numbers, and kept in numbers.json.
    """
    layers, arrays = fold_layers(model)
    constants = {name: record[name] for name in ("temperature", "threshold", "none_threshold")}
    fixed = {"labels": list(LABELS), "frame": MNIST_FRAME._asdict(), "numbers": read_numbers()}
    return fixed | constants | {"layers": layers}, arrays


def _glyphs(data: Path | None) -> np.ndarray:
    """Return validation letters where there are any, else random ink, (N, 28, 28) float32."""
    folder = datasets.data_folder(data)
    if folder is None:
        return np.random.default_rng(0).random((GLYPHS, 28, 28), np.float32)
    return letter_sources(folder)["letters"].validation.glyphs[:GLYPHS] / np.float32(255)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=Path, default=TRAINED, help="trained network")
    parser.add_argument("--data", type=Path, help="folder of handwriting; default INKLING_DATA")
    parser.add_argument("--out", type=Path, default=ROOT / "site" / "model", help="where to write")
    return parser


if __name__ == "__main__":
    main()

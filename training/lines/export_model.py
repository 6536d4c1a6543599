"""Export the line network: `python -m training.lines.export_model`.

In: the fitted network, or else training/lines.keras. Out: training/lines.keras, folded;
site/model/lines.npz for the page and the command line; training/lines.onnx for other runtimes. The
constants, and how far the runtimes' probabilities differ, go to lines.json. The two files in
training/ are over 2 MB: they store zeros of sparse kernels, uncompressed.
"""

import argparse
import json
from pathlib import Path

import keras
import numpy as np
import onnx
import onnxruntime
import tensorflow as tf
import tf2onnx

from export.model.onnx import OPSET
from export.model.parity import TOLERANCE
from inkling.network.model_file import write_arrays
from inkling.numbers.ctc import log_likelihood
from inkling.numbers.line_image import HEIGHT
from inkling.numbers.line_network import LineNetwork
from training.data.datasets import required_data_folder
from training.lines.batches import make_chunk
from training.lines.network import line_network
from training.lines.samples import Line
from training.lines.texts import ALPHABET, REJECT
from training.network.fold import fold_layers

ROOT = Path(__file__).resolve().parents[2]
TRAINED = ROOT / "build" / "lines" / "lines.keras"
FOLDED = ROOT / "training" / "lines.keras"
RULES = ROOT / "training" / "line_rules.json"  # by fit_rules.py
GRAPH = ROOT / "training" / "lines.onnx"  # not served: the page has no use for it
CHUNKS = 8  # of validation lines
SEED = 101  # of validation lines; training never uses it
SLASH_ODDS = 0.2  # over those in training lines, which hold more slashes than people write
TEMPERATURES = np.geomspace(0.6, 2.5, 25)


def main(arguments: list[str] | None = None) -> None:
    """Fold, calibrate, write and compare. Raises SystemExit if the runtimes disagree."""
    options = _parser().parse_args(arguments)
    data = required_data_folder(options.data)
    fitted = keras.models.load_model(options.source if options.source.exists() else FOLDED)
    model = fitted
    if any("norm" in layer.name for layer in fitted.layers):
        model = fold_model(fitted)
        expect_fewer_slashes(model)
    if options.mean:
        average(model, keras.models.load_model(options.mean))
    model.save(FOLDED)
    lines = [line for i in range(CHUNKS) for line in make_chunk((SEED, i), data)]
    rules = json.loads(RULES.read_text())
    record = {"alphabet": ALPHABET, "reject": REJECT, "temperature": 1.0, "rules": rules}
    record["temperature"] = fit_temperature(model, record, lines, options.out)
    write_network(options.out, model, record)
    compared = compare(options.out, model, record["temperature"], lines[:200])
    (ROOT / "training" / "lines.json").write_text(json.dumps(record | compared, indent=1) + "\n")
    print(json.dumps(record | compared))
    if max(compared.values()) > TOLERANCE:
        raise SystemExit(f"The runtimes differ by more than {TOLERANCE}: do not publish them.")


def fold_model(fitted: keras.Model) -> keras.Model:
    """Return the network with batch normalisation folded into kernels of half precision."""
    _, arrays = fold_layers(fitted)
    model = line_network(normalised=False)
    for layer in model.layers:
        if layer.weights:
            kernel, bias = arrays[f"{layer.name}.kernel"], arrays[f"{layer.name}.bias"]
            layer.set_weights([kernel.astype(np.float16).astype(np.float32), bias])
    return model


def expect_fewer_slashes(model: keras.Model) -> None:
    """Lower the odds of a slash: many of those seen in numbers without signs are plain 1s."""
    logits = model.get_layer("logits")
    kernel, bias = logits.get_weights()
    bias[ALPHABET.index("/") + 1] += np.log(SLASH_ODDS)
    logits.set_weights([kernel, bias])


def average(model: keras.Model, other: keras.Model) -> None:
    """Give a folded network the mean of its weights and of another's, in half precision.

    For one that was trained on from the other: M. Wortsman et al., "Model soups", ICML 2022.
    """
    for layer in model.layers:
        pairs = zip(layer.get_weights(), other.get_layer(layer.name).get_weights(), strict=True)
        means = [(one + another) / 2 for one, another in pairs]
        if means:
            kernel, bias = means
            layer.set_weights([kernel.astype(np.float16).astype(np.float32), bias])


def fit_temperature(model: keras.Model, record: dict, lines: list[Line], out: Path) -> float:
    """Fit the temperature on validation lines."""
    write_arrays(
        out / "lines.npz", {**record, "layers": fold_layers(model)[0]}, fold_layers(model)[1]
    )
    network = LineNetwork.load(out / "lines.npz")
    pixels = [line.pixels.astype(np.float32) / 255 for line in lines]
    logits = [np.log(np.maximum(p, 1e-12)) for p in network.probabilities(pixels)]
    labels = [[ALPHABET.index(character) + 1 for character in line.text] for line in lines]
    return float(min(TEMPERATURES, key=lambda value: _loss(logits, labels, value)))


def write_network(out: Path, model: keras.Model, record: dict) -> None:
    """Write lines.npz and lines.onnx."""
    layers, arrays = fold_layers(model)
    write_arrays(out / "lines.npz", {**record, "layers": layers}, arrays)
    signature = [tf.TensorSpec((None, HEIGHT, None, 1), tf.float32, name="lines")]
    graph, _ = tf2onnx.convert.from_keras(_calibrated(model, record), signature, opset=OPSET)
    graph.doc_string = "Inkling: reads a line of handwritten digits and signs"
    onnx.helper.set_model_props(graph, {name: str(value) for name, value in record.items()})
    onnx.checker.check_model(graph, full_check=True)
    onnx.save(graph, GRAPH)


def compare(out: Path, model: keras.Model, temperature: float, lines: list[Line]) -> dict:
    """Return the largest difference from Keras's probabilities, of onnxruntime and of numpy."""
    network = LineNetwork.load(out / "lines.npz")
    session = onnxruntime.InferenceSession(GRAPH)
    calibrated = _calibrated(model, {"temperature": temperature})
    largest = {"onnxruntime": 0.0, "numpy": 0.0}
    for line in lines:
        width = -(-line.pixels.shape[1] // 32) * 32
        x = np.zeros((1, HEIGHT, width, 1), np.float32)
        x[0, :, : line.pixels.shape[1], 0] = line.pixels / np.float32(255)
        truth = np.asarray(calibrated(x))[0, 0]
        answers = {
            "onnxruntime": session.run(None, {"lines": x})[0][0, 0],
            "numpy": network.probabilities([x[0, ..., 0]])[0],
        }
        for name, answer in answers.items():
            largest[name] = max(largest[name], float(np.abs(answer - truth).max()))
    return largest


def _calibrated(model: keras.Model, record: dict) -> keras.Model:
    logits = keras.layers.Rescaling(1 / record["temperature"], name="temperature")(model.output)
    return keras.Model(model.input, keras.layers.Softmax(name="probabilities")(logits))


def _loss(logits: list[np.ndarray], labels: list[list[int]], temperature: float) -> float:
    pairs = zip(logits, labels, strict=True)
    return -float(np.mean([max(log_likelihood(_soften(x, temperature), y), -50) for x, y in pairs]))


def _soften(logits: np.ndarray, temperature: float) -> np.ndarray:
    powers = np.exp((logits - logits.max(axis=1, keepdims=True)) / temperature)
    return powers / powers.sum(axis=1, keepdims=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="real handwriting; else INKLING_DATA")
    parser.add_argument("--source", type=Path, default=TRAINED, help="trained network")
    parser.add_argument("--mean", type=Path, help="folded network whose weights to average with")
    parser.add_argument("--out", type=Path, default=ROOT / "site" / "model", help="where to write")
    return parser


if __name__ == "__main__":
    main()

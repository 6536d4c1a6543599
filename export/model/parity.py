"""Compare the probabilities of Keras, onnxruntime, ONNX's reference evaluator and numpy."""

from pathlib import Path

import keras
import numpy as np
import onnx
import onnxruntime
from onnx.reference import ReferenceEvaluator

from export.model.onnx import with_temperature
from inkling.network.model import Network

BATCH = 500
TOLERANCE = 1e-5  # float32 sums in another order differ by about 1e-6 after five convolutions


def runtimes(folder: Path, model: keras.Model, temperature: float, name: str = "digits") -> dict:
    """Return functions from glyphs (N, 28, 28) float32 to probabilities (N, K), by runtime.

    folder: holds the network as NAME.npz and NAME.onnx.
    """
    graph = onnx.load(folder / f"{name}.onnx")
    session = onnxruntime.InferenceSession(folder / f"{name}.onnx")
    evaluator = ReferenceEvaluator(graph)
    network = Network.load(folder / f"{name}.npz")
    calibrated = with_temperature(model, temperature)
    return {
        "Keras": lambda x: calibrated.predict_on_batch(x[..., None]),
        "onnxruntime": lambda x: session.run(["probabilities"], {"glyphs": x[..., None]})[0],
        "ONNX reference": lambda x: evaluator.run(["probabilities"], {"glyphs": x[..., None]})[0],
        "numpy": network.probabilities,
    }


def compare(runs: dict, glyphs: np.ndarray) -> dict:
    """Return each runtime's largest difference from the first's probabilities, and of labels."""
    answers = {
        name: np.concatenate([run(glyphs[i : i + BATCH]) for i in range(0, len(glyphs), BATCH)])
        for name, run in runs.items()
    }
    truth = next(iter(answers.values()))
    return {
        name: {
            "glyphs": len(glyphs),
            "largest_difference": float(np.abs(answer - truth).max()),
            "labels_that_differ": int((answer.argmax(1) != truth.argmax(1)).sum()),
        }
        for name, answer in answers.items()
    }

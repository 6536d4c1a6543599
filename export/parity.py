"""Keras = onnxruntime = ONNX's reference evaluator = numpy, measured on the same glyphs."""

from pathlib import Path

import keras
import numpy as np
import onnx
import onnxruntime
from onnx.reference import ReferenceEvaluator

from export.graph import with_temperature
from inkling.network import Network

BATCH = 500
TOLERANCE = 1e-5  # float32 sums in another order differ by some 1e-6 after four convolutions


def runtimes(folder: Path, model: keras.Model, temperature: float) -> dict:
    """By name, functions from glyphs (N, 28, 28) float32 to probabilities (N, K)."""
    graph = onnx.load(folder / "digits.onnx")
    session = onnxruntime.InferenceSession(folder / "digits.onnx")
    evaluator = ReferenceEvaluator(graph)
    network = Network.load(folder / "digits.npz")
    calibrated = with_temperature(model, temperature)
    return {
        "Keras": lambda x: calibrated.predict_on_batch(x[..., None]),
        "onnxruntime": lambda x: session.run(["probabilities"], {"glyphs": x[..., None]})[0],
        "ONNX reference": lambda x: evaluator.run(["probabilities"], {"glyphs": x[..., None]})[0],
        "numpy": network.probabilities,
    }


def report(runs: dict, glyphs: np.ndarray) -> dict:
    """How far each runtime's probabilities are from the first's, and how many labels differ."""
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

"""Keras = onnxruntime = ONNX's reference evaluator = numpy, measured on the same glyphs.

The page's own file holds its kernels in half precision. numpy is compared with Keras with the
kernels as they were trained; with those of the file it is a row of its own.
"""

import io
from pathlib import Path

import keras
import numpy as np
import onnx
import onnxruntime
from onnx.reference import ReferenceEvaluator

from export.arrays import described
from export.graph import with_temperature
from inkling.network import Network

BATCH = 500
TOLERANCE = 1e-5  # float32 sums in another order differ by some 1e-6 after four convolutions
PAGE = "numpy with float16 kernels"
# With eleven bits instead of 24 a kernel is off by a 4,096th of itself; on MNIST's test digits
# probabilities then are by 0.0013 at most, and by 0.00001 on average.
ROUNDED = 3e-3


def runtimes(folder: Path, model: keras.Model, temperature: float) -> dict:
    """By name, functions from glyphs (N, 28, 28) float32 to probabilities (N, K)."""
    graph = onnx.load(folder / "digits.onnx")
    session = onnxruntime.InferenceSession(folder / "digits.onnx")
    evaluator = ReferenceEvaluator(graph)
    calibrated = with_temperature(model, temperature)
    return {
        "Keras": lambda x: calibrated.predict_on_batch(x[..., None]),
        "onnxruntime": lambda x: session.run(["probabilities"], {"glyphs": x[..., None]})[0],
        "ONNX reference": lambda x: evaluator.run(["probabilities"], {"glyphs": x[..., None]})[0],
        "numpy": _as_trained(folder, model).probabilities,
        PAGE: Network.load(folder / "digits.npz").probabilities,
    }


def _as_trained(folder: Path, model: keras.Model) -> Network:
    """The network of the page's file with the model's own kernels in place of the rounded ones."""
    entries = dict(np.load(folder / "digits.npz")) | described(model)[1]
    file = io.BytesIO()
    np.savez(file, **entries)
    return Network.load(file)


def tolerance(name: str) -> float:
    """How far the probabilities of one of the runtimes may be from Keras'."""
    return ROUNDED if name == PAGE else TOLERANCE


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

"""The committed line network gives the same probabilities in Keras, onnxruntime and numpy."""

from pathlib import Path

import keras
import numpy as np
import onnxruntime
import pytest

from export.model.parity import TOLERANCE
from inkling.network.layers import softmax
from inkling.numbers.line_image import HEIGHT
from inkling.numbers.line_network import LineNetwork
from training.lines.network import Taps

ROOT = Path(__file__).resolve().parents[3]
MODEL = ROOT / "site" / "model"


@pytest.fixture(scope="module")
def network():
    return LineNetwork.load(MODEL / "lines.npz")


@pytest.fixture(scope="module")
def lines():
    """Return bars and noise: a batch of line images, (8, 32, 160) float32."""
    random = np.random.default_rng(2)
    bars = np.zeros((8, HEIGHT, 160), np.float32)
    for image in bars:
        for _ in range(12):
            y, x = random.integers(0, (HEIGHT - 4, 150))
            image[y : y + random.integers(2, 22), x : x + random.integers(2, 9)] = random.random()
    return bars


def test_numpy_agrees_with_keras(network, lines):
    model = keras.models.load_model(
        ROOT / "training" / "lines.keras", custom_objects={"Taps": Taps}
    )
    logits = np.asarray(model(lines[..., None]))[:, 0]
    truth = softmax(logits, network.temperature)
    assert np.abs(np.stack(network.probabilities(list(lines))) - truth).max() <= TOLERANCE


def test_numpy_agrees_with_onnxruntime(network, lines):
    session = onnxruntime.InferenceSession(ROOT / "training" / "lines.onnx")
    truth = session.run(None, {"lines": lines[..., None]})[0][:, 0]
    assert np.abs(np.stack(network.probabilities(list(lines))) - truth).max() <= TOLERANCE


def test_a_line_is_read_alike_alone_and_beside_wider_ones(network, lines):
    narrow = lines[0][:, :90]
    (alone,) = network.probabilities([narrow])
    together = network.probabilities([lines[1], narrow, lines[2]])[1]
    assert np.abs(alone - together).max() <= TOLERANCE

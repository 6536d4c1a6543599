"""Keras -> ONNX, operator set 18: `glyphs` (N, 28, 28, 1) -> calibrated `probabilities` (N, K)."""

import json
from pathlib import Path

import keras
import onnx
import tensorflow as tf
import tf2onnx

from inkling.image.glyph import MNIST_FRAME

OPSET = 18  # the newest that tf2onnx writes; all common runtimes read it
SIDE = MNIST_FRAME.side
# Constants of the model file that also go into the metadata: JSON, and plain numbers.
JSON_CONSTANTS = ("labels", "frame")
CONSTANTS = ("temperature", "threshold", "none_threshold")


def write_graph(
    path: Path, model: keras.Model, architecture: dict, what: str = "one handwritten digit"
) -> None:
    """Write the network with its temperature as ONNX, and its constants into the metadata.

    model: from glyphs to logits. architecture: see FORMAT.md; its layers are not used. what: it
    reads, for the description. Raises
    onnx.checker.ValidationError if the graph is not valid ONNX.
    """
    signature = [tf.TensorSpec((None, SIDE, SIDE, 1), tf.float32, name="glyphs")]
    calibrated = with_temperature(model, architecture["temperature"])
    graph, _ = tf2onnx.convert.from_keras(calibrated, signature, opset=OPSET)
    graph.doc_string = f"Inkling: reads {what}"
    metadata = {name: json.dumps(architecture[name]) for name in JSON_CONSTANTS}
    metadata |= {name: str(architecture[name]) for name in CONSTANTS}
    onnx.helper.set_model_props(graph, metadata)
    onnx.checker.check_model(graph, full_check=True)
    onnx.save(graph, path)


def with_temperature(model: keras.Model, temperature: float) -> keras.Model:
    """Return a Keras model from glyphs to calibrated probabilities."""
    glyphs = keras.Input((SIDE, SIDE, 1), name="glyphs")
    logits = keras.layers.Rescaling(1 / temperature, name="temperature")(model(glyphs))
    return keras.Model(glyphs, keras.layers.Softmax(name="probabilities")(logits))

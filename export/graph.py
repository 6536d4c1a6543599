"""Keras -> ONNX, operator set 18: `glyphs` (N, 28, 28, 1) -> calibrated `probabilities` (N, K)."""

import json
from pathlib import Path

import keras
import onnx
import tensorflow as tf
import tf2onnx

from export.arrays import labels
from inkling.glyph import MNIST_FRAME

OPSET = 18  # the newest that tf2onnx writes, and old enough to be read everywhere
SIDE = MNIST_FRAME.side


def write_graph(model: keras.Model, record: dict, path: Path) -> None:
    """Write the network with its temperature as ONNX; the constants go into the metadata.

    Raises onnx.checker.ValidationError if what was written is not valid ONNX.
    """
    signature = [tf.TensorSpec((None, SIDE, SIDE, 1), tf.float32, name="glyphs")]
    calibrated = with_temperature(model, record["temperature"])
    graph, _ = tf2onnx.convert.from_keras(calibrated, signature, opset=OPSET)
    graph.doc_string = "Inkling: reads one handwritten digit"
    onnx.helper.set_model_props(
        graph,
        {
            "labels": json.dumps(labels(model)),
            "frame": json.dumps(MNIST_FRAME._asdict()),
            "temperature": str(record["temperature"]),
            "threshold": str(record["threshold"]),
            "none_threshold": str(record["none_threshold"]),
        },
    )
    onnx.checker.check_model(graph, full_check=True)
    onnx.save(graph, path)


def with_temperature(model: keras.Model, temperature: float) -> keras.Model:
    """The network from glyph to calibrated probabilities, as one Keras model."""
    glyphs = keras.Input((SIDE, SIDE, 1), name="glyphs")
    logits = keras.layers.Rescaling(1 / temperature, name="temperature")(model(glyphs))
    return keras.Model(glyphs, keras.layers.Softmax(name="probabilities")(logits))

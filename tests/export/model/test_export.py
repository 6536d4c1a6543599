"""The exported files compute what was trained, and the model file follows FORMAT.md."""

import json
import zipfile

import keras
import numpy as np
import onnx
import pytest

from export.model.onnx import OPSET, write_graph
from export.model.parity import TOLERANCE, compare, runtimes
from inkling.network.model import Network
from inkling.network.model_file import write_arrays
from training.learned_numbers import read_numbers
from training.network.fold import fold_layers, model_entries

RECORD = {"temperature": 1.7, "threshold": 0.4, "none_threshold": 0.2}


def network(*layers) -> keras.Model:
    """Return a functional model with random weights and batch statistics."""
    glyphs = x = keras.Input((28, 28, 1))
    for layer in layers:
        x = layer(x)
    model = keras.Model(glyphs, x)
    random = np.random.default_rng(0)
    model.set_weights([random.uniform(0.1, 1, w.shape) - 0.3 * (w.ndim > 1) for w in model.weights])
    return model


def written(model, folder):
    architecture, arrays = model_entries(model, RECORD)
    write_arrays(folder / "digits.npz", architecture, arrays)
    write_graph(folder / "digits.onnx", model, architecture)
    return folder


def test_layers_of_every_kind_agree_in_all_runtimes(tmp_path):
    kinds = keras.layers
    model = network(
        kinds.Conv2D(4, 5, 2, padding="same", use_bias=False),
        kinds.BatchNormalization(),
        kinds.ReLU(),
        kinds.MaxPooling2D(3, 2, padding="same"),
        kinds.Conv2D(6, 3, padding="valid", activation="relu"),
        kinds.Dropout(0.5),
        kinds.Flatten(),
        kinds.Dense(12),
        kinds.BatchNormalization(),
        kinds.ReLU(),
        kinds.Dense(10),
    )
    glyphs = np.random.default_rng(1).random((20, 28, 28)).astype(np.float32)
    compared = compare(runtimes(written(model, tmp_path), model, RECORD["temperature"]), glyphs)
    assert set(compared) == {"Keras", "onnxruntime", "ONNX reference", "numpy"}
    assert all(row["largest_difference"] <= TOLERANCE for row in compared.values())
    assert all(row["labels_that_differ"] == 0 for row in compared.values())


def test_a_layer_without_counterpart_is_named():
    with pytest.raises(ValueError, match="LayerNormalization has no counterpart"):
        fold_layers(network(keras.layers.Flatten(), keras.layers.LayerNormalization()))
    with pytest.raises(ValueError, match="gelu has no counterpart"):
        fold_layers(network(keras.layers.Conv2D(2, 3, activation="gelu")))


def test_batch_normalisation_after_anything_but_weights_is_refused():
    with pytest.raises(ValueError, match="it can be folded into a kernel only"):
        fold_layers(
            network(keras.layers.Flatten(), keras.layers.ReLU(), keras.layers.BatchNormalization())
        )


def test_the_model_file_is_what_its_description_says(trained_model):
    with zipfile.ZipFile(trained_model) as archive:
        assert "architecture.npy" in archive.namelist()
    entries = np.load(trained_model, allow_pickle=False)
    architecture = json.loads(str(entries["architecture"]))
    assert architecture["format"] == 1
    assert architecture["labels"] == [*"0123456789", "none"]
    assert architecture["frame"] == {"side": 28, "box": 20}
    assert architecture["numbers"] == read_numbers()
    named = [layer[k] for layer in architecture["layers"] for k in ("kernel", "bias") if k in layer]
    assert sorted(named) == sorted(set(entries.files) - {"architecture"})
    kernels = [name for name in named if name.endswith("kernel")]
    assert all(entries[name].dtype == np.float16 for name in kernels)
    assert all(entries[name].dtype == np.float32 for name in set(named) - set(kernels))
    assert sum(entries[name].size for name in named) < 300_000


def test_the_same_network_is_written_as_the_same_bytes(tmp_path):
    model = network(keras.layers.Flatten(), keras.layers.Dense(10))
    write_arrays(tmp_path / "one.npz", *model_entries(model, RECORD))
    write_arrays(tmp_path / "two.npz", *model_entries(model, RECORD))
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_the_graph_is_valid_and_carries_what_a_reader_needs(trained_model):
    graph = onnx.load(trained_model.with_name("digits.onnx"))
    onnx.checker.check_model(graph, full_check=True)
    assert [(o.domain, o.version) for o in graph.opset_import if not o.domain] == [("", OPSET)]
    (glyphs,), (probabilities,) = graph.graph.input, graph.graph.output
    assert (glyphs.name, probabilities.name) == ("glyphs", "probabilities")
    sizes = [axis.dim_value for axis in glyphs.type.tensor_type.shape.dim]
    assert sizes == [0, 28, 28, 1]  # 0: any number of glyphs
    metadata = {entry.key: entry.value for entry in graph.metadata_props}
    network = Network.load(trained_model)
    assert tuple(json.loads(metadata["labels"])) == network.labels
    assert json.loads(metadata["frame"]) == network.frame._asdict()
    assert float(metadata["temperature"]) == network.temperature
    assert float(metadata["threshold"]) == network.threshold
    assert float(metadata["none_threshold"]) == network.none_threshold

"""The graph of the ONNX model zoo's mnist-12, which no package carries, is built anew and read."""

import numpy as np
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from inkling.foreign.foreign_network import ForeignNetwork
from training.data.datasets import mnist

SAME = {"auto_pad": "SAME_UPPER", "dilations": [1, 1], "group": 1, "strides": [1, 1]}
POOL = {"auto_pad": "NOTSET", "pads": [0, 0, 0, 0]}
FEATURES = 256
LEARNED_FROM = 1500  # digits


def graph(arrays: dict, outputs: str) -> bytes:
    """Return the file's bytes: what CNTK wrote, arrays being inputs too, cut off at an output."""
    nodes = [
        ("Conv", ["x", "k1"], ["c1"], {**SAME, "kernel_shape": [5, 5]}),
        ("Add", ["c1", "b1"], ["p1"], {}),
        ("Relu", ["p1"], ["r1"], {}),
        ("MaxPool", ["r1"], ["m1"], {**POOL, "kernel_shape": [2, 2], "strides": [2, 2]}),
        ("Conv", ["m1", "k2"], ["c2"], {**SAME, "kernel_shape": [5, 5]}),
        ("Add", ["c2", "b2"], ["p2"], {}),
        ("Relu", ["p2"], ["r2"], {}),
        ("MaxPool", ["r2"], ["m2"], {**POOL, "kernel_shape": [3, 3], "strides": [3, 3]}),
        ("Reshape", ["m2", "row"], ["f"], {}),
        ("Reshape", ["w", "matrix"], ["w2"], {}),
        ("MatMul", ["f", "w2"], ["t"], {}),
        ("Add", ["t", "b"], ["y"], {}),
    ]
    arrays = {
        **arrays,
        "row": np.array([1, FEATURES]),
        "matrix": np.array([FEATURES, 10]),
    }
    stored = [numpy_helper.from_array(np.ascontiguousarray(a), n) for n, a in arrays.items()]
    given = [helper.make_tensor_value_info("x", TensorProto.FLOAT, (1, 1, 28, 28))]
    given += [helper.make_tensor_value_info(t.name, t.data_type, t.dims) for t in stored]
    made = helper.make_graph(
        [helper.make_node(op, named, out, **more) for op, named, out, more in nodes],
        "CNTKGraph",
        given,
        [helper.make_tensor_value_info(outputs, TensorProto.FLOAT, None)],
        stored,
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 12)], ir_version=7)
    return model.SerializeToString()


def by_onnxruntime(content: bytes, glyphs: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    return np.concatenate([session.run(None, {"x": one[None, None]})[0] for one in glyphs])


@pytest.fixture(scope="module")
def published() -> bytes:
    """Return the file with random kernels, and a last layer fitted to MNIST by least squares."""
    random = np.random.default_rng(5)
    arrays = {
        "k1": random.normal(0, 0.2, (8, 1, 5, 5)),
        "b1": random.normal(0, 0.1, (8, 1, 1)),
        "k2": random.normal(0, 0.1, (16, 8, 5, 5)),
        "b2": random.normal(0, 0.1, (16, 1, 1)),
        "w": np.zeros((16, 4, 4, 10)),
        "b": np.zeros((1, 10)),
    }
    arrays = {name: array.astype(np.float32) for name, array in arrays.items()}
    pictures, labels = (part[:LEARNED_FROM] for part in mnist("train"))
    seen = by_onnxruntime(graph(arrays, "f"), pictures / np.float32(255))
    regular = seen.T @ seen + np.eye(FEATURES)
    weights = np.linalg.solve(regular, seen.T @ np.eye(10)[labels.astype(int)])
    arrays["w"] = weights.reshape(16, 4, 4, 10).astype(np.float32)
    return graph(arrays, "y")


def test_it_reads_digits_and_gives_what_onnxruntime_gives(published):
    pictures, labels = (part[:100] for part in mnist("test"))
    glyphs = pictures / np.float32(255)
    network = ForeignNetwork.load(published, glyphs[:50], labels[:50].astype(int))
    assert network.way.layout == (1, 1, 28, 28)
    assert network.way.ink == "bright" and not network.way.turned
    assert network.graph.parameters == 8 * 25 + 8 + 16 * 8 * 25 + 16 + 2560 + 10
    read = network.probabilities(glyphs).argmax(axis=1)
    assert (read == labels).mean() > 0.8
    laid = network.way.lay(glyphs)
    wanted = by_onnxruntime(published, laid[:, 0])
    found = np.concatenate([network.graph.apply(one[None]) for one in laid])
    np.testing.assert_allclose(found, wanted, rtol=1e-3, atol=1e-4)

"""Networks made elsewhere are read, tried on digits, and refused with a sentence if hostile."""

import pickle

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from inkling import ModelError, Reader
from inkling.foreign.foreign_network import ForeignNetwork, Trial
from inkling.foreign.graph import Graph
from inkling.foreign.onnx_messages import MAX_NODES
from training.data.datasets import mnist


@pytest.fixture(scope="module")
def known():
    """Return sixty test digits as glyphs, and their labels."""
    pictures, labels = (part[:60] for part in mnist("test"))
    return pictures / np.float32(255), labels.astype(int)


def model(nodes, arrays=(), shape=(1, 1, 28, 28), outputs=("y",)) -> bytes:
    """Return an .onnx file's bytes: nodes are (op, inputs, outputs, attributes)."""
    graph = helper.make_graph(
        [helper.make_node(op, given, made, **attributes) for op, given, made, attributes in nodes],
        "digits",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
        [numpy_helper.from_array(np.asarray(array), name) for name, array in dict(arrays).items()],
    )
    opset = [helper.make_opsetid("", 18)]
    return helper.make_model(graph, opset_imports=opset).SerializeToString()


@pytest.fixture(scope="module")
def templates(known):
    """Return weights (784, 10) and biases (10,) of the nearest mean of MNIST's digits."""
    pictures, labels = (part[:3000] for part in mnist("train"))
    flat = pictures.reshape(len(pictures), -1) / np.float32(255)
    means = np.stack([flat[labels == digit].mean(axis=0) for digit in range(10)])
    return means.T, -(means**2).sum(axis=1) / 2


def linear(templates, shape, before=()):
    weights, bias = templates
    last = before[-1][2][0] if before else "x"
    nodes = [
        *before,
        ("Flatten", [last], ["flat"], {}),
        ("Gemm", ["flat", "w", "b"], ["y"], {}),
    ]
    return model(nodes, {"w": weights, "b": bias}, shape)


@pytest.mark.parametrize(
    ("shape", "before", "way"),
    [
        ((1, 1, 28, 28), (), ("bright", "0 to 1", False)),
        (("N", 28, 28, 1), (), ("bright", "0 to 1", False)),
        (("N", 784), (), ("bright", "0 to 1", False)),
        ((1, 28, 28), [("Sub", ["one", "x"], ["inverse"], {})], ("dark", "0 to 1", False)),
        ((1, 1, 28, 28), [("Mul", ["x", "byte"], ["small"], {})], ("bright", "0 to 255", False)),
        (
            (1, 1, 28, 28),
            [("Transpose", ["x"], ["turned"], {"perm": [0, 1, 3, 2]})],
            ("bright", "0 to 1", True),
        ),
    ],
)
def test_layout_tone_scale_and_turn_are_found_by_trying(templates, known, shape, before, way):
    weights, bias = templates
    content = linear(templates, shape, tuple(before))
    changed = onnx.load_model_from_string(content)
    for name, value in (("one", 1.0), ("byte", 1 / 255)):
        array = numpy_helper.from_array(np.float32(value), name)
        changed.graph.initializer.append(array)
    network = ForeignNetwork.load(changed.SerializeToString(), *known)
    assert network.accuracy > 0.7
    wanted = (known[0].reshape(-1, 784) @ weights + bias).argmax(axis=1)
    found = network.probabilities(known[0])
    assert (found.argmax(axis=1) == wanted).mean() >= 0.95
    assert np.abs(found.sum(axis=1) - 1).max() < 1e-3
    assert network.way[1:] == way or network.accuracy == (wanted == known[1]).mean()


def test_the_packages_own_network_reads_the_same_from_its_onnx_file(trained_model, reader, known):
    network = ForeignNetwork.load(trained_model.with_suffix(".onnx").read_bytes(), *known)
    ours = reader.network.probabilities(known[0])[:, :10]
    assert network.way.ink == "bright" and network.way.scale == "0 to 1"
    assert np.abs(network.probabilities(known[0]) - ours).max() < 1e-4


def test_a_foreign_network_reads_pictures_as_a_reader(trained_model, known, drawn_digits):
    network = ForeignNetwork.load(trained_model.with_suffix(".onnx").read_bytes(), *known)
    for label, picture in drawn_digits.items():
        digit = Reader(network).read_digit(picture)
        assert digit.label == label and digit.probabilities.shape == (10,)


def relu(name):
    return ("Relu", [name], ["y"], {})


HOSTILE = {
    "a cycle": (model([("Add", ["x", "b"], ["a"], {}), ("Relu", ["a"], ["b"], {})]), "cycle"),
    "an unknown operation": (model([("Loop", ["x"], ["y"], {})]), "not supported: Loop"),
    "no output": (model([relu("x")], outputs=("z",)), "does not calculate"),
    "many operations": (model([relu("x")] * (MAX_NODES + 1)), "far too many"),
    "training": (
        model([("BatchNormalization", ["x"] * 5, ["y"], {"training_mode": 1})]),
        "training",
    ),
    "a huge product": (
        model(
            [
                ("Reshape", ["x", "s"], ["c"], {}),
                ("Reshape", ["x", "r"], ["d"], {}),
                ("MatMul", ["c", "d"], ["e"], {}),
                ("Reshape", ["e", "r"], ["row"], {}),
                ("Reshape", ["e", "s"], ["col"], {}),
                ("MatMul", ["col", "row"], ["y"], {}),
            ],
            {"s": np.array([-1, 1]), "r": np.array([1, -1])},
        ),
        "far too large",
    ),
    "a huge padding": (
        model(
            [("MaxPool", ["x"], ["y"], {"kernel_shape": [1, 1], "pads": [10**9] * 4})],
        ),
        "out of range",
    ),
    "a huge window": (  # a picture of 224 x 224, of which each of 100 x 100 places sees 125 x 125
        model(
            [
                ("Concat", ["x"] * 8, ["wide"], {"axis": 3}),
                ("Concat", ["wide"] * 8, ["large"], {"axis": 2}),
                ("Conv", ["large", "w"], ["y"], {}),
            ],
            {"w": np.ones((1, 1, 125, 125), np.float32)},
        ),
        "far too large",
    ),
    "many large arrays": (
        model(
            [
                ("Concat", ["x"] * 50, ["a"], {"axis": 3}),
                ("Concat", ["a"] * 50, ["b"], {"axis": 2}),
                *(("Relu", ["b"], [f"c{k}"], {}) for k in range(40)),
                ("Add", ["c0", "c39"], ["y"], {}),
            ]
        ),
        "far too large",
    ),
    "a normalization that spreads": (
        model(
            [("BatchNormalization", ["x", *["s"] * 4], ["y"], {})],
            {"s": np.ones(100_000, np.float32)},
        ),
        "does not fit",
    ),
    "a bias that spreads": (
        model(
            [("Conv", ["x", "w", "b"], ["y"], {})],
            {"w": np.ones((1, 1, 3, 3), np.float32), "b": np.ones(100_000, np.float32)},
        ),
        "does not fit",
    ),
    "a sum that spreads": (
        model(
            [("Flatten", ["x"], ["f"], {}), ("Gemm", ["f", "w", "c"], ["y"], {})],
            {"w": np.ones((784, 2000), np.float32), "c": np.ones((2100, 1), np.float32)},
        ),
        "far too large",
    ),
    "bounds that spread": (
        model(
            [("Clip", ["x", "low"], ["y"], {})],
            {"low": np.zeros((10_000, 1, 1, 1), np.float32)},
        ),
        "far too large",
    ),
    "a small answer": (
        model([("GlobalAveragePool", ["x"], ["y"], {})]),
        "fewer than ten",
    ),
    "shapes that do not fit": (
        model([("MatMul", ["x", "w"], ["y"], {})], {"w": np.ones((5, 5), np.float32)}),
        "do not fit",
    ),
    "no digits": (
        model([("Flatten", ["x"], ["y"], {})]),
        "of MNIST's digits at best",
    ),
    "another input": (
        model([("Flatten", ["x"], ["y"], {})], shape=(1, 3, 224, 224)),
        "28 x 28",
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_network_is_refused_with_one_sentence(what, known):
    content, sentence = HOSTILE[what]
    with pytest.raises(ModelError, match=sentence) as refused:
        ForeignNetwork.load(content, *known)
    assert str(refused.value).count("\n") == 0 and len(str(refused.value)) < 160


def test_an_array_that_no_later_operation_needs_is_let_go():
    chain = [("Relu", ["x"], ["a"], {}), ("Relu", ["a"], ["b"], {}), ("Relu", ["b"], ["y"], {})]
    steps = Graph.load(model(chain))._done_with
    assert steps == [{"x"}, {"a"}, {"b"}]


def test_ways_are_tried_in_slices_of_one_pass_at_least(templates, known):
    trial = Trial(Graph.load(linear(templates, ("N", 784))), *known)
    slices, done = 0, [0.0]
    while trial.done < 1:
        trial.run(1e-9)
        slices += 1
        done.append(trial.done)
    assert slices > 50 and done == sorted(done)
    assert trial.result().way.ink == "bright"


def test_a_refusal_survives_its_way_to_another_process_and_can_be_translated():
    refused = ModelError("It has {count} inputs.", count=2)
    again = pickle.loads(pickle.dumps(refused))
    assert str(again) == "It has 2 inputs."
    assert (again.sentence, again.facts) == ("It has {count} inputs.", {"count": 2})
    assert str(ModelError("braces {alone} stay")) == "braces {alone} stay"


def test_a_declared_size_gets_no_memory():
    tensor = TensorProto(dims=[10**6, 10**6], data_type=TensorProto.FLOAT, name="w")
    content = onnx.load_model_from_string(model([relu("x")]))
    content.graph.initializer.append(tensor)
    with pytest.raises(ModelError, match="far too large"):
        Graph.load(content.SerializeToString())


def test_weights_in_another_file_are_not_looked_for():
    tensor = TensorProto(dims=[1], data_type=TensorProto.FLOAT, name="w")
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="/etc/passwd")
    content = onnx.load_model_from_string(model([relu("x")]))
    content.graph.initializer.append(tensor)
    with pytest.raises(ModelError, match="another file"):
        Graph.load(content.SerializeToString())


def test_every_altered_file_is_read_or_refused(templates):
    content = bytearray(linear(templates, (1, 1, 28, 28)))
    random = np.random.default_rng(3)
    for _ in range(300):
        altered = bytearray(content[: random.integers(1, len(content))])
        for place in random.integers(0, min(len(altered), 200), 3):
            altered[place] = random.integers(256)
        try:
            Graph.load(bytes(altered)).apply(np.zeros((1, 1, 28, 28), np.float32))
        except ModelError as refused:
            assert str(refused)

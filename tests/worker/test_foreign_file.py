"""A network that a person brings is opened, tried in slices, and compared with the page's."""

from types import SimpleNamespace

import numpy as np
import pytest

from inkling import Reader
from inkling.network.model_file import MAX_BYTES, read_arrays, write_arrays
from training.data.datasets import mnist
from worker import mnist_test
from worker.learn import foreign_file
from worker.session import DIGIT, Pad

KNOWN = 50


@pytest.fixture
def pad(trained_model, drawn_digits, monkeypatch):
    pictures, _ = mnist("test")
    monkeypatch.setattr(mnist_test, "picture", lambda index: pictures[index])
    pad = Pad(Reader.load(trained_model))
    pad.read(np.asarray(drawn_digits[7].convert("L")), DIGIT)
    return pad


@pytest.fixture
def labels():
    """Return the labels of MNIST's test digits as the page has them: figures."""
    return "".join(str(label) for label in mnist("test")[1])


def opened(pad, content: bytes, labels: str, is_npz=False):
    packed = SimpleNamespace(to_bytes=lambda: content)
    return foreign_file.open_file(pad, packed, is_npz, 0, labels[:KNOWN])


def tried(pad):
    while (told := foreign_file.try_ways(pad)).get("done", 1) < 1:
        pass
    return told


def test_the_pages_own_network_as_an_onnx_file_is_found_to_read_the_same(
    pad, labels, trained_model
):
    told = opened(pad, trained_model.with_suffix(".onnx").read_bytes(), labels)
    assert told["ours"] > 100_000 and abs(told["theirs"] - told["ours"]) < 10
    way = tried(pad)
    assert (way["ink"], way["scale"], way["turned"]) == ("bright", "0 to 1", False)
    assert foreign_file.read(pad)["label"] == 7
    done = right = theirs = 0
    while done < 40:
        found = foreign_file.compare(pad, done, labels[done:40])
        assert 1 <= found["count"] <= 40 - done
        assert found["our_seconds"] > 0 and found["their_seconds"] > 0
        done, right = done + found["count"], right + found["ours"]
        theirs += found["theirs"]
    assert right == theirs == 40


def test_an_npz_of_ours_needs_no_trying(pad, labels, trained_model):
    told = opened(pad, trained_model.read_bytes(), labels, is_npz=True)
    assert told["ours"] == told["theirs"]
    assert tried(pad) == {"done": 1.0}
    assert foreign_file.read(pad)["label"] == 7


def test_a_slice_reads_one_digit_at_least(pad, labels, trained_model, monkeypatch):
    opened(pad, trained_model.read_bytes(), labels, is_npz=True)
    monkeypatch.setattr(foreign_file, "SLICE_SECONDS", 0)
    assert foreign_file.compare(pad, 0, labels[:10])["count"] == 1


def without(path, trained_model, changes: dict, arrays=()):
    """Write the page's network with other facts and further arrays; return the file's bytes."""
    described, kept = read_arrays(trained_model, "")
    write_arrays(path, {**described, **changes}, {**kept, **dict(arrays)})
    return path.read_bytes()


def test_every_refusal_is_one_sentence_and_leaves_no_network(pad, labels, trained_model, tmp_path):
    file = tmp_path / "own.npz"
    other_frame = {"frame": {"side": 28, "box": 22}}
    bomb = {"bomb": np.zeros(MAX_BYTES // 4 + 1, np.float32)}
    ours = trained_model.read_bytes()
    refused = {
        "intact .onnx": b"",
        "is no intact .onnx": b"\x89PNG\r\n\x1a\n" * 10,
        "is damaged": ours[:1000],
        "or holds no network": b"not a zip",
        "unpacks to more": without(file, trained_model, {}, bomb),
        "reads letters": trained_model.with_name("letters.npz").read_bytes(),
        "another size": without(file, trained_model, other_frame),
        "This .npz file is damaged": without(file, trained_model, {"layers": []}),
    }
    for sentence, content in refused.items():
        opened(pad, ours, labels, is_npz=True)
        told = opened(pad, content, labels, is_npz=".onnx" not in sentence)
        assert sentence in told["error"]["sentence"] and told["error"]["kind"] == "model"
        assert foreign_file.read(pad) == {}


def test_an_empty_pad_has_no_answer(pad, labels, trained_model):
    opened(pad, trained_model.read_bytes(), labels, is_npz=True)
    pad.read(np.full((60, 60), 255, np.uint8), DIGIT)
    assert foreign_file.read(pad) == {}

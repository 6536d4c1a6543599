"""The page teaches the pad's reader samples, takes them back, and is told what they change."""

import base64
from types import SimpleNamespace

import numpy as np
import pytest

from inkling import Reader
from inkling.teaching.prototypes import FILE
from training.data.datasets import mnist
from worker import mnist_test
from worker.learn import teach
from worker.session import DIGIT, Pad


@pytest.fixture
def pad(trained_model, drawn_digits):
    pad = Pad(Reader.load(trained_model))
    packed = trained_model.with_name(FILE).read_bytes()
    teach.keep_prototypes(pad, SimpleNamespace(to_bytes=lambda: packed))
    pad.read(np.asarray(drawn_digits[7].convert("L")), DIGIT)
    return pad


def test_the_digit_on_the_pad_is_a_sample(pad):
    text = teach.sample(pad)
    assert len(text) == 1048  # as the page expects
    glyph = np.frombuffer(base64.b64decode(text), np.uint8).reshape(28, 28)
    assert np.abs(glyph / 255 - pad.insight.digit.glyph).max() <= 0.5 / 255 + 1e-6


def test_an_empty_pad_has_no_sample(trained_model):
    assert teach.sample(Pad(Reader.load(trained_model))) == ""


def test_samples_are_learned_and_taken_back(pad, drawn_digits):
    picture = np.asarray(drawn_digits[7].convert("L"))
    text = teach.sample(pad)
    pad.read_ahead(picture)
    assert teach.learn(pad, [text, text], [1, 1])
    assert teach.compare_samples(pad) == {"count": 2, "before": 0, "after": 2}
    assert teach.learn(pad, [], [])
    assert pad.read(picture, DIGIT)["label"] == 7
    assert teach.compare_samples(pad)["count"] == 0


@pytest.mark.parametrize("text", ["", "AAAA", "no base64!", base64.b64encode(bytes(784)).decode()])
def test_what_is_no_glyph_is_refused_and_changes_nothing(pad, text):
    network = pad.network
    assert not teach.learn(pad, [text], [3])
    assert pad.network is network


def test_test_digits_are_compared(pad, monkeypatch):
    pictures, labels = (part[:20] for part in mnist("test"))
    monkeypatch.setattr(mnist_test, "picture", lambda index: pictures[index])
    teach.learn(pad, [teach.sample(pad)], [7])
    found = teach.compare_mnist(pad, range(20), labels)
    assert found == {"before": 20, "after": 20, "worse": 0}

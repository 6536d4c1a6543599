"""The view Inside is told of every layer, and of one value with its arithmetic."""

import numpy as np
import pytest

from worker.learn import layer_values
from worker.session import DIGIT, Pad


@pytest.fixture(scope="module")
def pad(reader, drawn_digits):
    pad = Pad(reader)
    pad.read(np.asarray(drawn_digits[3].convert("L")), DIGIT)
    return pad


def test_every_layer_can_be_looked_at_anywhere(pad, reader):
    layers = layer_values.layers(pad)
    assert len(layers) == len(reader.network.steps) + 2
    for index, layer in enumerate(layers):
        far = layer_values.look(pad, index, 10_000, 10_000, 10_000, 10_000)
        assert far["maps"]["count"] == (layer["shape"][-1])
        _, *place = far["place"]
        sides = [far["maps"][name] for name in ("count", "height", "width")]
        assert place == [side - 1 for side in sides]


def test_the_largest_value_is_looked_at_first(pad):
    layers = layer_values.layers(pad)
    seen = layer_values.look(pad, len(layers) - 1, -1, -1, -1, -1)
    assert seen["place"][1] == 3 and seen["value"] == pytest.approx(max(seen["values"]))


def test_the_products_that_are_listed_add_up_with_the_others_to_the_value(pad):
    for index, layer in enumerate(layer_values.layers(pad)):
        if layer["op"] in ("conv2d", "dense"):
            seen = layer_values.look(pad, index, -1, -1, -1, -1)
            assert sum(seen["products"]) == pytest.approx(seen["sum"], abs=1e-4)
            total = seen["sum"] + seen["others"] + seen["bias"]
            assert total == pytest.approx(seen["total"], abs=1e-4)
            assert seen["total"] == pytest.approx(seen["value"], abs=1e-2)
            assert seen["inputs"]["count"] == seen["kernel"]["count"]


def test_of_many_answers_the_likeliest_are_told_with_their_labels(pad):
    values = np.linspace(0, 1, 11, dtype=np.float32)
    told = layer_values.values_of(values, pad.insight.network)
    assert told["labels"] == [*"0123456789", "none"] and told["units"] == list(range(11))
    letters = type("Letters", (), {"labels": tuple("abcdefghijklmnopqrstuvwxyz")})
    told = layer_values.values_of(np.linspace(1, 0, 26), letters)
    assert "".join(told["labels"]) == "abcdefghijk"


def test_another_digit_is_looked_at_once_it_is_read(pad, drawn_digits):
    before = layer_values.look(pad, 0, 0, 14, 14, -1)["maps"]["positive"]["pixels"]
    pad.read(np.asarray(drawn_digits[7].convert("L")), DIGIT)
    after = layer_values.look(pad, 0, 0, 14, 14, -1)["maps"]["positive"]["pixels"]
    assert not np.array_equal(before, after)

"""A line network's file that does not fit is refused in one sentence."""

import json
from pathlib import Path

import numpy as np
import pytest

from inkling import ModelError
from inkling.network.model_file import read_arrays, write_arrays
from inkling.numbers.line_network import LineNetwork

FILE = Path(__file__).resolve().parents[3] / "site" / "model" / "lines.npz"


@pytest.fixture(scope="module")
def entries():
    return read_arrays(FILE, FILE.name)


def altered(tmp_path, entries, change):
    """Return a file with an altered copy of the network."""
    architecture, arrays = json.loads(json.dumps(entries[0])), dict(entries[1])
    architecture.pop("format")
    change(architecture, arrays)
    write_arrays(tmp_path / "lines.npz", architecture, arrays)
    return tmp_path / "lines.npz"


def test_the_committed_network_knows_digits_signs_and_the_reject_class():
    network = LineNetwork.load(FILE)
    assert network.alphabet.startswith("0123456789") and network.reject in network.alphabet
    assert set(".,:/+-=×÷%()$€") < set(network.alphabet)


@pytest.mark.parametrize("name", ["alphabet", "reject", "temperature", "rules", "layers"])
def test_a_file_without_an_entry_is_refused(tmp_path, entries, name):
    path = altered(tmp_path, entries, lambda architecture, arrays: architecture.pop(name))
    with pytest.raises(ModelError, match=r"lines\.npz does not describe a network .*make export"):
        LineNetwork.load(path)


def test_an_alphabet_that_does_not_fit_the_layers_is_refused(tmp_path, entries):
    path = altered(tmp_path, entries, lambda architecture, _: architecture.update(alphabet="01"))
    with pytest.raises(ModelError, match="do not fit its alphabet"):
        LineNetwork.load(path)


def test_an_array_that_is_missing_is_refused(tmp_path, entries):
    path = altered(tmp_path, entries, lambda _, arrays: arrays.pop("conv1.kernel"))
    with pytest.raises(ModelError, match="is not among them"):
        LineNetwork.load(path)


def test_a_damaged_file_is_refused(tmp_path):
    (tmp_path / "lines.npz").write_bytes(FILE.read_bytes()[:1000])
    with pytest.raises(ModelError, match="is damaged"):
        LineNetwork.load(tmp_path / "lines.npz")


def test_lines_of_any_width_have_a_step_for_every_four_columns():
    network = LineNetwork.load(FILE)
    widths = (1, 31, 32, 33, 500)
    given = network.probabilities([np.zeros((32, width), np.float32) for width in widths])
    assert [len(steps) for steps in given] == [-(-width // 4) for width in widths]
    assert all(np.allclose(steps.sum(axis=1), 1, atol=1e-5) for steps in given)


def test_rules_beyond_their_range_are_refused(tmp_path, entries):
    path = altered(tmp_path, entries, lambda found, _: found["rules"].update(max_unread=2))
    with pytest.raises(ModelError, match="rules outside 0 to 1"):
        LineNetwork.load(path)

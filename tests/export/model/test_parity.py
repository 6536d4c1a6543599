"""The committed weights give the same answers in Keras, in ONNX's runtimes and in numpy."""

import io
import json
import zipfile
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest

from export.model.parity import TOLERANCE, compare, runtimes
from inkling.network.model_file import write_arrays
from training.data.datasets import mnist_digits
from training.evaluate import TARGET, digit_answers
from training.evaluation.parallel import readers
from training.evaluation.sets import MNIST
from training.network.fold import model_entries

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def record() -> dict:
    return json.loads((ROOT / "training" / "history.json").read_text())


@pytest.fixture(scope="module")
def model() -> keras.Model:
    return keras.models.load_model(ROOT / "training" / "digits.keras")


@pytest.mark.slow
def test_all_runtimes_agree_on_every_test_digit(trained_model, model, record):
    digits = mnist_digits("test")
    glyphs = digits.glyphs / np.float32(255)
    compared = compare(runtimes(trained_model.parent, model, record["temperature"]), glyphs)
    assert set(compared) == {"Keras", "onnxruntime", "ONNX reference", "numpy"}
    for name, row in compared.items():
        assert row["glyphs"] == 10_000
        assert row["labels_that_differ"] == 0, name
        assert row["largest_difference"] <= TOLERANCE, name


@pytest.mark.slow
def test_the_committed_weights_read_mnist_as_well_as_is_claimed(trained_model):
    with readers(trained_model) as pool:
        read = digit_answers(pool, None, None)[MNIST]
    assert len(read.truth) == 10_000
    accuracy = np.mean(read.label == read.truth)
    card = json.loads((ROOT / "site" / "model" / "card.json").read_text())
    assert accuracy >= TARGET
    assert accuracy == pytest.approx(card["mnist_test"]["accuracy"], abs=2e-4)


def test_the_page_s_weights_are_those_of_the_committed_network(
    trained_model, model, record, tmp_path
):
    write_arrays(tmp_path / "digits.npz", *model_entries(model, record))
    ours, committed = np.load(tmp_path / "digits.npz"), np.load(trained_model)
    assert ours.files == committed.files
    assert all(np.array_equal(ours[name], committed[name]) for name in ours.files)


def test_the_committed_network_carries_no_optimiser():
    with zipfile.ZipFile(ROOT / "training" / "digits.keras") as archive:
        weights = h5py.File(io.BytesIO(archive.read("model.weights.h5")))
    assert "layers" in weights
    assert not list(weights.get("optimizer", []))

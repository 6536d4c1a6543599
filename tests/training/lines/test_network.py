"""The line network keeps its function when it is folded and unfolded, and keeps to its size."""

import keras
import numpy as np
import pytest

from training.lines.export_model import FOLDED, fold_model
from training.lines.network import CONTEXT, REACH, Taps, line_network
from training.network.unfold import unfold


@pytest.fixture(scope="module")
def folded():
    return keras.models.load_model(FOLDED)


@pytest.fixture(scope="module")
def lines():
    return np.random.default_rng(0).random((4, 32, 64, 1), np.float32)


def test_an_unfolded_network_answers_as_the_folded_one(folded, lines):
    model = line_network()
    unfold(model, folded, lines)
    expected = np.asarray(folded(lines))
    assert np.abs(np.asarray(model(lines)) - expected).max() < 1e-3 * np.abs(expected).max()


def test_folding_again_changes_answers_by_half_precision_at_most(folded, lines):
    model = line_network()
    unfold(model, folded, lines)
    again, expected = (np.asarray(one(lines)) for one in (fold_model(model), folded))
    assert np.abs(again - expected).max() < 0.02 * np.abs(expected).max()


def test_the_widest_kernel_is_zero_but_for_three_taps():
    kernel = np.ones((1, 2 * REACH + 1, 4, 4), np.float32)
    kept = np.asarray(Taps(REACH)(kernel))
    assert np.flatnonzero(kept[0, :, 0, 0]).tolist() == [0, REACH, 2 * REACH]


def test_the_network_has_at_most_400_000_parameters_other_than_zero(folded):
    arrays = [array for layer in folded.layers for array in layer.get_weights()]
    assert sum(np.count_nonzero(array) for array in arrays) <= 400_000
    assert folded.get_layer("along3").kernel.shape == (1, 2 * REACH + 1, CONTEXT, CONTEXT)

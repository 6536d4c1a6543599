"""Targets for further training keep a network's right answers and not its wrong ones."""

import keras
import numpy as np

from inkling.network.layers import softmax
from inkling.results import REJECT
from training.data.datasets import Digits
from training.network import fit, imitation

CLASSES = REJECT + 1
SHIFT = -2.0


def teacher(logits):
    """Return a network with the same logits for every glyph."""
    given = keras.Input((28, 28, 1))
    flat = keras.layers.Flatten()(given)
    dense = keras.layers.Dense(len(logits), kernel_initializer="zeros")
    model = keras.Model(given, dense(flat))
    dense.set_weights([dense.get_weights()[0], np.asarray(logits, np.float32)])
    return model


def targets_of(label, logits):
    digits = Digits(np.zeros((1, 28, 28), np.uint8), np.array([label], np.uint8))
    (target,) = imitation.targets(teacher(logits), SHIFT, digits)
    return target


def test_a_right_answer_is_mixed_with_the_label():
    logits = np.zeros(CLASSES)
    logits[[3, 5]] = 4, 3
    before = logits - SHIFT * (np.arange(CLASSES) == REJECT)
    label = fit.smoothed(np.array([3]), CLASSES)[0]
    expected = imitation.IMITATION * softmax(before[None])[0] + (1 - imitation.IMITATION) * label
    np.testing.assert_allclose(targets_of(3, logits), expected, atol=1e-6)


def test_a_wrong_answer_is_not_imitated():
    logits = np.zeros(CLASSES)
    logits[5] = 4
    np.testing.assert_allclose(targets_of(3, logits), fit.smoothed(np.array([3]), CLASSES)[0])


def test_an_answer_counts_as_right_by_the_prior_of_the_training_split():
    logits = np.zeros(CLASSES)
    logits[[3, REJECT]] = 1, 0  # without the shift of its bias the reject class is likelier
    target = targets_of(REJECT, logits)
    assert target[3] > fit.SMOOTHING / CLASSES

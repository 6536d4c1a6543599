"""Networks that learn in numpy: gradients, Keras' losses for the same batches, and digits."""

import keras
import numpy as np
import pytest

from inkling.learning.small_network import SHAPES, SmallNetwork
from inkling.learning.training import BATCH, Adam, Training
from training.data.datasets import mnist

RATE = 0.003


def batches(count):
    rng = np.random.default_rng(1)
    for _ in range(count):
        yield rng.random((BATCH, 28, 28), np.float32), rng.integers(0, 10, BATCH)


def keras_twin(network, shape):
    """Return a Keras network of the same layers and weights, compiled with Keras' own Adam."""
    layers = [keras.Input((28, 28, 1))]
    for kind, *numbers in SHAPES[shape]:
        if kind == "conv":
            side, stride, filters = numbers
            layers.append(keras.layers.Conv2D(filters, side, strides=stride, padding="same"))
        elif kind == "dense":
            layers.append(keras.layers.Dense(numbers[0]))
        else:
            layers.append({"relu": keras.layers.ReLU, "flatten": keras.layers.Flatten}[kind]())
    twin = keras.Sequential(layers)
    twin.set_weights(network.parameters)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    twin.compile(keras.optimizers.Adam(RATE), loss)
    return twin


@pytest.mark.parametrize("shape", SHAPES)
def test_losses_are_keras_losses_for_the_same_batches(shape):
    network = SmallNetwork.random(shape)
    twin = keras_twin(network, shape)
    adam = Adam(network.parameters, RATE)
    for glyphs, labels in batches(10):
        loss, _, gradients = network.loss_and_gradients(glyphs, labels)
        adam.step(gradients)
        keras_loss = twin.train_on_batch(glyphs[..., None], labels)
        twin.reset_metrics()
        assert loss == pytest.approx(float(np.ravel(keras_loss)[0]), abs=1e-4)


@pytest.mark.parametrize("shape", SHAPES)
def test_gradients_are_the_slopes_of_the_loss(shape):
    network = SmallNetwork.random(shape)
    glyphs, labels = next(batches(1))
    _, _, gradients = network.loss_and_gradients(glyphs, labels)
    gradients = [gradient.copy() for gradient in gradients]
    for parameter, gradient in zip(network.parameters, gradients, strict=True):
        place = np.unravel_index(int(np.abs(gradient).argmax()), gradient.shape)
        losses = []
        for by in (5e-3, -1e-2):
            parameter[place] += by
            losses.append(network.loss_and_gradients(glyphs, labels)[0])
        parameter[place] += 5e-3
        slope = (losses[0] - losses[1]) / 1e-2
        assert gradient[place] == pytest.approx(slope, rel=0.05, abs=1e-3)


def test_the_same_seed_gives_the_same_training():
    glyphs, labels = (np.random.default_rng(1).integers(0, 255, (64, 28, 28), np.uint8), [3] * 64)
    losses = [Training("dense", RATE, glyphs, labels, seed=5).step() for _ in range(2)]
    assert losses[0] == losses[1] != Training("dense", RATE, glyphs, labels, seed=6).step()


def test_digits_are_learned_and_own_samples_with_them(drawn_digits, reader):
    (glyphs, labels), (tests, truths) = mnist_digits()
    training = Training("dense", RATE, glyphs, labels)
    before = (training.answers(tests) == truths).mean()
    for _ in range(150):
        training.step()
    assert before < 0.3 and (training.answers(tests) == truths).mean() > 0.85
    own = reader.read_digit(drawn_digits[7]).glyph
    assert training.add_own(own, 2) == 1  # a person who writes a 2 as others write a 7
    for _ in range(150):
        training.step()
    assert training.averaged.probabilities(own[None])[0].argmax() == 2


def mnist_digits():
    (glyphs, labels), (tests, truths) = mnist("train"), mnist("test")
    return (glyphs[:3000], labels[:3000].astype(int)), (tests[:500], truths[:500])

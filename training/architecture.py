"""The networks that can be trained, as functional Keras models: glyph -> eleven logits."""

import math
from collections.abc import Callable

import keras
from keras import layers

from training.datasets import NONE

SIDE = 28
CLASSES = NONE + 1  # ten digits, and what is none
DROPOUT = 0.1  # before the last layer; augmentation does most of what dropout is for
WEIGHT_DECAY = 1e-2
MOMENTUM = 0.9  # of the batch statistics; with 0.99 a short run would not know its own scale


def convolutional(
    norm: Callable | None = layers.BatchNormalization, width: float = 1
) -> keras.Model:
    """Five convolutions, 196,000 parameters, 15 MFLOP a digit: the network of the page.

    A stride of 2 at the start keeps the cost where numpy can bear it; after that maps get smaller
    by pooling alone, as 3 x 3 kernels with a stride of 1 are those that inkling/winograd.py has
    fast: a stride of 2 in conv5 cost the same, and ten digits a sixth more time. The last layer
    weighs what is seen by its place: a loop speaks for 9 at the top and for 6 at the bottom.
    width multiplies the channels, and its square the cost. norm: the layer after every convolution,
    or None once it is folded into the kernels.
    """
    glyphs = keras.Input((SIDE, SIDE, 1), name="glyphs")
    channels = [round(width * count) for count in (32, 40, 64, 80, 128)]
    x = _convolution(glyphs, channels[0], norm, size=5, stride=2, name="conv1")  # 14 x 14
    x = _convolution(x, channels[1], norm, name="conv2")
    x = layers.MaxPooling2D(name="pool")(x)  # 7 x 7
    x = _convolution(x, channels[2], norm, name="conv3")
    x = _convolution(x, channels[3], norm, name="conv4")
    x = layers.MaxPooling2D(padding="same", name="pool2")(x)  # 4 x 4
    x = _convolution(x, channels[4], norm, name="conv5")
    x = layers.Flatten(name="row")(x)
    return _classified(glyphs, x)


def seed(norm: Callable | None = None) -> keras.Model:
    """The network of the demonstrations that Inkling grew out of, for comparison; no norm."""
    glyphs = keras.Input((SIDE, SIDE, 1), name="glyphs")
    x = glyphs
    for channels in (32, 64):
        x = layers.Conv2D(channels, 3, activation="relu")(x)
        x = layers.MaxPooling2D()(x)
    x = layers.Dense(128, activation="relu")(layers.Flatten()(x))
    return _classified(glyphs, x)


def dense(norm: Callable | None = None) -> keras.Model:
    """Fully connected layers alone, for comparison; no norm."""
    glyphs = keras.Input((SIDE, SIDE, 1), name="glyphs")
    x = layers.Flatten()(glyphs)
    for units in (256, 128):
        x = layers.Dense(units, activation="relu")(x)
    return _classified(glyphs, x)


def mflop(model: keras.Model) -> float:
    """Millions of floating-point operations for one glyph, in kernels; an addition counts too."""
    weighted = [x for x in model.layers if isinstance(x, (layers.Conv2D, layers.Dense))]
    places = (math.prod(layer.output.shape[1:-1]) for layer in weighted)
    kernels = (math.prod(layer.kernel.shape) for layer in weighted)
    return 2e-6 * sum(a * b for a, b in zip(places, kernels, strict=True))


def _convolution(
    x, channels: int, norm: Callable | None, name: str, size: int = 3, stride: int = 1
):
    # Batch normalisation brings its own offset, so the convolution needs none.
    x = layers.Conv2D(channels, size, stride, padding="same", use_bias=norm is None, name=name)(x)
    if norm:
        x = norm(momentum=MOMENTUM, name=f"{name}_norm")(x)
    return layers.ReLU(name=f"{name}_relu")(x)


def _classified(glyphs, x) -> keras.Model:
    x = layers.Dropout(DROPOUT, name="dropout")(x)
    logits = layers.Dense(CLASSES, dtype="float32", name="logits")(x)
    return keras.Model(glyphs, logits, name="inkling")

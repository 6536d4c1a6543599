"""Build the networks as functional Keras models: glyph -> eleven logits."""

import math
from collections.abc import Callable

import keras
from keras import layers

from inkling.network.letter_labels import LABELS
from inkling.results import REJECT

SIDE = 28
CLASSES = REJECT + 1  # ten digits and the reject class
CHANNELS = (32, 40, 64, 80, 128)  # of the page's network's convolutions
DROPOUT = 0.1  # before the last layer; augmentation regularises most
WEIGHT_DECAY = 1e-2
MOMENTUM = 0.9  # of the batch statistics; 0.99 adapts too slowly for a short run


def convolutional(
    norm: Callable | None = layers.BatchNormalization,
    width: float = 1,
    channels: tuple[int, ...] = CHANNELS,
    classes: int = CLASSES,
    name: str = "inkling",
) -> keras.Model:
    """Build the page's network: five convolutions, 196,000 parameters, 15 MFLOP a glyph.

    A stride of 2 at the start keeps the cost low enough for numpy. Later maps shrink by pooling
    alone, as inkling/network/winograd.py speeds up 3 x 3 kernels with a stride of 1. (A stride of 2
    in conv5 made ten digits a sixth slower.) The last layer is dense: a loop means 9 at the top and
    6 at the bottom.

    norm: the layer after every convolution, or None once it is folded into the kernels. width:
    multiplies the channels; the cost grows with its square. channels: of each convolution. classes:
    of the logits.
    """
    glyphs = keras.Input((SIDE, SIDE, 1), name="glyphs")
    channels = [round(width * count) for count in channels]
    x = _convolution(glyphs, channels[0], norm, size=5, stride=2, name="conv1")  # 14 x 14
    x = _convolution(x, channels[1], norm, name="conv2")
    x = layers.MaxPooling2D(name="pool")(x)  # 7 x 7
    x = _convolution(x, channels[2], norm, name="conv3")
    x = _convolution(x, channels[3], norm, name="conv4")
    x = layers.MaxPooling2D(padding="same", name="pool2")(x)  # 4 x 4
    x = _convolution(x, channels[4], norm, name="conv5")
    x = layers.Flatten(name="row")(x)
    return _classify(glyphs, x, classes, name)


def letters(norm: Callable | None = layers.BatchNormalization) -> keras.Model:
    """Build the letter network: as the page's, with 63 classes and fewer channels at the end.

    248,000 parameters: the file stays below 500 KB.
    """
    return convolutional(norm, channels=(32, 40, 64, 80, 96), classes=len(LABELS), name="letters")


def seed(norm: Callable | None = None) -> keras.Model:
    """Build the network of the demonstrations that Inkling started from, for comparison.

    norm is ignored.
    """
    glyphs = keras.Input((SIDE, SIDE, 1), name="glyphs")
    x = glyphs
    for channels in (32, 64):
        x = layers.Conv2D(channels, 3, activation="relu")(x)
        x = layers.MaxPooling2D()(x)
    x = layers.Dense(128, activation="relu")(layers.Flatten()(x))
    return _classify(glyphs, x)


def dense(norm: Callable | None = None) -> keras.Model:
    """Build a network of dense layers alone, for comparison. norm is ignored."""
    glyphs = keras.Input((SIDE, SIDE, 1), name="glyphs")
    x = layers.Flatten()(glyphs)
    for units in (256, 128):
        x = layers.Dense(units, activation="relu")(x)
    return _classify(glyphs, x)


def mflop(model: keras.Model) -> float:
    """Count the kernels' multiplications and additions for one glyph, in millions."""
    weighted = [x for x in model.layers if isinstance(x, (layers.Conv2D, layers.Dense))]
    places = (math.prod(layer.output.shape[1:-1]) for layer in weighted)
    kernels = (math.prod(layer.kernel.shape) for layer in weighted)
    return 2e-6 * sum(a * b for a, b in zip(places, kernels, strict=True))


def _convolution(
    x, channels: int, norm: Callable | None, name: str, size: int = 3, stride: int = 1
):
    # Batch normalisation has its own offset, so the convolution needs no bias.
    x = layers.Conv2D(channels, size, stride, padding="same", use_bias=norm is None, name=name)(x)
    if norm:
        x = norm(momentum=MOMENTUM, name=f"{name}_norm")(x)
    return layers.ReLU(name=f"{name}_relu")(x)


def _classify(glyphs, x, classes: int = CLASSES, name: str = "inkling") -> keras.Model:
    x = layers.Dropout(DROPOUT, name="dropout")(x)
    logits = layers.Dense(classes, dtype="float32", name="logits")(x)
    return keras.Model(glyphs, logits, name=name)

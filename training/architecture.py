"""The networks that can be trained, as functional Keras models: glyph -> ten logits."""

import keras
from keras import layers

SIDE = 28
CLASSES = 10
DROPOUT = 0.1  # before the last layer; augmentation does most of what dropout is for
WEIGHT_DECAY = 1e-2
MOMENTUM = 0.9  # of the batch statistics; with 0.99 a short run would not know its own scale


def convolutional() -> keras.Model:
    """Four convolutions, 109,000 parameters, 15 MFLOP a digit.

    Stride 2 at the full size and a global average at the end keep the cost where numpy can bear
    it: nearly all of it lies in the two convolutions on 7 x 7.
    """
    glyphs = keras.Input((SIDE, SIDE, 1), name="glyphs")
    x = _convolution(glyphs, 32, size=5, stride=2, name="conv1")  # 14 x 14
    x = _convolution(x, 48, name="conv2")
    x = layers.MaxPooling2D(name="pool")(x)  # 7 x 7
    x = _convolution(x, 72, name="conv3")
    x = _convolution(x, 96, name="conv4")
    x = layers.GlobalAveragePooling2D(name="average")(x)
    x = layers.Dropout(DROPOUT, name="dropout")(x)
    return keras.Model(glyphs, layers.Dense(CLASSES, name="logits")(x), name="inkling")


def _convolution(x, channels: int, name: str, size: int = 3, stride: int = 1):
    # Batch normalisation brings its own offset, so the convolution needs none.
    x = layers.Conv2D(channels, size, stride, padding="same", use_bias=False, name=name)(x)
    x = layers.BatchNormalization(momentum=MOMENTUM, name=f"{name}_norm")(x)
    return layers.ReLU(name=f"{name}_relu")(x)

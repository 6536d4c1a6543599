"""The line network as a Keras model: line image -> logits of each character at each step.

Fully convolutional, so a line may be of any width. One step of the output is STEP columns wide.
Trained by connectionist temporal classification (A. Graves et al., ICML 2006).
"""

import keras
import numpy as np
from keras import layers

from inkling.numbers.line_image import HEIGHT
from training.lines.texts import ALPHABET

STEP = 4  # columns of the line image for each step of the output
CLASSES = len(ALPHABET) + 1  # blank is the first
CHANNELS = (24, 32, 48, 64, 96)
CONTEXT = 128  # channels of the layers that look along the line
REACH = 6  # steps to either side that the last of these layers looks at: about two characters
DROPOUT = 0.1


@keras.saving.register_keras_serializable("inkling")
class Taps(keras.constraints.Constraint):
    """Keeps a kernel (1, W, inputs, outputs) zero but for its middle and both ends.

    Does what dilation does. TensorFlow 2.21 cannot fit dilated kernels to lines of changing width:
    "padded_shape is not divisible by block_shape".
    """

    def __init__(self, reach: int):
        self.reach = reach

    def __call__(self, kernel):
        """Return the kernel with zeros between the taps."""
        taps = np.zeros((1, 2 * self.reach + 1, 1, 1), np.float32)
        taps[:, :: self.reach] = 1
        return kernel * taps

    def get_config(self) -> dict:
        """Return what `from_config` takes."""
        return {"reach": self.reach}


def line_network(normalised: bool = True) -> keras.Model:
    """Build the network: (N, 32, W, 1) float32, W a multiple of STEP -> (N, 1, W / STEP, K).

    normalised: with batch normalisation, as it is fitted; False once that is folded into kernels.
    """

    def convolve(x, channels: int, size, name: str, stride=1, padding="same", taps=None):
        options = {"padding": padding, "use_bias": not normalised, "name": name}
        options |= {"kernel_constraint": taps}
        x = layers.Conv2D(channels, size, stride, **options)(x)
        if normalised:
            x = layers.BatchNormalization(momentum=0.97, name=f"{name}_norm")(x)
        return layers.ReLU(name=f"{name}_relu")(x)

    lines = keras.Input((HEIGHT, None, 1), name="lines")
    x = convolve(lines, CHANNELS[0], 5, "conv1", stride=2)  # 16 rows
    x = convolve(x, CHANNELS[1], 3, "conv2")
    x = layers.MaxPooling2D(name="pool1")(x)  # 8 rows
    x = convolve(x, CHANNELS[2], 3, "conv3")
    x = convolve(x, CHANNELS[3], 3, "conv4")
    x = layers.MaxPooling2D((2, 1), name="pool2")(x)  # 4 rows
    x = convolve(x, CHANNELS[4], 3, "conv5")
    x = convolve(x, CONTEXT, (4, 1), "column", padding="valid")  # 1 row
    x = convolve(x, CONTEXT, (1, 5), "along1")
    x = convolve(x, CONTEXT, (1, 5), "along2")
    x = convolve(x, CONTEXT, (1, 2 * REACH + 1), "along3", taps=Taps(REACH))
    x = layers.Dropout(DROPOUT, name="dropout")(x)
    logits = layers.Conv2D(CLASSES, 1, name="logits")(x)
    return keras.Model(lines, logits, name="lines")

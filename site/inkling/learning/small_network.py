"""Small networks of several shapes, from random weights, with their loss and its gradients."""

import copy
from random import Random

import numpy as np

from ..network.layers import softmax
from .trainable_layers import Convolution, Dense, Flatten, Relu

SIDE = 28  # pixels of a glyph
CLASSES = 10
TINY = 1e-7  # keeps logarithms finite
# Each layer: its kind and its numbers, (units,) or (side, stride, filters).
SHAPES = {
    "linear": (("flatten",), ("dense", CLASSES)),
    "dense": (("flatten",), ("dense", 64), ("relu",), ("dense", CLASSES)),
    "conv": (
        ("conv", 5, 2, 16),
        ("relu",),
        ("conv", 3, 2, 32),
        ("relu",),
        ("flatten",),
        ("dense", CLASSES),
    ),
}


class SmallNetwork:
    """A network that learns; `layers` in order."""

    def __init__(self, layers: list):
        self.layers = layers

    @classmethod
    def random(cls, shape: str, seed: int = 1) -> "SmallNetwork":
        """Return a network of one of SHAPES; the same weights for the same seed."""
        random = Random(seed)
        size = (SIDE, SIDE, 1)
        layers = []
        for kind, *numbers in SHAPES[shape]:
            if kind == "conv":
                side, stride, filters = numbers
                kernel = _random_kernel((side, side, size[2], filters), random)
                layers.append(Convolution(kernel, _zeros(filters), (stride, stride)))
                size = (-(-size[0] // stride), -(-size[1] // stride), filters)
            elif kind == "dense":
                kernel = _random_kernel((size[-1], numbers[0]), random)
                layers.append(Dense(kernel, _zeros(numbers[0])))
                size = (numbers[0],)
            elif kind == "flatten":
                layers.append(Flatten())
                size = (int(np.prod(size)),)
            else:
                layers.append(Relu())
        return cls(layers)

    def copy(self) -> "SmallNetwork":
        """Return a network of its own with the same weights."""
        return SmallNetwork(copy.deepcopy(self.layers))

    @property
    def parameters(self) -> list[np.ndarray]:
        """All kernels and biases; they are changed in place."""
        return [array for layer in self.layers for array in layer.parameters]

    def logits(self, glyphs: np.ndarray) -> np.ndarray:
        """Map (N, SIDE, SIDE) float32, 0 to 1, 1 = ink, to logits (N, CLASSES) float32."""
        x = glyphs[..., None]
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def probabilities(self, glyphs: np.ndarray) -> np.ndarray:
        """Map (N, SIDE, SIDE) float32 to (N, CLASSES) float32 that sum to 1."""
        return softmax(self.logits(glyphs))

    def loss_and_gradients(self, glyphs, labels) -> tuple[float, float, list[np.ndarray]]:
        """Return the mean cross-entropy, the accuracy, and the gradient of each parameter.

        glyphs: (N, SIDE, SIDE) float32. labels: (N,) int, 0 to 9.
        """
        probabilities = self.probabilities(glyphs)
        places = np.arange(len(labels)), labels
        loss = float(-np.log(probabilities[places].clip(TINY, 1)).mean())
        right = float((probabilities.argmax(axis=1) == labels).mean())
        gradient = probabilities.copy()
        gradient[places] -= 1
        gradient /= np.float32(len(labels))
        for index in reversed(range(len(self.layers))):
            gradient = self.layers[index].backward(gradient, first=index == 0)
        return loss, right, [array for layer in self.layers for array in layer.gradients]

    def first_filters(self, most: int = 16) -> np.ndarray:
        """Return what the first layer looks for: (up to `most`, h, w) float32."""
        layer = next(layer for layer in self.layers if layer.parameters)
        kernel = layer.parameters[0]
        if kernel.ndim == 2:
            return kernel.T.reshape(-1, SIDE, SIDE)[:most]
        return np.moveaxis(kernel[:, :, 0], -1, 0)[:most]


def _random_kernel(shape, random) -> np.ndarray:
    """Draw random weights, uniform within the limit of X. Glorot, Y. Bengio (AISTATS 2010)."""
    around = int(np.prod(shape[:-2]))
    limit = (6 / (around * (shape[-2] + shape[-1]))) ** 0.5
    count = int(np.prod(shape))  # by Python's generator: the page does not carry numpy's
    numbers = [random.uniform(-limit, limit) for _ in range(count)]
    return np.array(numbers, np.float32).reshape(shape)


def _zeros(count) -> np.ndarray:
    return np.zeros(count, np.float32)

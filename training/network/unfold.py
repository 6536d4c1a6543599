"""Plain layers -> a network with batch normalisation and the same function, to train it further."""

import keras
import numpy as np
from keras import layers


def unfold(model: keras.Model, folded: keras.Model, pictures: np.ndarray) -> None:
    """Give a network with batch normalisation the function of a folded one, to train it further.

    Normalisation takes each layer's mean and variance on `pictures`, (N, H, W, 1), and scales back
    by them. A layer that the folded network lacks passes its input on.
    """
    x = keras.ops.convert_to_tensor(pictures)
    known = {layer.name: layer for layer in folded.layers}
    for layer in model.layers:
        if isinstance(layer, layers.Conv2D):
            old = known.get(layer.name)
            if not layer.use_bias:
                kernel = old.get_weights()[0] if old else _passing(layer)
                bias = old.get_weights()[1] if old else np.zeros(kernel.shape[-1], np.float32)
                layer.set_weights([kernel])
            else:
                layer.set_weights(old.get_weights())
        elif isinstance(layer, layers.Dense):
            layer.set_weights(known[layer.name].get_weights())
        elif isinstance(layer, layers.BatchNormalization):
            values = np.asarray(x).reshape(-1, x.shape[-1])
            mean, variance = values.mean(axis=0), values.var(axis=0)
            scale = np.sqrt(variance + layer.epsilon)
            layer.set_weights([scale, mean + bias, mean, variance])
        if not isinstance(layer, layers.InputLayer):
            x = layer(x, training=False)


def _passing(layer: layers.Conv2D) -> np.ndarray:
    """Return a kernel that passes its input on, with a little noise elsewhere."""
    rows, columns, inputs, outputs = layer.kernel.shape
    kernel = np.random.default_rng(0).normal(0, 0.01, layer.kernel.shape).astype(np.float32)
    kernel[rows // 2, columns // 2] += np.eye(inputs, outputs, dtype=np.float32)
    return np.asarray(layer.kernel_constraint(kernel)) if layer.kernel_constraint else kernel

"""What the export does to a fitted line network."""

import numpy as np

from training.lines.export_model import average
from training.lines.network import line_network


def test_the_mean_of_two_networks_has_the_mean_of_their_weights_in_half_precision():
    one, other = (line_network(normalised=False) for _ in range(2))
    weights = [layer.get_weights() for layer in one.layers]
    average(one, other)
    for layer, before in zip(one.layers, weights, strict=True):
        others = other.get_layer(layer.name).get_weights()
        for mean, first, second in zip(layer.get_weights(), before, others, strict=True):
            assert np.allclose(mean, (first + second) / 2, atol=1e-3)
        for kernel in layer.get_weights()[:1]:
            assert np.array_equal(kernel, kernel.astype(np.float16))

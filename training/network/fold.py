"""Keras network -> layers and plain arrays, as the model file holds them (export/FORMAT.md).

Batch normalisation is folded into the convolution before it, so that the page need not compute it.
"""

import keras
import numpy as np

from inkling.image.glyph import MNIST_FRAME
from inkling.network.model import DIGITS, NONE
from training.learned_numbers import read_numbers


def model_entries(model: keras.Model, record: dict) -> tuple[dict, dict[str, np.ndarray]]:
    """Return the architecture and the arrays that `write_arrays` takes.

    record: the network's constants, as in history.json. The learned numbers come from numbers.json.
    """
    layers, arrays = fold_layers(model)
    architecture = {
        "labels": labels(model),
        "frame": MNIST_FRAME._asdict(),
        "temperature": record["temperature"],
        "threshold": record["threshold"],
        "none_threshold": record["none_threshold"],
        "numbers": read_numbers(),
        "layers": layers,
    }
    return architecture, arrays


def labels(model: keras.Model) -> list[str]:
    """Return the label of each of the model's outputs."""
    return [*DIGITS, NONE][: model.output_shape[-1]]


def fold_layers(model: keras.Model) -> tuple[list[dict], dict[str, np.ndarray]]:
    """Return the layers of a chain of Keras layers, in order, and their float32 arrays by name.

    Raises ValueError for a layer without counterpart in the page.
    """
    steps: list[dict] = []
    arrays: dict[str, np.ndarray] = {}
    for layer in model.layers:
        match layer:
            case keras.layers.InputLayer() | keras.layers.Dropout():
                continue
            case keras.layers.BatchNormalization():
                _fold(layer, steps[-1], arrays)
            case keras.layers.Conv2D() | keras.layers.Dense():
                steps.append(_weighted(layer, arrays))
                steps.extend(_activation(layer))
            case keras.layers.MaxPooling2D():
                window = {"size": list(layer.pool_size), "stride": list(layer.strides)}
                steps.append({"op": "max_pool2d", **window, "padding": layer.padding})
            case keras.layers.GlobalAveragePooling2D():
                steps.append({"op": "global_average_pool"})
            case keras.layers.Flatten():
                steps.append({"op": "flatten"})
            case keras.layers.ReLU():
                steps.append({"op": "relu"})
            case _:
                raise ValueError(
                    f"{type(layer).__name__} has no counterpart in inkling/network/layers.py"
                )
    return steps, arrays


def _weighted(layer, arrays: dict) -> dict:
    kernel, bias = f"{layer.name}.kernel", f"{layer.name}.bias"
    arrays[kernel] = np.asarray(layer.kernel, np.float32)
    offset = np.zeros(arrays[kernel].shape[-1]) if layer.bias is None else layer.bias
    arrays[bias] = np.asarray(offset, np.float32)
    if isinstance(layer, keras.layers.Dense):
        return {"op": "dense", "kernel": kernel, "bias": bias}
    shape = {"stride": list(layer.strides), "padding": layer.padding}
    return {"op": "conv2d", "kernel": kernel, "bias": bias, **shape}


def _activation(layer) -> list[dict]:
    match layer.activation.__name__:
        case "linear":
            return []
        case "relu":
            return [{"op": "relu"}]
    raise ValueError(f"{layer.name}: {layer.activation.__name__} has no counterpart")


def _fold(norm, step: dict, arrays: dict) -> None:
    """Fold gamma (x - mean) / sqrt(variance + epsilon) + beta into the step that makes x."""
    if "kernel" not in step:
        raise ValueError(f"{norm.name} follows {step['op']}; it can be folded into a kernel only")
    gamma, beta, mean, variance = (
        np.asarray(values, np.float64)
        for values in (norm.gamma, norm.beta, norm.moving_mean, norm.moving_variance)
    )
    factor = gamma / np.sqrt(variance + norm.epsilon)
    bias = arrays[step["bias"]]
    arrays[step["kernel"]] = (arrays[step["kernel"]] * factor).astype(np.float32)
    arrays[step["bias"]] = ((bias - mean) * factor + beta).astype(np.float32)

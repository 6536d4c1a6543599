"""Name the layers as the field does, and say in half a sentence what each does.

A module of its own, though short: the diagram, the explorer and the lessons share it.
"""

from ui.browser.i18n import format_number, translate

NAMES = {
    "input": "Glyph",
    "conv2d": "Conv",
    "relu": "ReLU",
    "max_pool2d": "Max pooling",
    "global_average_pool": "Global average pooling",
    "flatten": "Flatten",
    "dense": "Dense",
    "softmax": "Softmax",
}
STRIDE = "stride {stride}"
DOES = {
    "input": "holds the ink of each pixel, 0 to 1.",
    "conv2d": "slides a small kernel over its input and sums the products at each place.",
    "relu": "keeps what is positive and sets the rest to zero.",
    "max_pool2d": "keeps the largest of the values in each window.",
    "global_average_pool": "takes the mean of each map.",
    "flatten": "puts all values in one row.",
    "dense": "sums all its inputs, each times a weight: one score, or logit, for each answer.",
    "softmax": "turns the logits into probabilities that sum to 1.",
}


def layer_name(layer) -> str:
    """Return a layer's name with its window and stride: "Conv 5 × 5, stride 2"."""
    parts = [translate(NAMES.get(str(layer.op), str(layer.op)))]
    if hasattr(layer, "window"):
        parts.append(" × ".join(str(side) for side in layer.window))
    name = " ".join(parts)
    is_strided = str(layer.op) == "conv2d" and max(layer.stride) > 1
    return f"{name}, {translate(STRIDE, stride=layer.stride[0])}" if is_strided else name


def layer_does(layer) -> str:
    """Return half a sentence that goes on from the layer's name."""
    return translate(DOES[str(layer.op)]) if str(layer.op) in DOES else ""


def shape_text(layer) -> str:
    """Return the shape of a layer's output: "14 × 14 × 32"."""
    return " × ".join(format_number(side) for side in layer.shape)

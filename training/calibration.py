"""Confidence that means something: the temperature, and how far confidence is from accuracy."""

import numpy as np

from inkling.layers import softmax

BINS = 15  # as in the paper that made the measure common
TEMPERATURES = np.geomspace(0.25, 4.0, 401)  # 0.7 % apart; the loss is flat at its least


def fitted_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The temperature that makes held-out labels likeliest: logits (N, K), labels (N,) int.

    C. Guo, G. Pleiss, Y. Sun, K. Weinberger, "On calibration of modern neural networks",
    ICML 2017.
    """
    losses = [cross_entropy(softmax(logits, t), labels) for t in TEMPERATURES]
    return float(TEMPERATURES[int(np.argmin(losses))])


def cross_entropy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Mean negative log probability of the true labels, in nats."""
    true = probabilities[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(true, 1e-12)).mean())


def expected_calibration_error(confidences: np.ndarray, right: np.ndarray) -> float:
    """Mean gap between confidence and accuracy over equal bins of confidence, 0 .. 1.

    confidences: (N,) 0 .. 1; right: (N,) bool.
    """
    bins = np.minimum((confidences * BINS).astype(int), BINS - 1)
    gaps = [
        abs(float(confidences[bins == k].mean()) - float(right[bins == k].mean()))
        * float((bins == k).mean())
        for k in np.unique(bins)
    ]
    return float(np.sum(gaps))

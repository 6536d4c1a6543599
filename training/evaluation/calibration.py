"""Calibrate confidence: fit the temperature, and measure how far confidence is from accuracy."""

from typing import NamedTuple

import numpy as np

from inkling.network.layers import softmax

BINS = 15  # as in C. Guo et al.
TEMPERATURES = np.geomspace(0.25, 4.0, 401)  # 0.7 % apart; the loss is flat near its minimum


def fit_temperature(
    logits: np.ndarray,
    labels: np.ndarray,
    shift: np.ndarray | float = 0.0,
    weights: np.ndarray | None = None,
) -> float:
    """Return the temperature with the least cross entropy on validation samples.

    logits: (N, K). labels: (N,) int. shift: (K,) change of the calibrated logits in use. weights:
    (N,) of the samples. C. Guo, G. Pleiss, Y. Sun, K. Weinberger, "On calibration of modern neural
    networks", ICML 2017.
    """
    losses = [cross_entropy(softmax(logits + t * shift, t), labels, weights) for t in TEMPERATURES]
    return float(TEMPERATURES[int(np.argmin(losses))])


def cross_entropy(
    probabilities: np.ndarray, labels: np.ndarray, weights: np.ndarray | None = None
) -> float:
    """Return the mean negative log probability of the true labels, in nats.

    weights: (N,) of the samples; equal by default.
    """
    true = probabilities[np.arange(len(labels)), labels]
    return float(np.average(-np.log(np.maximum(true, 1e-12)), weights=weights))


class Bin(NamedTuple):
    """Answers of similar confidence."""

    confidence: float  # mean, 0 .. 1
    accuracy: float  # share that is right, 0 .. 1
    count: int


def reliability(confidences: np.ndarray, right: np.ndarray) -> list[Bin]:
    """Return the non-empty bins of a reliability diagram, of equal width, by rising confidence.

    confidences: (N,) 0 .. 1; right: (N,) bool. A. Niculescu-Mizil, R. Caruana, "Predicting good
    probabilities with supervised learning", ICML 2005.
    """
    bins = np.minimum((confidences * BINS).astype(int), BINS - 1)
    members = [bins == k for k in np.unique(bins)]
    return [
        Bin(float(confidences[those].mean()), float(right[those].mean()), int(those.sum()))
        for those in members
    ]


def expected_calibration_error(confidences: np.ndarray, right: np.ndarray) -> float:
    """Return the mean gap between confidence and accuracy over bins of equal width, 0 .. 1.

    confidences: (N,) 0 .. 1; right: (N,) bool.
    """
    bins = reliability(confidences, right)
    gaps = [abs(b.confidence - b.accuracy) * b.count for b in bins]
    return float(np.sum(gaps) / max(len(right), 1))


def risk_coverage(confidences: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return coverage and risk for every distinct threshold, by rising coverage.

    Coverage is the share answered, risk the share of the answers that is wrong. R. El-Yaniv, Y.
    Wiener, "On the foundations of noise-free selective classification", JMLR 11, 2010.
    """
    order = np.argsort(-confidences, kind="stable")
    answered = np.arange(1, len(order) + 1)
    # A threshold cannot separate equal confidences: only the last of them counts.
    last = np.append(np.diff(confidences[order]) != 0, True)
    wrong = np.cumsum(~right[order])
    return answered[last] / len(order), wrong[last] / answered[last]


def reject_threshold(reject_probabilities: np.ndarray, share: float) -> float:
    """Return the threshold above which the given share of digits is rejected.

    reject_probabilities: (N,) 0 .. 1, of validation digits.
    """
    return float(np.quantile(reject_probabilities, 1 - share))

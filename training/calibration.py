"""Confidence that means something: the temperature, and how far confidence is from accuracy."""

from typing import NamedTuple

import numpy as np

from inkling.layers import softmax

BINS = 15  # as in the paper that made the measure common
TEMPERATURES = np.geomspace(0.25, 4.0, 401)  # 0.7 % apart; the loss is flat at its least


def fitted_temperature(
    logits: np.ndarray,
    labels: np.ndarray,
    shift: np.ndarray | float = 0.0,
    weights: np.ndarray | None = None,
) -> float:
    """The temperature that makes held-out labels likeliest: logits (N, K), labels (N,) int.

    shift: (K,) what the logarithm of every class's odds changes by in use. weights: (N,) how much
    each sample counts. C. Guo, G. Pleiss, Y. Sun, K. Weinberger, "On calibration of modern neural
    networks", ICML 2017.
    """
    losses = [cross_entropy(softmax(logits + t * shift, t), labels, weights) for t in TEMPERATURES]
    return float(TEMPERATURES[int(np.argmin(losses))])


def cross_entropy(
    probabilities: np.ndarray, labels: np.ndarray, weights: np.ndarray | None = None
) -> float:
    """Mean negative log probability of the true labels, in nats; weights: (N,), else all alike."""
    true = probabilities[np.arange(len(labels)), labels]
    return float(np.average(-np.log(np.maximum(true, 1e-12)), weights=weights))


class Bin(NamedTuple):
    """Answers of like confidence: their mean confidence, the share that is right, how many."""

    confidence: float
    accuracy: float
    count: int


def reliability(confidences: np.ndarray, right: np.ndarray) -> list[Bin]:
    """The bins of a reliability diagram, of equal width, by rising confidence, without empty ones.

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
    """Mean gap between confidence and accuracy over equal bins of confidence, 0 .. 1.

    confidences: (N,) 0 .. 1; right: (N,) bool.
    """
    bins = reliability(confidences, right)
    gaps = [abs(b.confidence - b.accuracy) * b.count for b in bins]
    return float(np.sum(gaps) / max(len(right), 1))


def risk_coverage(confidences: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coverage and risk at every threshold that makes a difference, by rising coverage.

    Coverage is the share answered, risk the share of these that is wrong. R. El-Yaniv, Y. Wiener,
    "On the foundations of noise-free selective classification", JMLR 11, 2010.
    """
    order = np.argsort(-confidences, kind="stable")
    answered = np.arange(1, len(order) + 1)
    # No threshold parts answers of the same confidence: only the last of them counts.
    last = np.append(np.diff(confidences[order]) != 0, True)
    wrong = np.cumsum(~right[order])
    return answered[last] / len(order), wrong[last] / answered[last]


def refusing_threshold(doubts: np.ndarray, refused: float) -> float:
    """The doubt above which answers are withheld so that a share `refused` of them are.

    doubts: (N,) 0 .. 1, the probability of none of held-out digits that should be answered.
    """
    return float(np.quantile(doubts, 1 - refused))

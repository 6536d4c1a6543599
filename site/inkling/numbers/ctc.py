"""Decode the output of a network that was trained by connectionist temporal classification.

A. Graves, S. Fernandez, F. Gomez, J. Schmidhuber, "Connectionist temporal classification", ICML
2006. At each step the network gives a class or blank; equal neighbours merge, blanks go.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

BLANK = 0  # the class of a step that adds no character


class Symbol(NamedTuple):
    """One decoded character."""

    index: int  # its class, never BLANK
    start: int  # the first step with this class
    stop: int  # the one after the last
    probability: float  # 0 .. 1, of the class at its clearest step
    classes: np.ndarray  # (K,) float32, the probability of each class at that step


def decode(probabilities: np.ndarray) -> list[Symbol]:
    """Return the characters of the likeliest path, from left to right.

    probabilities: (T, K) float32, each row sums to 1.
    """
    best = probabilities.argmax(axis=1)
    changes = np.flatnonzero(np.diff(best)) + 1
    bounds = [0, *changes.tolist(), len(best)]
    found = []
    for start, stop in pairwise(bounds):
        index = int(best[start])
        if index != BLANK:
            clearest = probabilities[start + int(probabilities[start:stop, index].argmax())]
            found.append(Symbol(index, start, stop, float(clearest[index]), clearest))
    return found


def log_likelihood(probabilities: np.ndarray, labels: list[int]) -> float:
    """Return the logarithm of the probability of a text: of all paths that decode to it.

    probabilities: (T, K) float32. labels: the text's classes. -inf where no path is long enough.
    """
    classes = np.full(2 * len(labels) + 1, BLANK)
    classes[1::2] = labels
    with np.errstate(divide="ignore"):
        scores = np.log(probabilities[:, classes].astype(np.float64))
    # A path may skip the blank between two characters that differ.
    skips = np.zeros(len(classes), bool)
    skips[3::2] = classes[3::2] != classes[1:-2:2]
    ways = np.full(len(classes), -np.inf)
    ways[:2] = scores[0, :2]
    for row in scores[1:]:
        stay, step = ways, np.append(-np.inf, ways[:-1])
        skip = np.where(skips, np.append([-np.inf, -np.inf], ways[:-2])[: len(ways)], -np.inf)
        ways = np.logaddexp(np.logaddexp(stay, step), skip) + row
    return float(np.logaddexp.reduce(ways[-2:]))

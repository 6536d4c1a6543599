"""The correction of a network's logits for one person's hand.

A glyph is compared with the taught samples and with prototypes of other people's digits. The
measure is the cosine of their features. Where one digit's samples are nearer than other digits' and
other people's, that digit's logit is raised. Elsewhere nothing changes.

It is the rule of the nearest prototype (T. Cover, P. Hart, "Nearest neighbor pattern
classification", IEEE Trans. Information Theory 13(1), 1967) as evidence beside the network's.
docs/teaching.md has the measures that its constants were chosen by.
"""

from typing import NamedTuple

import numpy as np

from .prototypes import DIGITS, Prototypes

GAIN = 30.0  # logits to one unit of the logarithm of a ratio of distances
MAX_RAISE = 5.0  # logits: a surer answer than that is never changed
HEAD_START = 0.2  # log ratio: taught samples count as nearer than prototypes by that
LEAD = 0.2  # log ratio by which the samples of another digit have to be farther
# Of a sample drawn again: only such a one is read though the network refuses it.
SAME_COSINE = 0.85
SAME_LEAD = 0.3  # log ratio
SAME_RAISE = 12.0  # logits
LEAST_DISTANCE = 0.02  # 1 - cosine: nearer than that is no nearer


class Correction(NamedTuple):
    """A person's samples, beside the prototypes."""

    samples: np.ndarray  # (S, F) float32, unit features
    labels: np.ndarray  # (S,) int64, 0 .. 9
    prototypes: Prototypes

    def raises(self, features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return by how much each digit's logit is raised, and whose drawing is a sample's.

        features: (N, F) float32, unit vectors. Returns (N, 10) float32, with at most one value
        above 0 in a row. Also returns (N,) bool: whether a glyph is a taught sample drawn again.
        """
        taught = nearest(features, self.samples, self.labels)
        others = nearest(features, self.prototypes.features, self.prototypes.labels).max(axis=1)
        best, rows = taught.argmax(axis=1), np.arange(len(features))
        cosine = taught[rows, best]
        taught[rows, best] = 0
        distance = _log_distance(cosine)
        lead = _log_distance(others) - distance
        apart = _log_distance(taught.max(axis=1)) - distance
        same = (cosine > SAME_COSINE) & (lead > SAME_LEAD)
        evidence = GAIN * np.minimum(lead + HEAD_START, apart - LEAD)
        raised = np.zeros((len(features), DIGITS), np.float32)
        raised[rows, best] = np.clip(evidence, 0, np.where(same, SAME_RAISE, MAX_RAISE))
        return raised, same


def nearest(features: np.ndarray, others: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the greatest cosine to the others of each digit: (N, 10) float32, 0 where none.

    features (N, F) and others (P, F): unit vectors without negative values. labels: (P,).
    """
    cosines = features @ others.T
    found = np.zeros((len(features), DIGITS), np.float32)
    for digit in range(DIGITS):
        if (labels == digit).any():
            found[:, digit] = cosines[:, labels == digit].max(axis=1)
    return found


def _log_distance(cosines: np.ndarray) -> np.ndarray:
    return np.log(np.maximum(1 - cosines, np.float32(LEAST_DISTANCE)))

"""Score the candidate segments of a line, by the network's probabilities and by their features."""

from typing import NamedTuple

import numpy as np

from ..network.learned_numbers import SegmentFeatures
from ..results import REJECT
from .lattice import Lattice

FLOOR = 1e-4  # least probability of a class: no network is surer


class Evidence(NamedTuple):
    """The evidence on each of a line's n segments."""

    count: int  # fragments of the line
    segments: np.ndarray  # (n, 2) int, each segment's first fragment and the one after its last
    log_probabilities: np.ndarray  # (n, 11) float, of the ten digits and the reject class
    features: np.ndarray  # (n, 11) float, as `SegmentFeatures` lists them


def segment_log_probabilities(probabilities: np.ndarray, reject_odds: float) -> np.ndarray:
    """Turn probabilities of drawings, (n, 10 or 11), into those of segments, (n, 11) float, logs.

    reject_odds: how many times likelier a segment is a reject than a drawing is.
    """
    segments = np.zeros((len(probabilities), REJECT + 1))
    segments[:, : probabilities.shape[1]] = probabilities
    segments[:, REJECT] *= reject_odds
    segments /= segments.sum(axis=1, keepdims=True)
    return np.log(np.maximum(segments, FLOOR))


def score_segments(
    evidence: Evidence, trust: float, digit_costs: SegmentFeatures, reject_costs: SegmentFeatures
) -> Lattice:
    """Return the lattice: trust times log probability, less the costs of the features."""
    scores = trust * evidence.log_probabilities
    digit, reject = (evidence.features @ np.array(costs) for costs in (digit_costs, reject_costs))
    scores[:, :REJECT] -= digit[:, None]
    scores[:, REJECT] -= reject
    return Lattice(evidence.count, evidence.segments, scores)

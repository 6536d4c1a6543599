"""What speaks for each way to see each run of a line: what the network said, and its looks."""

from typing import NamedTuple

import numpy as np

from .lattice import NOTHING, Lattice
from .pieces import A_DIGIT, NO_DIGIT, Weights

TRUST = 0.99  # what a log-probability of the network counts beside the costs of shape and place
FLOOR = 1e-4  # no network is surer than this
# The network expects one drawing in fifty to be no digit; of the runs of a line, most are none. Its
# odds change by as much (M. Saerens et al., see training/train.py). Of 1, 7, 50, 400 and 3,000 this
# made the numbers of training/costs.py likeliest, with weights learnt for each.
NONE_ODDS = 50


class Evidence(NamedTuple):
    """What speaks for each run of a line. count: of pieces. runs: (n, 2) int. seen: (n, 11)
    float, logarithms of probabilities. looks: (n, 11) float, as `Weights` counts."""

    count: int
    runs: np.ndarray
    seen: np.ndarray
    looks: np.ndarray


def in_line(probabilities: np.ndarray) -> np.ndarray:
    """What the network says of drawings, (n, 10 or 11), as it has to be taken for runs of a line:
    (n, 11) float, logarithms."""
    seen = np.zeros((len(probabilities), NOTHING + 1))
    seen[:, : probabilities.shape[1]] = probabilities
    seen[:, NOTHING] *= NONE_ODDS
    seen /= seen.sum(axis=1, keepdims=True)
    return np.log(np.maximum(seen, FLOOR))


def weighed(
    evidence: Evidence, trust: float = TRUST, weights: tuple[Weights, Weights] = (A_DIGIT, NO_DIGIT)
) -> Lattice:
    """The evidence as one score for every way to see every run."""
    scores = trust * evidence.seen
    digit, none = (evidence.looks @ np.array(costs) for costs in weights)
    scores[:, :NOTHING] -= digit[:, None]
    scores[:, NOTHING] -= none
    return Lattice(evidence.count, evidence.runs, scores)

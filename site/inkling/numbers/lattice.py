"""The lattice of a line's candidate segments, and the best path through it.

A line is a sequence of fragments. A segment is a run of neighbouring fragments that may be one
character. A path is a chain of segments that uses every fragment once. The scores of its segments
add up. So dynamic programming finds the best path, and the sum over all paths (R. Casey, E.
Lecolinet, "A survey of methods and strategies in character segmentation", IEEE TPAMI 18(7), 1996;
L. Rabiner, "A tutorial on hidden Markov models", Proc. IEEE 77(2), 1989).
"""

from typing import NamedTuple

import numpy as np

from ..results import REJECT


class Lattice(NamedTuple):
    """A line's candidate segments and their scores."""

    count: int  # fragments of the line
    segments: np.ndarray  # (n, 2) int, each segment's first fragment and the one after its last
    scores: np.ndarray  # (n, 11) float, log likelihoods of the ten digits and the reject class


def best_path(lattice: Lattice) -> tuple[list[int], list[int]]:
    """Return the segments of the best path, from left to right, and the class of each.

    Raises ValueError if no path uses every fragment.
    """
    classes = lattice.scores.argmax(axis=1)
    values = lattice.scores.max(axis=1)
    best = np.full(lattice.count + 1, -np.inf)
    best[0] = 0
    came = np.full(lattice.count + 1, -1)
    for i in _in_order(lattice.segments):
        start, stop = lattice.segments[i]
        if best[start] + values[i] > best[stop]:
            best[stop] = best[start] + values[i]
            came[stop] = i
    _check_complete(lattice.segments, best[-1])
    path, place = [], lattice.count
    while place:  # it ends: segments start before they stop, and only reached ones were continued
        path.append(int(came[place]))
        place = lattice.segments[path[-1], 0]
    path.reverse()
    return path, [int(classes[i]) for i in path]


def log_share(lattice: Lattice, digits: int) -> float:
    """Return the log probability that the line has this count of digits.

    It is the share of the paths with that count in the sum over all paths. Raises ValueError if no
    path uses every fragment.
    """
    by_count = np.full((lattice.count + 1, digits + 1), -np.inf)
    by_count[0, 0] = 0
    total = np.full(lattice.count + 1, -np.inf)
    total[0] = 0
    reject = lattice.scores[:, REJECT]
    digit = np.logaddexp.reduce(lattice.scores[:, :REJECT], axis=1)
    for i in _in_order(lattice.segments):
        start, stop = lattice.segments[i]
        either = np.logaddexp(reject[i], digit[i])
        total[stop] = np.logaddexp(total[stop], total[start] + either)
        by_count[stop] = np.logaddexp(by_count[stop], by_count[start] + reject[i])
        by_count[stop, 1:] = np.logaddexp(by_count[stop, 1:], by_count[start, :-1] + digit[i])
    _check_complete(lattice.segments, total[-1])
    return float(min(0.0, by_count[-1, -1] - total[-1]))


def _check_complete(segments: np.ndarray, reached: float) -> None:
    """Raise ValueError unless every segment leads onwards and a path has reached the line's end.

    reached: the score at the line's end, -inf where no path arrives, NaN for scores out of range.
    """
    if not (segments[:, 0] < segments[:, 1]).all():
        raise ValueError(
            "A segment stops before it has begun; give (first fragment, one after the last)."
        )
    if not np.isfinite(reached):
        raise ValueError("No path uses every fragment; make each fragment alone a segment.")


def _in_order(segments: np.ndarray) -> np.ndarray:
    """Sort segments by their ends: those that end at a fragment precede those that begin there."""
    return np.argsort(segments[:, 1], kind="stable")

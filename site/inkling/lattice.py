"""All the ways to read a line, and the best of them.

A line is a row of pieces. A run of neighbouring pieces may be one digit, or something else; a way
to read the line is a chain of runs that uses every piece once. What each run is worth adds up
along the chain, so the best chain is found by dynamic programming, and so is the sum over all
chains (R. Casey, E. Lecolinet, "A survey of methods and strategies in character segmentation",
IEEE TPAMI 18(7), 1996; L. Rabiner, "A tutorial on hidden Markov models", Proc. IEEE 77(2), 1989).
"""

from typing import NamedTuple

import numpy as np

NOTHING = 10  # the column of a run that is no digit: it adds nothing to the text


class Lattice(NamedTuple):
    """count: of pieces. runs: (n, 2) int, first piece and the one after the last. scores: (n, 11)
    logarithms, for each of the ten digits and for nothing, of how likely that reading of the run
    is, and that there is such a run."""

    count: int
    runs: np.ndarray
    scores: np.ndarray


def best_path(lattice: Lattice) -> tuple[list[int], list[int]]:
    """The runs of the best way to read the line, from left to right, and each one's column."""
    columns = lattice.scores.argmax(axis=1)
    values = lattice.scores.max(axis=1)
    best = np.full(lattice.count + 1, -np.inf)
    best[0] = 0
    came = np.full(lattice.count + 1, -1)
    for i in _in_order(lattice.runs):
        start, stop = lattice.runs[i]
        if best[start] + values[i] > best[stop]:
            best[stop] = best[start] + values[i]
            came[stop] = i
    path, place = [], lattice.count
    while place:
        path.append(int(came[place]))
        place = lattice.runs[path[-1], 0]
    path.reverse()
    return path, [int(columns[i]) for i in path]


def log_share(lattice: Lattice, digits: int) -> float:
    """Logarithm of the probability that there are so many digits: the share that the ways to read
    the line with so many have in all ways."""
    ways = np.full((lattice.count + 1, digits + 1), -np.inf)
    ways[0, 0] = 0
    total = np.full(lattice.count + 1, -np.inf)
    total[0] = 0
    nothing = lattice.scores[:, NOTHING]
    digit = np.logaddexp.reduce(lattice.scores[:, :NOTHING], axis=1)
    for i in _in_order(lattice.runs):
        start, stop = lattice.runs[i]
        either = np.logaddexp(nothing[i], digit[i])
        total[stop] = np.logaddexp(total[stop], total[start] + either)
        ways[stop] = np.logaddexp(ways[stop], ways[start] + nothing[i])
        ways[stop, 1:] = np.logaddexp(ways[stop, 1:], ways[start, :-1] + digit[i])
    return float(min(0.0, ways[-1, -1] - total[-1]))


def _in_order(runs: np.ndarray) -> np.ndarray:
    """Runs by where they end: all that end at a piece come before those that begin after it."""
    return np.argsort(runs[:, 1], kind="stable")

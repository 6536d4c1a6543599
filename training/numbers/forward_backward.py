"""Sum over all paths through a line's lattice, with the forward-backward algorithm.

L. Rabiner, "A tutorial on hidden Markov models", Proc. IEEE 77(2), 1989. A state is a place in the
line and, if the text is given, a place in the text.
"""

import numpy as np

from inkling.numbers.lattice import Lattice
from inkling.results import REJECT

MIN_SCORE = -600.0  # exp of less would underflow a double


def sum_paths(lattice: Lattice, text: str | None = None) -> tuple[float, np.ndarray]:
    """Sum over all paths, or over those that read `text`.

    Returns the logarithm of the sum of their weights, -inf if there is none. Also returns the
    expected use of each segment in each of the 11 classes, (n, 11).
    """
    worth = np.exp(np.maximum(lattice.scores, MIN_SCORE))
    order = np.argsort(lattice.segments[:, 1], kind="stable")
    if text is None:
        stay, go = worth.sum(axis=1), np.zeros((len(worth), 0))
    else:
        digits = np.array([int(digit) for digit in text], int)
        stay, go = worth[:, REJECT], worth[:, digits]
    length = go.shape[1]
    ahead = np.zeros((lattice.count + 1, length + 1))
    ahead[0, 0] = 1
    for run in order:
        start, stop = lattice.segments[run]
        ahead[stop] += ahead[start] * stay[run]
        ahead[stop, 1:] += ahead[start, :-1] * go[run]
    total = ahead[-1, -1]
    counts = np.zeros_like(worth)
    if not total > 0:
        return -np.inf, counts
    back = np.zeros_like(ahead)
    back[-1, -1] = 1 / total
    for run in order[::-1]:
        start, stop = lattice.segments[run]
        back[start] += back[stop] * stay[run]
        back[start, :-1] += back[stop, 1:] * go[run]
    first, last = lattice.segments.T
    stays = (ahead[first] * back[last]).sum(axis=1)
    if text is None:
        return float(np.log(total)), stays[:, None] * worth
    counts[:, REJECT] = stays * stay
    goes = ahead[first, :-1] * back[last, 1:] * go
    for place, digit in enumerate(digits):
        counts[:, digit] += goes[:, place]
    return float(np.log(total)), counts

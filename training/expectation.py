"""Sums over all the ways to read a line: how likely they are together, and what they hold.

Forward and backward sums (L. Rabiner, "A tutorial on hidden Markov models", Proc. IEEE 77(2),
1989), where a state is a place in the line and, if the text is given, one in the text.
"""

import numpy as np

from inkling.lattice import NOTHING, Lattice

DEEPEST = -600.0  # a double's exponent holds no less than e to this, and a number is worth more


def expectation(lattice: Lattice, text: str | None = None) -> tuple[float, np.ndarray]:
    """All ways to read the line, or all that say `text`.

    Returns the logarithm of the sum of what they are worth, -inf if there is none, and how often
    each run is used in each of the 11 ways to see it, (n, 11), on average over them.
    """
    worth = np.exp(np.maximum(lattice.scores, DEEPEST))
    order = np.argsort(lattice.runs[:, 1], kind="stable")
    if text is None:
        stay, go = worth.sum(axis=1), np.zeros((len(worth), 0))
    else:
        digits = np.array([int(digit) for digit in text], int)
        stay, go = worth[:, NOTHING], worth[:, digits]
    length = go.shape[1]
    ahead = np.zeros((lattice.count + 1, length + 1))
    ahead[0, 0] = 1
    for run in order:
        start, stop = lattice.runs[run]
        ahead[stop] += ahead[start] * stay[run]
        ahead[stop, 1:] += ahead[start, :-1] * go[run]
    total = ahead[-1, -1]
    counts = np.zeros_like(worth)
    if not total > 0:
        return -np.inf, counts
    back = np.zeros_like(ahead)
    back[-1, -1] = 1 / total
    for run in order[::-1]:
        start, stop = lattice.runs[run]
        back[start] += back[stop] * stay[run]
        back[start, :-1] += back[stop, 1:] * go[run]
    first, last = lattice.runs.T
    stays = (ahead[first] * back[last]).sum(axis=1)
    if text is None:
        return float(np.log(total)), stays[:, None] * worth
    counts[:, NOTHING] = stays * stay
    goes = ahead[first, :-1] * back[last, 1:] * go
    for place, digit in enumerate(digits):
        counts[:, digit] += goes[:, place]
    return float(np.log(total)), counts

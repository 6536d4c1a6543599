"""Sums over all paths through a lattice, against an enumeration of the paths."""

from itertools import product

import numpy as np
import pytest

from inkling.numbers.lattice import Lattice
from inkling.results import REJECT
from training.numbers.forward_backward import sum_paths

RUNS = np.array([(0, 1), (1, 2), (2, 3), (0, 2), (1, 3)])
CHAINS = [(0, 1, 2), (3, 2), (0, 4)]  # of segments, that use each of the three fragments once


@pytest.fixture(scope="module")
def lattice() -> Lattice:
    scores = np.random.default_rng(0).normal(-2, 2, (len(RUNS), REJECT + 1))
    return Lattice(3, RUNS, scores)


def every_way(lattice, text):
    """Yield (weight, [(segment, class), ...]) of every path that reads `text`, or of all paths."""
    for chain in CHAINS:
        for columns in product(range(REJECT + 1), repeat=len(chain)):
            said = "".join(str(column) for column in columns if column != REJECT)
            if text in (None, said):
                uses = list(zip(chain, columns, strict=True))
                yield np.exp(sum(lattice.scores[use] for use in uses)), uses


@pytest.mark.parametrize("text", [None, "", "4", "47", "444"])
def test_the_sums_are_those_over_every_way_to_read_the_line(lattice, text):
    ways = list(every_way(lattice, text))
    total = sum(worth for worth, _ in ways)
    counts = np.zeros(lattice.scores.shape)
    for worth, uses in ways:
        for use in uses:
            counts[use] += worth / total
    logarithm, found = sum_paths(lattice, text)
    assert logarithm == pytest.approx(np.log(total))
    np.testing.assert_allclose(found, counts, atol=1e-12)


def test_what_no_way_says_is_worth_nothing(lattice):
    logarithm, counts = sum_paths(lattice, "4444")
    assert logarithm == -np.inf and not counts.any()

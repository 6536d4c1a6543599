"""The best way to read a line, against trying every way there is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inkling.numbers.lattice import Lattice, best_path, log_share
from inkling.results import REJECT


@st.composite
def lattices(draw):
    count = draw(st.integers(1, 5))
    pairs = [(a, b) for a in range(count) for b in range(a + 1, count + 1)]
    wanted = [pair for pair in pairs if pair[1] - pair[0] == 1 or draw(st.booleans())]
    seed = draw(st.integers(0, 2**32 - 1))
    scores = np.random.default_rng(seed).normal(0, 2, (len(wanted), REJECT + 1))
    return Lattice(count, np.array(draw(st.permutations(wanted))), scores)


def every_way(lattice: Lattice, place: int = 0):
    """All chains of runs from a place to the end, as lists of indices."""
    if place == lattice.count:
        yield []
    for i, (start, stop) in enumerate(lattice.segments):
        if start == place:
            yield from ([i, *rest] for rest in every_way(lattice, stop))


@settings(max_examples=60, deadline=None)
@given(lattices())
def test_no_way_to_read_the_line_is_better_than_the_best(lattice):
    path, columns = best_path(lattice)
    ways = list(every_way(lattice))
    assert path in ways
    assert columns == [int(lattice.scores[i].argmax()) for i in path]
    best = max(sum(lattice.scores[i].max() for i in way) for way in ways)
    np.testing.assert_allclose(lattice.scores[path, columns].sum(), best)


@settings(max_examples=60, deadline=None)
@given(lattices(), st.integers(0, 5))
def test_the_share_of_a_count_of_digits_is_that_of_all_ways_that_have_it(lattice, digits):
    by_count = np.zeros(lattice.count + 1)
    for way in every_way(lattice):
        counts = np.ones(1)
        for i in way:
            weight = np.exp(lattice.scores[i])
            counts = np.convolve(counts, [weight[REJECT], weight[:REJECT].sum()])
        by_count[: len(counts)] += counts
    expected = by_count[digits] / by_count.sum() if digits < len(by_count) else 0.0
    np.testing.assert_allclose(np.exp(log_share(lattice, digits)), expected, atol=1e-12)


def without(lattice: Lattice, unwanted) -> Lattice:
    """The lattice with those of its runs left out that `unwanted` says of (start, stop)."""
    kept = [i for i, run in enumerate(lattice.segments) if not unwanted(*run)]
    return Lattice(lattice.count, lattice.segments[kept], lattice.scores[kept])


@pytest.mark.parametrize("read", [best_path, lambda lattice: log_share(lattice, 1)])
@pytest.mark.parametrize("piece", [0, 1, 2])
def test_a_lattice_without_a_way_through_one_piece_is_refused_and_does_not_hang(read, piece):
    runs = np.array([(0, 1), (1, 2), (2, 3)])
    whole = Lattice(3, runs, np.zeros((3, REJECT + 1)))
    with pytest.raises(ValueError, match="uses every fragment"):
        read(without(whole, lambda start, _: start == piece))


@pytest.mark.parametrize("read", [best_path, lambda lattice: log_share(lattice, 1)])
def test_a_run_that_leads_nowhere_is_refused(read):
    lattice = Lattice(1, np.array([(0, 1), (1, 1)]), np.zeros((2, REJECT + 1)))
    with pytest.raises(ValueError, match="before it has begun"):
        read(lattice)


def test_scores_that_are_no_numbers_are_refused():
    lattice = Lattice(1, np.array([(0, 1)]), np.full((1, REJECT + 1), np.nan))
    with pytest.raises(ValueError, match="uses every fragment"):
        best_path(lattice)

"""Decoding a line, against listing every path."""

from itertools import groupby, product

import numpy as np
import pytest

from inkling.numbers.ctc import BLANK, decode, log_likelihood


@pytest.fixture
def probabilities():
    given = np.random.default_rng(3).random((6, 4)).astype(np.float32)
    return given / given.sum(axis=1, keepdims=True)


def collapsed(path):
    return [index for index, _ in groupby(path) if index != BLANK]


@pytest.mark.parametrize("labels", [[], [1], [1, 1], [1, 2], [2, 1, 3], [3, 3, 3], [1, 2, 1, 2]])
def test_the_likelihood_of_a_text_is_the_sum_over_every_path_that_gives_it(probabilities, labels):
    steps, classes = probabilities.shape
    total = sum(
        np.prod([probabilities[step, index] for step, index in enumerate(path)])
        for path in product(range(classes), repeat=steps)
        if collapsed(path) == labels
    )
    assert np.exp(log_likelihood(probabilities, labels)) == pytest.approx(total, rel=1e-5)


def test_a_text_that_is_too_long_for_its_line_has_no_likelihood(probabilities):
    assert log_likelihood(probabilities, [1, 1, 1, 1]) == -np.inf


def test_the_decoded_text_is_that_of_the_likeliest_path(probabilities):
    steps, classes = probabilities.shape
    best = max(
        product(range(classes), repeat=steps),
        key=lambda path: np.prod([probabilities[i, index] for i, index in enumerate(path)]),
    )
    assert [symbol.index for symbol in decode(probabilities)] == collapsed(best)


def test_each_character_knows_the_steps_that_say_so():
    sure = np.full((7, 3), 0.05, np.float32)
    for step, index in enumerate([0, 1, 1, 0, 1, 2, 0]):
        sure[step, index] = 0.9
    found = [(symbol.index, symbol.start, symbol.stop) for symbol in decode(sure)]
    assert found == [(1, 1, 3), (1, 4, 5), (2, 5, 6)]

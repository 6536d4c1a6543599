"""Readings in turn: each gets its own answers, and all share their forward passes."""

import numpy as np
import pytest

from inkling.network.in_turn import Question, alone, together


class Doubling:
    """A network that doubles what it is given, and counts its batches."""

    def __init__(self):
        self.batches = []

    def probabilities(self, inputs):
        self.batches.append(len(inputs))
        return 2 * inputs if isinstance(inputs, np.ndarray) else [2 * one for one in inputs]


def adding(network, values, rounds):
    """Ask for the doubles of values, again and again, and return their sum each time."""
    sums = []
    for _ in range(rounds):
        values = yield Question(network, values)
        sums.append(float(np.sum(values)))
    return sums


def test_readings_of_any_length_get_their_own_answers_from_common_batches():
    network = Doubling()
    readings = [adding(network, np.full((count, 2), count), count) for count in (1, 3, 2)]
    assert together(readings) == [[4], [36, 72, 144], [16, 32]]
    assert network.batches == [6, 5, 3]


def test_lists_are_answered_as_arrays_are_and_each_network_by_itself():
    one, other = Doubling(), Doubling()
    lists = [[np.full(width, 1.0) for width in (2, 5)], [np.full(3, 1.0)]]
    readings = [
        adding(one, [np.ones(2)], 1),
        *(adding(other, some, 1) for some in ([lists[1][0]],)),
    ]
    assert together(readings) == [[4], [6]]
    assert one.batches == other.batches == [1]
    sizes = together([_sizes(other, some) for some in lists])
    assert sizes == [[2, 5], [3]] and other.batches == [1, 3]


def _sizes(network, lines):
    answers = yield Question(network, lines)
    return [len(answer) for answer in answers]


def test_what_a_reading_raises_reaches_who_runs_it():
    def failing():
        yield Question(Doubling(), np.ones((1, 1)))
        raise ValueError("too much")

    with pytest.raises(ValueError, match="too much"):
        alone(failing())
    assert together([]) == []

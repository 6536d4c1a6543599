"""Measures of letters, checked on readings whose figures can be counted by hand."""

import numpy as np
import pytest

from inkling.results import Letter
from training.letters.evaluate import Answers, pair_table
from training.letters.samples import REJECT, label_of


def letter(label, **shares):
    """Return a reading with these probabilities of capitals; the rest have none."""
    probabilities = np.zeros(26, np.float32)
    for name, share in shares.items():
        probabilities[ord(name) - ord("A")] = share
    best = float(probabilities.max())
    return Letter(label, best, probabilities, None, np.zeros((28, 28)), alternatives=("C",))


@pytest.fixture
def measured():
    read = [
        letter("c", C=0.9),
        letter("O", O=0.6, Q=0.3),
        letter(None, U=0.25, V=0.2, W=0.19, Y=0.1),
    ]
    return Answers(["C", "Q", "Y"], ["a", "a", "b"], read).measures()


def test_the_first_answer_counts_in_either_case(measured):
    assert measured["accuracy"] == pytest.approx(1 / 3, abs=1e-4)
    assert measured["with_case"] == 0
    assert measured["case_named"] == pytest.approx(1 / 3, abs=1e-4)


def test_a_letter_is_among_the_first_three_unless_three_are_likelier(measured):
    assert measured["among_three"] == pytest.approx(2 / 3, abs=1e-4)


def test_what_is_withheld_is_not_answered_and_no_confusion(measured):
    assert measured["coverage"] == pytest.approx(2 / 3, abs=1e-4)
    assert measured["accuracy_of_answered"] == 0.5
    assert measured["confused"] == [["Q", "O", 1]]
    assert "| Q | O | 1 |" in pair_table({"sets": {"one": measured}})


def test_writers_weigh_the_same(measured):
    assert measured["by_writer"] == 0.25


def test_signs_are_rejects_and_digits_and_letters_are_not():
    assert label_of("%") == REJECT
    assert [label_of(c) for c in "07AZaz"] == [0, 7, 10, 35, 36, 61]

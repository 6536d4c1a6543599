"""How sure the line network is of a line, once the digit network has looked at its characters."""

from pathlib import Path

import numpy as np
import pytest

from inkling import ink_reader
from inkling.image.segment import Part
from inkling.numbers.ctc import log_likelihood
from inkling.numbers.line_network import LineNetwork
from inkling.numbers.read_lines import (
    Character,
    LineReading,
    certainty,
    is_no_digit,
    is_number,
    per_character,
)
from training.evaluation import non_digits

FILE = Path(__file__).resolve().parents[3] / "site" / "model" / "lines.npz"


@pytest.fixture(scope="module")
def network() -> LineNetwork:
    return LineNetwork.load(FILE)


def line(network: LineNetwork, *steps: dict[str, float]) -> LineReading:
    """Return a reading of characters apart, from the probability of each class at its step."""
    characters, rows = [], []
    for classes in steps:
        row = np.full(len(network.alphabet) + 1, 1e-6)
        for text, chance in classes.items():
            row[network.alphabet.index(text) + 1] = chance
        row[0] = 1 - row[1:].sum()
        blank = np.zeros(len(row))
        blank[0] = 1
        rows += [row, blank]
        best = max(classes, key=classes.__getitem__)
        part = Part(np.zeros((1, 1), np.float32), (0, 0, 1, 1))
        characters.append(Character(best, classes[best], row[1:11], part))
    probabilities = np.array(rows, np.float32)
    labels = [network.alphabet.index(read.text) + 1 for read in characters]
    return LineReading(
        characters, float(np.exp(log_likelihood(probabilities, labels))), probabilities
    )


def test_two_surely_rejected_letters_are_no_sure_number_if_named_digits(network):
    letters = line(network, {"?": 0.97, "8": 0.02}, {"?": 0.98, "4": 0.01})
    assert letters.confidence == pytest.approx(0.97 * 0.98, abs=1e-3)
    named = certainty(letters, ["8", "4"], network)
    assert named == pytest.approx(0.02 * 0.01, rel=0.02)
    assert not is_number([named], [["8", "4"]], network)


def test_a_digit_in_place_of_another_leaves_a_line_as_sure_as_it_was(network):
    digits = line(network, {"3": 0.9, "8": 0.05}, {"7": 0.95})
    assert certainty(digits, ["8", "7"], network) == digits.confidence
    assert is_number([digits.confidence], [["8", "7"]], network)


def test_a_reject_that_stays_one_counts_as_it_was_read(network):
    doubtful = line(network, {"1": 0.9}, {"?": 0.9})
    assert certainty(doubtful, ["1", "\N{WHITE SQUARE}"], network) == doubtful.confidence


def test_a_long_line_need_not_be_surer_than_a_short_one():
    assert per_character(0.5**10, 10) == pytest.approx(0.5)
    assert per_character(0.0, 0) == 0.0


def test_a_mark_that_the_line_network_rejects_takes_a_sure_digit_network(network):
    rejected, digit = line(network, {"?": 0.9}), line(network, {"8": 0.9})
    alone = network.rules.alone
    assert is_no_digit([rejected], alone - 0.01, network)
    assert not is_no_digit([rejected], alone, network)
    assert not is_no_digit([digit], 0.1, network)
    assert not is_no_digit([rejected, rejected], 0.1, network)


@pytest.mark.parametrize("seed", [27, 38, 57, 60, 113])
def test_a_scribble_that_the_digit_network_half_takes_for_a_digit_is_no_number(reader, seed):
    scribble = non_digits.picture("scribbles", seed)
    assert reader.read_digit(scribble).label is not None
    reading = reader.read(scribble)
    assert (reading.text, reading.confidence, reading.reason) == ("", 0.0, "not a number")


def test_a_number_is_not_cut_apart(reader, drawn_digits, monkeypatch):
    number = np.hstack([np.asarray(drawn_digits[digit]) for digit in (4, 0, 7)])
    monkeypatch.setattr(ink_reader, "by_cuts_in_turn", None)  # it fails if it is called
    assert reader.read(number).text == "407"


def test_one_plain_digit_is_read_without_the_line_network(reader, drawn_digits, monkeypatch):
    monkeypatch.setattr(ink_reader.by_network, "read_in_turn", None)  # it fails if it is called
    for label in (0, 7):
        reading = reader.read(drawn_digits[label])
        assert reading.text == str(label) and reading.confidence >= ink_reader.CERTAIN
    with pytest.raises(TypeError):
        reader.read(np.hstack([np.asarray(drawn_digits[digit]) for digit in (0, 7)]))

"""Touching digits, cut apart: what the pieces are called, and what they are made of."""

import numpy as np
import pytest

from training import cuts

ZERO = [[[10, 0], [0, 20], [10, 40], [20, 20], [10, 0]]]
SEVEN = [[[0, 0], [20, 0], [8, 40]]]


def pieces(count=60):
    left, right = (
        {"label": str(k), "writer": "w", "strokes": s} for k, s in ((0, ZERO), (7, SEVEN))
    )
    return [cuts.piece(left, right, np.random.default_rng(seed)) for seed in range(count)]


def length(strokes):
    return sum(np.hypot(*np.diff(stroke, axis=0).T).sum() for stroke in strokes)


def test_a_piece_is_one_of_the_two_digits_or_none():
    labels = [piece["label"] for piece in pieces()]
    assert set(labels) == {"0", "7", ""}
    assert 0.25 < labels.count("") / len(labels) < 0.85


@pytest.mark.parametrize("label, strokes", [("0", ZERO), ("7", SEVEN)])
def test_a_piece_that_is_a_digit_has_nearly_all_of_its_ink_and_little_else(label, strokes):
    whole = length([np.array(stroke, float) for stroke in strokes]) / 40  # a height of one
    for piece in pieces():
        if piece["label"] == label:
            assert 0.75 < length(piece["strokes"]) / whole < 1.3  # digits differ in height a little


def test_a_piece_that_is_none_is_wide_enough_not_to_be_a_one():
    for piece in pieces():
        if not piece["label"]:
            wide, high = np.ptp(np.concatenate(piece["strokes"]), axis=0)
            assert wide > 0.2 * high


def test_the_same_cut_is_made_again():
    for one, other in zip(pieces(5), pieces(5), strict=True):
        assert one["label"] == other["label"]
        assert all(map(np.array_equal, one["strokes"], other["strokes"]))

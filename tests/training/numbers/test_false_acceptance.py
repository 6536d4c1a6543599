"""The share of words and scribbles that are read as a number."""

import pytest

from training.evaluation.parallel import readers
from training.numbers import false_acceptance


@pytest.fixture(scope="module")
def pool(trained_model):
    with readers(trained_model, workers=1) as pool:
        yield pool


def test_without_letters_scribbles_alone_are_measured(pool, tmp_path):
    found = false_acceptance.measure(pool, tmp_path, limit=6)
    assert list(found) == ["scribbles"] and found["scribbles"]["pictures"] == 6
    assert 0 <= found["scribbles"]["given"] < 0.5


def test_as_many_words_and_scribbles_are_read_as_are_asked_for(pool, handwriting):
    found = false_acceptance.measure(pool, handwriting, limit=12)
    assert list(found) == list(false_acceptance.WHAT)
    assert all(row["pictures"] == 12 and row["given"] < 0.5 for row in found.values())


def test_the_table_has_a_row_for_each_kind_and_none_is_made_of_nothing():
    card = {"false_acceptance": {"words": {"pictures": 300, "given": 0.25}}}
    assert "| words |" in false_acceptance.table(card) and "**25.00**" in false_acceptance.table(
        card
    )
    assert false_acceptance.table({}) == ""

"""The acceptance of numbers against words and scribbles is fitted on pictures of both."""

import numpy as np
import pytest

from training.evaluation.parallel import load_reader
from training.numbers import acceptance_samples, fit_acceptance


def test_the_weights_give_the_odds_that_the_pictures_have():
    random = np.random.default_rng(0)
    weights, bias = np.array([1.5, -2.0]), 0.5
    seen = random.normal(0, (1, 3), (6_000, 2))
    number = random.random(6_000) < 1 / (1 + np.exp(-(seen @ weights + bias)))
    # Each kind counts the same, whatever its share: here both are half.
    expected = bias - np.log(number.mean() / (1 - number.mean()))
    found = fit_acceptance.fit([seen[number]], [seen[~number]])
    assert found[0] == pytest.approx(weights, abs=0.25)
    assert found[1] == pytest.approx(expected, abs=0.25)


def test_a_kind_counts_the_same_however_many_pictures_it_has():
    random = np.random.default_rng(1)
    true, others = random.normal(1, 1, (200, 1)), random.normal(-1, 1, (200, 1))
    once, often = (fit_acceptance.fit([np.repeat(true, n, axis=0)], [others]) for n in (1, 5))
    assert once[0] == pytest.approx(often[0], abs=1e-2)
    assert once[1] == pytest.approx(often[1], abs=1e-2)


def test_numbers_of_every_sort_and_what_is_none_can_be_drawn(handwriting, monkeypatch):
    monkeypatch.setattr(acceptance_samples, "SOME", 4)
    pens = handwriting / "pen"
    numbers, others = acceptance_samples.numbers(pens), acceptance_samples.no_numbers(pens)
    assert set(others) == {"words", "words_touching", "scribbles"}
    for name, kind in (numbers | others).items():
        picture = np.asarray(kind[0].picture())
        assert picture.ndim in (2, 3) and np.ptp(picture) > 50
        assert kind[0].text.isdigit() if name in numbers else kind[0].text == ""
    assert len(numbers["pages"][0].text) >= 2 * acceptance_samples.LINE[0]


def test_only_numbers_that_are_read_right_are_fitted(trained_model, handwriting, monkeypatch):
    load_reader(trained_model)
    monkeypatch.setattr(acceptance_samples, "SOME", 3)
    number = acceptance_samples.numbers(handwriting / "pen")["spaced"][0]
    assert fit_acceptance._judge(number).sure > 3
    assert fit_acceptance._judge(number._replace(text="0" + number.text)) is None
    assert fit_acceptance._judge(number._replace(text="")) == fit_acceptance._judge(number)

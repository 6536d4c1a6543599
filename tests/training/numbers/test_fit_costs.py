"""The costs of candidate segments are fitted on numbers with known text."""

import numpy as np
import pytest

from inkling.image.components import connected_components
from inkling.numbers.scores import Evidence
from inkling.results import REJECT
from training.learned_numbers import checked_numbers
from training.numbers import fit_costs
from training.numbers.compose import compose
from training.numbers.cost_samples import CostSample

NUMBERS = checked_numbers()
NOW = np.concatenate([[NUMBERS.trust], NUMBERS.digit_costs, NUMBERS.reject_costs])


def cost_sample(seed: int, text: str) -> CostSample:
    """Return two fragments with random probabilities and features."""
    random = np.random.default_rng(seed)
    shares = random.dirichlet(np.ones(REJECT + 1), 3)
    segments = np.array([(0, 1), (1, 2), (0, 2)])
    evidence = Evidence(2, segments, np.log(shares), random.random((3, fit_costs.FEATURES)))
    return CostSample(evidence, text, None)


@pytest.fixture(scope="module")
def samples() -> list[CostSample]:
    return [cost_sample(seed, text) for seed, text in enumerate(("4", "40", "", "7", "77", "1"))]


def test_the_slope_of_the_loss_is_what_a_small_step_changes(samples):
    _, slope = fit_costs.loss_and_slope(samples, NOW)
    for place in range(len(NOW)):
        step = np.zeros(len(NOW))
        step[place] = 1e-5
        up, down = (fit_costs.loss_and_slope(samples, NOW + sign * step)[0] for sign in (1, -1))
        assert slope[place] == pytest.approx((up - down) / 2e-5, rel=1e-4, abs=1e-7)


def test_fitting_makes_the_texts_likelier(samples):
    weights = fit_costs.fit(samples, steps=10)
    assert (
        fit_costs.loss_and_slope(samples, weights)[0]
        < fit_costs.loss_and_slope(samples, fit_costs.START)[0]
    )


def test_a_sign_is_ink_and_no_part_of_the_text():
    stroke = [[(0, 0), (0.1, 0.5), (0, 1)]]
    rows = [{"writer": "a", "label": "1", "strokes": stroke}] * 8
    plain, signed = (compose(rows, 20, (0.1, 0.2), signs=share) for share in (0.0, 1.0))
    assert all(set(number.text) == {"1"} for number in signed)
    marks = [_marks(number.picture()) - len(number.text) for number in signed]
    assert marks == [1] * len(marks)
    assert all(_marks(number.picture()) == len(number.text) for number in plain)


def _marks(picture) -> int:
    pixels = np.asarray(picture) > 127
    return len(connected_components(pixels if pixels.mean() < 0.5 else ~pixels).areas)

"""What the looks of a run cost is learnt from numbers whose text is known."""

import numpy as np
import pytest

from inkling.components import connected_components
from inkling.evidence import TRUST, Evidence
from inkling.lattice import NOTHING
from inkling.pieces import A_DIGIT, NO_DIGIT
from training import costs
from training.lessons import Lesson
from training.numbers import composed

NOW = np.concatenate([[TRUST], A_DIGIT, NO_DIGIT])


def lesson(seed: int, text: str) -> Lesson:
    """Two pieces that the network knows nothing about; where they are cut, ink is crossed."""
    random = np.random.default_rng(seed)
    shares = random.dirichlet(np.ones(NOTHING + 1), 3)
    evidence = Evidence(
        2, np.array([(0, 1), (1, 2), (0, 2)]), np.log(shares), random.random((3, len(A_DIGIT)))
    )
    return Lesson(evidence, text, None)


@pytest.fixture(scope="module")
def taught() -> list[Lesson]:
    return [lesson(seed, text) for seed, text in enumerate(("4", "40", "", "7", "77", "1"))]


def test_the_slope_of_the_loss_is_what_a_small_step_changes(taught):
    _, slope = costs.loss_and_slope(taught, NOW)
    for place in range(len(NOW)):
        step = np.zeros(len(NOW))
        step[place] = 1e-5
        up, down = (costs.loss_and_slope(taught, NOW + sign * step)[0] for sign in (1, -1))
        assert slope[place] == pytest.approx((up - down) / 2e-5, rel=1e-4, abs=1e-7)


def test_fitting_makes_the_texts_likelier(taught):
    weights = costs.fitted(taught, steps=10)
    assert costs.loss_and_slope(taught, weights)[0] < costs.loss_and_slope(taught, costs.START)[0]


def test_a_sign_is_ink_and_no_part_of_the_text():
    stroke = [[(0, 0), (0.1, 0.5), (0, 1)]]
    rows = [{"writer": "a", "label": "1", "strokes": stroke}] * 8
    plain, signed = (composed(rows, 20, (0.1, 0.2), signs=share) for share in (0.0, 1.0))
    assert all(set(number.text) == {"1"} for number in signed)
    marks = [_marks(number.picture()) - len(number.text) for number in signed]
    assert marks == [1] * len(marks)
    assert all(_marks(number.picture()) == len(number.text) for number in plain)


def _marks(picture) -> int:
    pixels = np.asarray(picture) > 127
    return len(connected_components(pixels if pixels.mean() < 0.5 else ~pixels).areas)

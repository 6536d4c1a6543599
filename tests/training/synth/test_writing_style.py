"""Variations of writing style are small, and never turn a digit into another."""

import numpy as np
import pytest

from training.synth import writing_style

SIDE = 100.0  # of every sample here
TURNS = np.linspace(0, 2 * np.pi, 60)
RING = SIDE / 2 * np.stack([1 + np.cos(TURNS), 1 + np.sin(TURNS)], axis=1)
BAR = np.stack([np.full(20, 10.0), np.linspace(0, SIDE, 20)], axis=1)
SEEDS = range(200)


def only(monkeypatch, **shares) -> None:
    """Let only the given variations happen, with the given probabilities."""
    for name in ("HOOKED", "OPENED", "OPENED_8", "FOOTED", "SLASHED"):
        monkeypatch.setattr(writing_style, name, shares.get(name, 0.0))


def length(strokes) -> float:
    return sum(float(np.hypot(*np.diff(stroke, axis=0).T).sum()) for stroke in strokes)


def test_a_hook_is_one_short_line_at_an_end(monkeypatch):
    only(monkeypatch, HOOKED=1.0)
    for seed in SEEDS:
        strokes = writing_style.vary_strokes([RING, BAR], "0", np.random.default_rng(seed))
        longer = length(strokes) - length([RING, BAR])
        assert writing_style.HOOK[0] * SIDE <= longer + 1e-9 <= writing_style.HOOK[1] * SIDE + 1e-6
        assert sum(len(stroke) for stroke in strokes) == len(RING) + len(BAR) + 1


def test_a_hook_leads_back_not_on(monkeypatch):
    only(monkeypatch, HOOKED=1.0)
    for seed in SEEDS:
        (stroke,) = writing_style.vary_strokes([BAR], "1", np.random.default_rng(seed))
        came, went = stroke[-2] - stroke[-3], stroke[-1] - stroke[-2]
        assert came @ went < 0


@pytest.mark.parametrize(
    ("label", "most"), [("0", writing_style.LACK[1]), ("8", writing_style.LACK_OF_8[1])]
)
def test_a_loop_stays_open_by_a_little_and_that_of_an_8_by_more(monkeypatch, label, most):
    only(monkeypatch, OPENED=1.0, OPENED_8=1.0)
    varied = (
        writing_style.vary_strokes([RING], label, np.random.default_rng(seed)) for seed in SEEDS
    )
    lacks = [1 - length(strokes) / length([RING]) for strokes in varied]
    assert writing_style.LACK[0] - 0.01 <= min(lacks) and 0.9 * most < max(lacks) <= most + 0.01


def test_a_slash_rises_to_the_right_and_crosses_the_middle_of_the_zero(monkeypatch):
    only(monkeypatch, SLASHED=1.0)
    for seed in SEEDS:
        ring, slash = writing_style.vary_strokes([RING], "0", np.random.default_rng(seed))
        (left, low), (right, high) = slash  # y points down
        assert np.array_equal(ring, RING) and left < right and low > high
        assert np.hypot(*(slash.mean(axis=0) - SIDE / 2)) < 0.5 * SIDE
        least, most = np.hypot(SIDE, SIDE) * np.array(writing_style.SLASH)
        assert least - 1e-6 <= length([slash]) <= most + 1e-6


@pytest.mark.parametrize("label", ["6", "8", "o", ""])
def test_only_zeros_get_a_slash(monkeypatch, label):
    only(monkeypatch, SLASHED=1.0)
    assert len(writing_style.vary_strokes([RING], label, np.random.default_rng(0))) == 1


@pytest.mark.parametrize("label", ["0", "7", "a", ""])
def test_only_ones_get_a_foot(monkeypatch, label):
    only(monkeypatch, FOOTED=1.0)
    (stroke,) = writing_style.vary_strokes([BAR], label, np.random.default_rng(0))
    assert np.array_equal(stroke, BAR)


def test_a_foot_is_under_the_one_and_a_flag_at_its_top(monkeypatch):
    only(monkeypatch, FOOTED=1.0)
    flags = 0
    for seed in SEEDS:
        stem, foot, *flag = writing_style.vary_strokes([BAR], "1", np.random.default_rng(seed))
        assert np.array_equal(stem, BAR)
        assert foot[0, 0] < 10 < foot[1, 0] and np.abs(foot[:, 1] - SIDE).max() < 0.25 * SIDE
        for line in flag:
            assert np.array_equal(line[1], BAR[0]) and line[0, 0] < 10 and line[0, 1] > 0
        flags += len(flag)
    assert 0 < flags < len(SEEDS)


def test_a_one_that_is_as_wide_as_a_letter_gets_none(monkeypatch):
    only(monkeypatch, FOOTED=1.0)
    assert len(writing_style.vary_strokes([RING], "1", np.random.default_rng(0))) == 1


def test_a_dot_survives_whatever_is_done(monkeypatch):
    only(monkeypatch, HOOKED=1.0, OPENED=1.0, FOOTED=1.0)
    for seed in SEEDS:
        (dot,) = writing_style.vary_strokes([[[3, 4]], []], "", np.random.default_rng(seed))
        assert np.array_equal(dot, [[3, 4]])


def test_most_samples_stay_as_they_were():
    strokes = (
        writing_style.vary_strokes([RING], "0", np.random.default_rng(seed)) for seed in SEEDS
    )
    unchanged = sum(np.array_equal(found[0], RING) for found in strokes)
    assert 0.5 * len(SEEDS) < unchanged < 0.9 * len(SEEDS)

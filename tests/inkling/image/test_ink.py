"""Ink is told from paper whatever the light, the polarity and the tones."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inkling.image.ink import ink_map, otsu
from inkling.image.segment import single

SIDE = 200


def stroke() -> np.ndarray:
    """A ring, (SIDE, SIDE) bool: a mark with an inside, an outside and no straight edge."""
    y, x = np.mgrid[:SIDE, :SIDE]
    radius = np.hypot(y - 90, x - 110)
    return (radius > 40) & (radius < 50)


def agreement(ink: np.ndarray, truth: np.ndarray) -> float:
    """Intersection over union of the ink with the truth."""
    found = ink > 0.5
    return float((found & truth).sum() / (found | truth).sum())


@settings(max_examples=40, deadline=None)
@given(
    paper=st.floats(0.0, 1.0),
    contrast=st.floats(0.1, 1.0),
    darker=st.booleans(),
)
def test_any_two_tones_are_told_apart(paper, contrast, darker):
    ink = paper - contrast if darker else paper + contrast
    if 0 <= ink <= 1:
        light = np.where(stroke(), ink, paper).astype(np.float32)
        assert agreement(ink_map(light), stroke()) > 0.99


@settings(max_examples=30, deadline=None)
@given(
    slope=st.tuples(st.floats(-0.3, 0.3), st.floats(-0.3, 0.3)),
    noise=st.floats(0, 0.02),
    seed=st.integers(0, 2**16),
)
def test_uneven_light_and_grain_are_not_ink(slope, noise, seed):
    y, x = np.mgrid[:SIDE, :SIDE] / SIDE - 0.5
    lamp = 0.65 + slope[0] * y + slope[1] * x
    grain = np.random.default_rng(seed).normal(0, noise, lamp.shape)
    light = np.clip(lamp * np.where(stroke(), 0.4, 1) + grain, 0, 1).astype(np.float32)
    assert agreement(ink_map(light), stroke()) > 0.9


@settings(max_examples=30, deadline=None)
@given(
    radius=st.floats(0.05, 0.27),  # of the picture's side
    slope=st.floats(-0.2, 0.2),
    darker=st.booleans(),
)
def test_a_blot_is_ink_to_its_middle_up_to_a_fifth_of_the_picture(radius, slope, darker):
    y, x = np.mgrid[:SIDE, :SIDE] / SIDE - 0.5
    blot = np.hypot(y, x) < radius
    lamp = 0.6 + slope * x
    light = np.where(blot, lamp - 0.35 if darker else lamp + 0.35, lamp).astype(np.float32)
    assert agreement(ink_map(light), blot) > 0.95


@settings(max_examples=30, deadline=None)
@given(
    tone=st.floats(0.25, 0.75),  # with the slope and the grain, neither black nor white is reached
    slope=st.floats(-0.3, 0.3),
    noise=st.floats(0, 0.02),
    seed=st.integers(0, 2**16),
)
def test_paper_with_nothing_on_it_has_no_ink(tone, slope, noise, seed):
    grain = np.random.default_rng(seed).normal(0, noise, (SIDE, SIDE))
    lamp = tone + slope * (np.arange(SIDE) / SIDE - 0.5)
    light = (lamp + grain).astype(np.float32)
    assert single(ink_map(light)) is None


@settings(max_examples=30, deadline=None)
@given(
    depth=st.floats(0.2, 0.55),
    angle=st.floats(0, 2 * np.pi),
    offset=st.floats(-0.1, 0.15),
    softness=st.sampled_from([0.002, 0.01, 0.05]),
)
def test_a_shadow_across_the_paper_is_not_ink(depth, angle, offset, softness):
    y, x = np.mgrid[:SIDE, :SIDE] / SIDE - 0.5
    beyond = (x * np.cos(angle) + y * np.sin(angle) - offset) / softness
    shade = 1 - depth / (1 + np.exp(-np.clip(beyond, -50, 50)))
    light = (0.85 * np.where(stroke(), 0.2, 1) * shade).astype(np.float32)
    part, found = single(ink_map(light)), np.zeros(light.shape, np.float32)
    left, top, right, bottom = part.box
    found[top:bottom, left:right] = part.ink
    assert agreement(found, stroke()) > 0.85


@pytest.mark.parametrize("side", range(4))
def test_a_table_beside_the_paper_is_not_the_digit(side):
    light = np.where(stroke(), 0.15, 0.85)
    np.rot90(light, side)[:25] = 0.3  # a view: the table lies on each side in turn
    left, top, right, bottom = single(ink_map(light.astype(np.float32))).box
    assert (left, top) > (55, 35) and right < 165 and bottom < 145


@settings(max_examples=20, deadline=None)
@given(noise=st.floats(0.005, 0.02), seed=st.integers(0, 2**16))
def test_faint_pencil_is_seen_through_noise(noise, seed):
    grain = np.random.default_rng(seed).normal(0, noise, (SIDE, SIDE))
    light = (0.85 - 0.07 * stroke() + grain).astype(np.float32)
    part = single(ink_map(light))
    assert part is not None
    assert np.abs(np.array(part.box) - (60, 40, 161, 141)).max() <= 4


@settings(max_examples=20, deadline=None)
@example(level=0.0078, noise=0.0195, seed=1)  # most of it is one tone, and there is no second
@given(level=st.floats(0, 0.05), noise=st.floats(0.01, 0.06), seed=st.integers(0, 2**16))
def test_noise_clipped_at_black_is_not_ink(level, noise, seed):
    grain = np.random.default_rng(seed).normal(level, noise, (480, 640))
    assert single(ink_map(np.clip(grain, 0, 1).astype(np.float32))) is None


@pytest.mark.parametrize("dark", [True, False])
def test_the_polarity_can_be_said_instead_of_guessed(dark):
    light = np.where(stroke(), 0.0 if dark else 1.0, 0.5).astype(np.float32)
    assert agreement(ink_map(light, dark_ink=dark), stroke()) > 0.99
    assert not (ink_map(light, dark_ink=not dark) > 0.5)[stroke()].any()


def test_a_tiny_bitmap_that_ink_fills_to_its_edges_keeps_its_polarity():
    bitmap = np.zeros((16, 16), np.float32)
    bitmap[:, 5:11] = 1
    bitmap[:3] = 1
    assert agreement(ink_map(bitmap), bitmap > 0) == 1


@pytest.mark.parametrize("spread", [0, 1e-8, 1e-6])
def test_paper_that_is_even_but_for_rounding_has_no_ink(spread):
    rounding = np.random.default_rng(0).uniform(-spread, spread, (SIDE, SIDE))
    light = (0.5 + rounding).astype(np.float32)
    assert otsu(light) == light.max()
    assert not ink_map(light).any()


@pytest.mark.parametrize("shape", [(4, 103), (103, 4), (4, 800)])
def test_a_narrow_strip_is_no_obstacle(shape):
    light = np.random.default_rng(0).random(shape).astype(np.float32)
    for strip in (light, np.ones(shape, np.float32)):
        ink = ink_map(strip)
        assert np.isfinite(ink).all() and ink.min() >= 0 and ink.max() <= 1


def test_otsu_splits_two_groups_between_them():
    values = np.concatenate([np.random.default_rng(0).normal(m, 0.02, 500) for m in (0.2, 0.7)])
    assert 0.3 < otsu(values) < 0.6


@pytest.mark.parametrize(("softness", "contrast"), [(2.5, 0.15), (3, 0.2)])
def test_a_soft_stroke_on_a_small_photograph_is_no_noise(softness, contrast):
    y, x = np.mgrid[:20, :18].astype(np.float32)
    ring = np.exp(-(((np.hypot((y - 9.5) / 1.2, x - 8.5) - 5) / softness) ** 2))
    shade = 0.075 * (((y - 9.5) / 10) ** 2 + ((x - 8.5) / 9) ** 2)
    ink = ink_map(np.float32(0.6 - shade - contrast * ring))
    assert (ink[ring > 0.8] > 0.5).all()
    assert not (ink[ring < 0.2] > 0.5).any()

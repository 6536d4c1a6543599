"""Disturbances do what their names and values say, and nothing at their neutral value."""

import numpy as np
import pytest
from PIL import Image

from training.evaluation import canvas
from training.evaluation.disturbances import DISTURBANCES, disturb

BAR = (130, 60, 150, 220)  # a level-sided stroke: left, top, right, bottom
LOSSY = {"JPEG"}  # cannot do nothing, even at its best


@pytest.fixture(scope="module")
def bar() -> Image.Image:
    page = Image.new("L", (canvas.SIDE, canvas.SIDE), 255)
    page.paste(0, BAR)
    return page


def ink(picture: Image.Image) -> np.ndarray:
    return 1 - np.asarray(picture, float) / 255


def box(picture: Image.Image) -> tuple[int, int, int, int]:
    return picture.point(lambda value: 255 if value < 128 else 0).getbbox()


@pytest.mark.parametrize("name", DISTURBANCES)
def test_the_neutral_value_leaves_a_picture_as_it_is(bar, name):
    found = DISTURBANCES[name]
    assert found.neutral in found.values
    assert disturb(bar, name, found.neutral, 3) is bar
    applied = found.apply(bar, found.neutral, np.random.default_rng(3))
    np.testing.assert_allclose(ink(applied), ink(bar), atol=0.02 if name in LOSSY else 1e-9)


@pytest.mark.parametrize("name", DISTURBANCES)
def test_every_other_value_changes_it_reproducibly(bar, name):
    found = DISTURBANCES[name]
    for value in set(found.values) - {found.neutral}:
        once, again = (ink(disturb(bar, name, value, 3)) for _ in range(2))
        assert np.array_equal(once, again)
        assert np.abs(once - ink(bar)).max() > 0.005, value


def test_a_shift_moves_the_ink_by_so_much_of_the_page(bar):
    moved = np.array(box(disturb(bar, "shift", 10, 1))) - np.array(BAR)
    assert np.hypot(*moved[:2]) == pytest.approx(0.1 * canvas.SIDE, abs=1)
    assert moved[:2] == pytest.approx(moved[2:], abs=1)


def test_a_rotation_turns_the_ink_by_so_many_degrees(bar):
    y, x = np.nonzero(ink(disturb(bar, "rotation", 30, 1)) > 0.5)
    across, down = np.linalg.eigh(np.cov(x, y))[1][:, -1]
    assert np.degrees(np.arctan2(abs(across), abs(down))) == pytest.approx(30, abs=1)


def test_a_smaller_scale_shrinks_page_and_ink_alike(bar):
    left, top, right, bottom = box(disturb(bar, "scale", 25, 1))
    assert (right - left, bottom - top) == pytest.approx((10, 80), abs=1)


@pytest.mark.parametrize("wider", [-10, -6, 8, 24])
def test_strokes_get_so_many_pixels_wider(bar, wider):
    left, _, right, _ = box(disturb(bar, "thickness", wider, 1))
    assert right - left == 20 + wider


def test_a_thickened_dot_is_round_but_for_its_corners():
    dot = Image.new("L", (61, 61), 255)
    dot.putpixel((30, 30), 0)
    grown = ink(DISTURBANCES["thickness"].apply(dot, 40, np.random.default_rng(0)))
    y, x = np.nonzero(grown)
    reach = np.hypot(x - 30, y - 30)
    assert reach.max() < 1.12 * 20 and len(reach) > 0.9 * np.pi * 20**2


def test_blur_spreads_ink_and_loses_none(bar):
    blurred = ink(disturb(bar, "blur", 9, 1))
    assert blurred.sum() == pytest.approx(ink(bar).sum(), rel=0.02)
    assert blurred.max() < 0.9


def test_noise_has_the_stated_deviation():
    grey = Image.new("L", (200, 200), 128)
    noise = np.asarray(disturb(grey, "noise", 0.1, 1), float) / 255
    assert noise.std() == pytest.approx(0.1, rel=0.03)


def test_faded_ink_has_the_stated_strength(bar):
    assert ink(disturb(bar, "contrast", 0.2, 1)).max() == pytest.approx(0.2, abs=1 / 255)


def test_ruled_lines_cross_the_page_at_even_distances():
    page = Image.new("L", (canvas.SIDE, canvas.SIDE), 255)
    lines = ink(disturb(page, "ruled lines", 0.4, 1))
    assert lines.max() == pytest.approx(0.4, abs=1 / 255)
    assert np.ptp(lines, axis=1).max() == 0
    assert len(np.flatnonzero(np.diff(lines[:, 0]) > 0)) in (7, 8)


def test_a_shadow_darkens_half_of_the_page():
    page = Image.new("L", (canvas.SIDE, canvas.SIDE), 255)
    shade = ink(disturb(page, "shadow", 0.5, 1))
    assert shade.max() == pytest.approx(0.5, abs=1 / 255) and shade.min() == 0
    assert (shade > 0.25).mean() == pytest.approx(0.5, abs=0.01)

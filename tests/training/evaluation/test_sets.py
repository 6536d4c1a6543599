"""The development sets: pictures as a person would give them, the same ones every time."""

import numpy as np
import pytest

from inkling.results import REJECT
from training.data.datasets import mnist
from training.evaluation import canvas, non_digits
from training.evaluation import sets as development

LEVEL = [[[0.0, 5.0], [10.0, 5.0]]]


def strength(picture) -> np.ndarray:
    """Return the ink, (H, W) 0 .. 1, of dark-on-light and of light-on-dark pictures."""
    light = np.asarray(picture, float) / 255
    return light if np.median(light) < 0.5 else 1 - light


def test_a_drawn_stroke_is_as_wide_as_the_brush_and_stays_on_the_canvas():
    for seed in range(40):
        drawn = strength(canvas.draw_on_canvas(LEVEL, seed))
        assert drawn.shape == (canvas.SIDE, canvas.SIDE)
        rows, columns = np.nonzero(drawn > 0.5)
        low, high = canvas.BRUSH
        assert low - 1 <= np.ptp(rows) + 1 <= high + 1
        share = (np.ptp(columns) + 1) / canvas.SIDE
        assert canvas.HEIGHT[0] - 0.01 <= share <= canvas.HEIGHT[1] + 0.01


def test_a_quarter_of_the_drawings_is_white_on_black():
    dark = [np.median(canvas.draw_on_canvas(LEVEL, seed)) < 128 for seed in range(400)]
    assert np.mean(dark) == pytest.approx(canvas.WHITE_INK, abs=0.06)


def test_a_drawing_depends_on_its_seed_alone():
    once, again, other = (np.asarray(canvas.draw_on_canvas(LEVEL, seed)) for seed in (1, 1, 2))
    assert np.array_equal(once, again) and not np.array_equal(once, other)


def test_an_enlarged_glyph_lies_dark_in_the_middle_of_the_page():
    pictures, _ = mnist("test")
    rows, columns = np.nonzero(strength(canvas.glyph_page(pictures[0])) > 0.5)
    height = max(np.ptp(rows), np.ptp(columns)) / canvas.SIDE
    assert height == pytest.approx(canvas.PAGE_HEIGHT, abs=0.03)
    assert (rows.mean(), columns.mean()) == pytest.approx((140, 140), abs=8)


def test_mnist_is_measured_whole_and_as_it_is():
    samples = development.mnist()
    pictures, labels = mnist("test")
    assert [sample.label for sample in samples] == labels.tolist()
    assert np.array_equal(samples[123].picture(), pictures[123])


@pytest.mark.parametrize("kind", non_digits.KINDS)
def test_pictures_without_a_digit_depend_on_their_seed_alone(kind):
    once, again, other = (np.asarray(non_digits.picture(kind, seed)) for seed in (1, 1, 2))
    assert np.array_equal(once, again) and not np.array_equal(once, other)


def test_only_blank_paper_has_no_ink(reader):
    for kind in non_digits.KINDS:
        found = {reader.read_digit(non_digits.picture(kind, seed)).reason for seed in range(4)}
        assert (found == {"no ink"}) == (kind == "blank"), kind


def test_sets_that_are_not_there_are_left_out(tmp_path):
    assert development.load_sets(development.DIGIT_SETS, None) == {}
    assert development.load_sets(development.DIGIT_SETS, tmp_path) == {}


def test_every_set_of_real_handwriting_can_be_read(handwriting, reader):
    sets = development.DIGIT_SETS | development.LETTER_SETS
    found = development.load_sets(sets, handwriting, 3)
    assert list(found) == list(sets)
    for samples in found.values():
        assert len(samples) == 3
        assert all(reader.read_digit(sample.picture()).box for sample in samples)
    assert {sample.label for sample in found[development.LETTERS]} == {REJECT}

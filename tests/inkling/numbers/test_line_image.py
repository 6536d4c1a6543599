"""A line is brought to one height by its digits, so that signs keep their place."""

import numpy as np
import pytest

from inkling.numbers.line_image import (
    DIGIT_HEIGHT,
    HEIGHT,
    MARGIN,
    MAX_WIDTH,
    Band,
    digit_band,
    line_image,
)


def test_low_signs_do_not_move_the_band_of_digits():
    digits = [[0, 20, 30, 60], [40, 22, 70, 61], [80, 20, 110, 60]]
    dot, comma = [72, 55, 78, 60], [112, 52, 118, 70]
    assert digit_band(np.array(digits)) == digit_band(np.array([*digits, dot, comma]))


@pytest.mark.parametrize("size", [12, 40, 150])
def test_digits_are_of_one_height_in_the_middle_whatever_their_size(size):
    ink = np.zeros((3 * size, 4 * size), np.float32)
    ink[size : 2 * size, size : 2 * size] = 1
    image = line_image(ink, Band(size, 2 * size), size, 2 * size)
    rows = np.flatnonzero(image.pixels.max(axis=1) > 0.5)
    assert image.pixels.shape == (HEIGHT, DIGIT_HEIGHT + 2 * MARGIN)
    assert abs(len(rows) - DIGIT_HEIGHT) <= 1
    assert abs((rows[0] + rows[-1] + 1) / 2 - HEIGHT / 2) <= 0.5


def test_columns_lead_back_to_the_ink_map():
    ink = np.zeros((80, 300), np.float32)
    ink[20:60, 200:210] = 1
    image = line_image(ink, Band(20, 60), 50, 250)
    columns = np.flatnonzero(image.pixels.max(axis=0) > 0.5)
    assert image.left + columns[0] * image.scale == pytest.approx(200, abs=image.scale)
    assert image.left + (columns[-1] + 1) * image.scale == pytest.approx(210, abs=image.scale)


def test_a_line_at_the_edge_is_given_blank_paper():
    ink = np.ones((40, 60), np.float32)
    image = line_image(ink, Band(0, 40), 0, 60)
    assert image.pixels[:2].max() == 0 and image.pixels[:, :MARGIN].max() <= 0.5


@pytest.mark.parametrize("band", [Band(-60, -40), Band(120, 140)])
def test_a_band_beyond_the_picture_is_blank_paper(band):
    assert not line_image(np.ones((80, 60), np.float32), band, 0, 60).pixels.any()


def test_the_longest_line_is_bounded():
    ink = np.zeros((20, 30_000), np.float32)
    assert line_image(ink, Band(5, 15), 0, 30_000).pixels.shape[1] <= MAX_WIDTH

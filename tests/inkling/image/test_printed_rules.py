"""The rule that a row of digits stands on goes, and the digits keep their feet."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from inkling.image.ink import ink_map
from inkling.image.lightness import grey
from inkling.image.printed_rules import erase_rules

WIDTH, HEIGHT = 300, 90
PAPER, INK, RULE = 200, 60, 40
RINGS = [(20, 12, 80, 76), (110, 12, 170, 76), (200, 12, 260, 76)]
GAPS = np.r_[0:17, 84:107, 174:197, 264:WIDTH]  # columns between the rings


def rings(boxes=RINGS) -> Image.Image:
    """Draw a row of zeros on grey paper."""
    picture = Image.new("L", (WIDTH, HEIGHT), PAPER)
    for box in boxes:
        ImageDraw.Draw(picture).ellipse(box, outline=INK, width=6)
    return picture


def ruled(picture: Image.Image, y: int, tilt: int = 0) -> Image.Image:
    """Draw a rule from edge to edge."""
    copy = picture.copy()
    ImageDraw.Draw(copy).line([(-1, y), (WIDTH, y + tilt)], fill=RULE, width=3)
    return copy


def paper(picture: Image.Image) -> np.ndarray:
    """Return a soft and noisy photograph's ink."""
    noise = np.random.default_rng(7).normal(0, 2, (HEIGHT, WIDTH))
    soft = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.7)), np.float32)
    return ink_map(grey(Image.fromarray(np.clip(soft + noise, 0, 255).astype(np.uint8))))


@pytest.mark.parametrize("y, tilt", [(80, 0), (84, 0), (76, 0), (80, 5), (84, -6)])
def test_digits_keep_their_feet_where_they_stand_on_a_rule(y, tilt):
    plain, ink = paper(rings()), paper(ruled(rings(), y, tilt))
    assert not (ink[:, GAPS] > 0.4).any()
    feet = plain[70:76] > 0.8
    assert (ink[70:76][feet] > 0.4).mean() > 0.95


def test_a_stroke_that_crosses_the_rule_stays_whole():
    row = rings(RINGS[:2])
    ImageDraw.Draw(row).line([(245, 12), (225, HEIGHT - 4)], fill=INK, width=6)
    stroke = Image.new("L", row.size)
    ImageDraw.Draw(stroke).line([(245, 16), (226, HEIGHT - 8)], fill=1, width=2)
    ink = paper(ruled(row, 72))
    assert ink[np.asarray(stroke) > 0].mean() > 0.9


def test_a_rule_above_the_digits_goes_as_well():
    ink = paper(ruled(rings(), 8))
    assert not (ink[:, GAPS] > 0.4).any()


def test_what_lies_below_the_rule_goes_with_it():
    row = ruled(rings(), 78)
    ImageDraw.Draw(row).line([(90, 86), (100, 86)], fill=INK, width=5)
    assert not (paper(row)[:, GAPS] > 0.4).any()


def test_a_row_of_flat_zeros_is_no_rule():
    flat = [(left, 40, left + 58, 80) for left in range(2, WIDTH - 60, 59)]
    ink = np.zeros((HEIGHT, WIDTH), np.float32)
    ink[np.asarray(rings(flat)) < 100] = 1
    assert erase_rules(ink) is ink


def test_dashes_in_a_row_are_no_rule():
    ink = np.zeros((HEIGHT, WIDTH), np.float32)
    for left in range(10, WIDTH - 40, 60):
        ink[60:64, left : left + 40] = 1
    assert erase_rules(ink) is ink


@pytest.mark.parametrize("shape", [(1, 1), (1, 90), (2, 90), (13, 40)])
def test_pictures_of_any_shape_are_looked_at(shape):
    noise = np.random.default_rng(3).random(shape, np.float32)
    assert erase_rules(noise).shape == shape

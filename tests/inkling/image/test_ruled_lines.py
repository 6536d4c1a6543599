"""Printed lines go, the digit stays: paper and digits are drawn by Pillow, not by our own code."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from inkling.image.ink import ink_map
from inkling.image.lightness import grey
from inkling.image.ruled_lines import cannot_be_ruled, remove_ruled_lines
from inkling.image.segment import single

SIDE, PEN = 400, 16
PAPER, BLACK = (236, 234, 228), (30, 30, 40)
PRINTED = {"grey": (185, 185, 185), "blue": (140, 175, 230), "red": (230, 140, 140)}
SHAPES = {
    1: [(205, 110), (200, 290)],
    4: [(185, 110), (140, 215), (265, 210), (240, 140), (235, 300)],
    5: [(260, 110), (160, 115), (155, 190), (235, 195), (250, 260), (150, 285)],
    7: [(140, 115), (260, 110), (180, 295)],
}


def written(digit: int, page: Image.Image, ink=BLACK, pen: int = PEN) -> Image.Image:
    ImageDraw.Draw(page).line(SHAPES[digit], fill=ink, width=pen, joint="curve")
    return page


def ruled(pitch: int, width: int, tone, tilt: float = 0, both: bool = False) -> Image.Image:
    """Paper with lines `pitch` pixels apart that rise by `tilt` of their length."""
    page = Image.new("RGB", (SIDE, SIDE), PAPER)
    draw = ImageDraw.Draw(page)
    for start in range(-SIDE // 4, SIDE * 5 // 4, pitch):
        draw.line([(-5, start), (SIDE + 5, start - tilt * SIDE)], fill=tone, width=width)
        if both:
            draw.line([(start, -5), (start + tilt * SIDE, SIDE + 5)], fill=tone, width=width)
    return page


def agreement(page: Image.Image, digit: int) -> float:
    """Intersection over union of the ink that is read with the digit on blank paper."""
    ink = ink_map(grey(page))
    part, found = single(ink), np.zeros(ink.shape, bool)
    left, top, right, bottom = part.box
    found[top:bottom, left:right] = part.ink > 0.5
    truth = np.asarray(written(digit, Image.new("L", (SIDE, SIDE), 0), 255)) > 127
    return float((found & truth).sum() / (found | truth).sum())


@settings(max_examples=25, deadline=None)
@given(
    digit=st.sampled_from(sorted(SHAPES)),
    tone=st.sampled_from(sorted(PRINTED)),
    pitch=st.integers(50, 120),
    width=st.integers(1, 6),
    tilt=st.floats(-0.06, 0.06),
    both=st.booleans(),
)
def test_ruled_and_graph_paper_go_and_the_digit_stays(digit, tone, pitch, width, tilt, both):
    page = written(digit, ruled(pitch, width, PRINTED[tone], tilt, both))
    assert agreement(page, digit) > 0.85


@pytest.mark.parametrize("digit", [4, 7])
@pytest.mark.parametrize("both", [False, True])
def test_lines_as_dark_as_the_pen_go_too(digit, both):
    assert agreement(written(digit, ruled(90, 3, BLACK, 0.01, both)), digit) > 0.85


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("tone", sorted(PRINTED))
def test_ruled_paper_with_nothing_on_it_has_no_ink(tone, both):
    assert single(ink_map(grey(ruled(60, 3, PRINTED[tone], 0.02, both)))) is None


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("cut", range(0, 90, 9))
def test_a_line_along_the_border_of_bare_ruled_paper_is_not_ink(cut, both):
    page = ruled(90, 3, PRINTED["blue"], 0.02, both)
    assert single(ink_map(grey(page.crop((cut, cut, 300 + cut, 300 + cut))))) is None


@pytest.mark.parametrize("digit", sorted(SHAPES))
@pytest.mark.parametrize("tone", [190, 225, 242])
def test_the_dots_of_a_dithered_scan_are_not_ruling(digit, tone):
    scan = written(digit, Image.new("L", (SIDE, SIDE), tone), 0).convert("1")
    ink = 1 - np.asarray(scan, np.float32)
    assert np.array_equal(remove_ruled_lines(ink, 0.0), ink)


@pytest.mark.parametrize("digit", sorted(SHAPES))
@pytest.mark.parametrize("pen", [3, PEN])
def test_a_clean_picture_is_left_as_it_is(digit, pen):
    drawn = written(digit, Image.new("L", (SIDE, SIDE), 0), 255, pen)
    ink = np.asarray(drawn, np.float32) / 255
    assert np.array_equal(remove_ruled_lines(ink, 0.0), ink)


@pytest.mark.parametrize("digit", sorted(SHAPES))
@pytest.mark.parametrize("pen", [4, PEN])
def test_a_digit_that_fills_its_picture_loses_no_stroke(digit, pen):
    drawn = written(digit, Image.new("L", (SIDE, SIDE), 0), 255, pen)
    tight = drawn.crop(drawn.getbbox())
    ink = np.asarray(tight, np.float32) / 255
    assert np.array_equal(remove_ruled_lines(ink, 0.0), ink)


@pytest.mark.parametrize("gap", [25, 30, 35])
def test_the_bars_of_4s_in_a_row_are_not_a_printed_line(gap):
    page = Image.new("L", (6 * (106 + gap) + 60, 280), 0)
    for left in range(60, page.width - 60, 106 + gap):
        for stroke in ([(60, 20), (0, 100), (106, 100)], [(70, 60), (70, 150)]):
            line = [(x + left, y) for x, y in stroke]
            ImageDraw.Draw(page).line(line, fill=255, width=18, joint="curve")
    ink = np.asarray(page, np.float32) / 255
    assert np.array_equal(remove_ruled_lines(ink, 0.0), ink)


def test_one_line_under_a_number_goes():
    drawn = np.asarray(written(4, Image.new("L", (SIDE, SIDE), 0), 255), np.float32) / 255
    page = Image.fromarray(np.uint8(255 * drawn))
    ImageDraw.Draw(page).line([(0, 262), (SIDE, 258)], fill=140, width=3)
    ink = remove_ruled_lines(np.asarray(page, np.float32) / 255, 0.0)
    assert np.abs(ink - drawn).mean() < 0.001


@pytest.mark.parametrize("digit", sorted(SHAPES))
@pytest.mark.parametrize(
    "frame", [(70, 70, 330, 340), (2, 2, 397, 397), (0, 0, 399, 399), (100, 60, 300, 380)]
)
def test_a_frame_around_the_digit_is_not_the_digit(digit, frame):
    page = written(digit, Image.new("RGB", (SIDE, SIDE), PAPER))
    ImageDraw.Draw(page).rectangle(frame, outline=BLACK, width=6)
    assert agreement(page, digit) > 0.9


def test_a_ring_with_a_speck_in_it_is_a_nought():
    page = Image.new("L", (SIDE, SIDE), 255)
    draw = ImageDraw.Draw(page)
    draw.ellipse((120, 80, 280, 320), outline=0, width=PEN)
    draw.ellipse((190, 190, 210, 210), fill=0)
    left, top, right, bottom = single(ink_map(grey(page))).box
    assert right - left > 150 and bottom - top > 230


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([(160, 160), (280, 280), (200, 400)]))
def test_of_ink_far_from_the_edges_nothing_is_taken_for_a_line(seed, size):
    random = np.random.default_rng(seed)
    page = Image.new("L", size)
    for _ in range(random.integers(1, 8)):
        ends = random.uniform(0.12, 0.88, (2, 2)) * size
        ImageDraw.Draw(page).line([*ends.ravel()], fill=255, width=int(random.integers(1, 20)))
    ink = np.asarray(page, np.float32) / 255
    if cannot_be_ruled(ink > 0):
        assert remove_ruled_lines(ink, 0.0) is ink


def test_a_line_from_edge_to_edge_may_be_a_printed_one():
    inked = np.zeros((160, 160), bool)
    assert cannot_be_ruled(inked)
    inked[80] = True
    assert not cannot_be_ruled(inked)


def test_a_row_of_digits_between_two_rules_is_no_third_line():
    page = Image.new("L", (206, 50), 0)
    draw = ImageDraw.Draw(page)
    for left in range(0, 216, 36):
        draw.rounded_rectangle((left, 14, left + 23, 36), 2, outline=255, width=4)
    digits = np.asarray(page) > 0
    for y in (2, 47):
        draw.line([(0, y), (206, y)], fill=220, width=2)
    ink = remove_ruled_lines(np.asarray(page, np.float32) / 255, 0.0)
    assert ink[digits].min() > 0.9

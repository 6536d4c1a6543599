"""Drawn lines are found from a hair's width to a felt pen's, and nothing else is."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from inkling.tables.page import flat_page, level_page
from inkling.tables.rules import horizontal_rules, marks_of, vertical_rules
from inkling.tables.wide_rules import drawn_rules

TOPS, LEFTS = range(60, 561, 100), range(70, 671, 150)
DIGIT = 40  # pixels high


def sheet(width, tone=70, pen=5):
    """Draw a grid of lines with a ring in each cell. width: of the lines, 0 for none."""
    paper = Image.new("L", (740, 620), 235)
    draw = ImageDraw.Draw(paper)
    if width:
        for y in TOPS:
            draw.rectangle((LEFTS[0], y - width // 2, LEFTS[-1], y + (width - 1) // 2), fill=tone)
        for x in LEFTS:
            draw.rectangle((x - width // 2, TOPS[0], x + (width - 1) // 2, TOPS[-1]), fill=tone)
    for y in TOPS[:-1]:
        for x in LEFTS[:-1]:
            draw.ellipse((x + 60, y + 30, x + 86, y + 30 + DIGIT), outline=40, width=pen)
    noise = np.random.default_rng(1).normal(0, 2, paper.size[::-1])
    soft = np.asarray(paper.filter(ImageFilter.GaussianBlur(0.7)), np.float32)
    return Image.fromarray(np.clip(soft + noise, 0, 255).astype(np.uint8))


def rules_of(picture, height=DIGIT):
    """Return what all searches find on a page that lies straight."""
    light = np.asarray(picture, np.float32) / 255
    ink = np.clip((0.9 - light) / 0.6, 0, 1)
    return drawn_rules(light, ink, marks_of(light, ink), height)


@pytest.mark.parametrize("width", [1, 3, 6, 8, 9, 10, 12, 14, 16, 18, 20])
def test_lines_of_any_pen_are_found_once_and_in_their_places(width):
    across, down = rules_of(sheet(width))
    assert [rule.place for rule in across] == pytest.approx(list(TOPS), abs=2.5)
    assert [rule.place for rule in down] == pytest.approx(list(LEFTS), abs=2.5)
    for rule in (*across, *down):
        assert abs(rule.thickness - width) <= 3


@pytest.mark.parametrize("tone", [40, 150, 190])
def test_a_wide_line_may_be_dark_or_pale(tone):
    across, down = rules_of(sheet(14, tone))
    assert (len(across), len(down)) == (len(TOPS), len(LEFTS))


@pytest.mark.parametrize("width", [1, 3, 6])
def test_thin_lines_are_those_of_the_whole_page_alone(width):
    light = np.asarray(sheet(width), np.float32) / 255
    ink = np.clip((0.9 - light) / 0.6, 0, 1)
    marks = marks_of(light, ink)
    thin = horizontal_rules(marks, DIGIT), vertical_rules(marks, DIGIT)
    found = drawn_rules(light, ink, marks, DIGIT)
    places = [[(rule.place, rule.start, rule.stop) for rule in part] for part in found]
    assert places == [[(rule.place, rule.start, rule.stop) for rule in part] for part in thin]


@pytest.mark.parametrize("pen", [8, 11, 13])
def test_strokes_of_thick_digits_are_no_lines(pen):
    assert rules_of(sheet(0, pen=pen)) == ([], [])


def test_a_column_and_a_row_of_thick_bars_are_no_lines():
    paper = Image.new("L", (740, 760), 235)
    draw = ImageDraw.Draw(paper)
    for place in range(60, 701, 64):
        draw.rectangle((100, place, 111, place + DIGIT), fill=40)  # ones below each other
        draw.rectangle((place + 80, 60, place + 80 + DIGIT, 71), fill=40)  # sevens in a row
    assert rules_of(paper) == ([], [])


def test_a_printed_bar_and_a_shadow_are_no_lines():
    light = np.asarray(sheet(0), np.float32)
    light[250:290] *= 0.35  # as high as a digit
    light[:, 380:] *= 0.8
    assert rules_of(Image.fromarray(light.astype(np.uint8))) == ([], [])


@pytest.mark.parametrize("degrees", [-6, 2])
@pytest.mark.parametrize("width", [8, 14])
def test_wide_lines_of_an_aslant_page_are_found_and_taken_out(width, degrees):
    turned = sheet(width).rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=235)
    flat = flat_page(level_page(turned))
    assert (len(flat.across), len(flat.down)) == (len(TOPS), len(LEFTS))
    rings = (len(TOPS) - 1) * (len(LEFTS) - 1)
    assert (flat.ink > 0.5).sum() == pytest.approx(rings * 500, rel=0.25)

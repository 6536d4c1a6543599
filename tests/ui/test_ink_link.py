"""A drawing survives the way through an address, and a hostile address does no harm."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.synth import render
from ui.learn import ink_link
from ui.pad.strokes import SIDE, WIDE, Drawing, Stroke

FIXTURES = Path(__file__).parents[1] / "fixtures"
PLACE = st.floats(0, SIDE)
POINTS = st.lists(st.tuples(PLACE, PLACE), min_size=1, max_size=30)
STROKES = st.lists(st.tuples(POINTS, st.booleans()), min_size=1, max_size=5)


def stroke_of(points, erase=False):
    return Stroke([[x, y, 20, 10 * i] for i, (x, y) in enumerate(points)], erase)


def distance_to_line(point, line):
    ways = zip(line, line[1:] or line, strict=False)
    return min(ink_link._distance(point, a, b) for a, b in ways)


@given(STROKES, st.booleans())
def test_every_point_stays_within_two_units_of_the_line(strokes, wide):
    drawing = Drawing([stroke_of(points, erase) for points, erase in strokes], wide=wide)
    text = ink_link.encode(drawing)
    assert re.fullmatch(r"[A-Za-z0-9_.-]+", text)
    again = ink_link.decode(text)
    assert again.wide == wide and len(again.strokes) == len(strokes)
    for before, after in zip(drawing.strokes, again.strokes, strict=True):
        assert before.erase == after.erase and after.points[0][2] == 20
        line = [point[:2] for point in after.points]
        for point in before.points:
            assert distance_to_line(point, line) <= ink_link.TOLERANCE + ink_link.STEP


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("[0-9].json")), ids=lambda path: path.stem)
def test_a_digit_takes_a_few_hundred_characters_and_is_read_as_before(path, reader):
    strokes = json.loads(path.read_text())
    points = [[(SIDE * x, SIDE * y) for x, y in stroke] for stroke in strokes]
    text = ink_link.encode(Drawing([stroke_of(one) for one in points]))
    assert len(text) < 300
    again = [
        [(x / SIDE, y / SIDE) for x, y, *_ in stroke.points]
        for stroke in ink_link.decode(text).strokes
    ]
    picture = render.render_strokes(again, np.random.default_rng(1))
    assert reader.read_digit(picture).label == int(path.stem)


@given(st.text(max_size=200) | st.text(ink_link.BASE64 + ".", max_size=200).map("1d".__add__))
def test_any_text_is_a_drawing_on_the_pad_or_none(text):
    drawing = ink_link.decode(text)
    if drawing is not None:
        for stroke in drawing.strokes:
            for x, y, width, _ in stroke.points:
                assert 0 <= x <= WIDE and 0 <= y <= SIDE and 1 <= width <= ink_link.MAX_WIDTH


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "1d",
        "2d.pUABAB",
        "1x.pUABAB",
        "1d.",
        "1d.pU",
        "1d.qUABAB",
        "1d.pU____",  # beyond the edge
        "1d.pAABAB",  # a pen without width
        "1d.pUABABA",  # half a step
        "1d.pUAB%3",
        "1d" + ".pUABAB" * 2000,  # too long
        "1d.pUABAB" + "gh" * 3200,  # too many points
        "<script>alert(1)</script>",
    ],
)
def test_what_is_not_a_drawing_is_refused(text):
    assert ink_link.decode(text) is None

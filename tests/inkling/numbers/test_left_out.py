"""Ink that was left out is told, outlined, and makes the reading unsure."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from inkling import output
from inkling.image.components import connected_components
from inkling.numbers.left_out import KEPT, left_out, without_cut_marks
from inkling.results import Digit, Reading

HEIGHT = 40  # pixels, of a digit


def mask(*boxes):
    """A mask of filled boxes: left, top, right, bottom."""
    found = np.zeros((200, 400), bool)
    for left, top, right, bottom in boxes:
        found[top:bottom, left:right] = True
    return found


def read_in(found):
    """The boxes that are left out where only the mark at (50, 60) was read."""
    marks = connected_components(found)
    chosen = np.flatnonzero((marks.boxes == (50, 60, 56, 100)).all(axis=1))
    assert len(chosen) == 1
    return left_out(marks, chosen, marks.boxes[chosen], HEIGHT).tolist()


STROKE = (50, 60, 56, 100)


@pytest.mark.parametrize(
    "others",
    [
        [],
        [(0, 120, 400, 124)],  # a rule
        [(20, 40, 380, 44), (20, 40, 24, 130), (376, 40, 380, 130), (20, 126, 380, 130)],  # a frame
        [(250, 0, 400, 150)],  # a shadow
        [(100, 60, 150, 100)],  # a blot
        [(300, 60, 305, 70)],  # dust
        [(390, 60, 396, 100)],  # by the picture's edge
    ],
)
def test_rules_frames_shadows_and_dust_are_left_out_without_a_word(others):
    assert read_in(mask(STROKE, *others)) == []


def test_a_stroke_on_a_rule_is_told_where_it_leaves_the_rule():
    rule, stroke = (0, 120, 400, 124), (150, 80, 156, 122)
    assert read_in(mask(STROKE, rule, stroke)) == [[150, 80, 156, 120]]


def test_a_stroke_that_a_rule_parts_is_one_mark():
    rule, stroke = (0, 120, 400, 124), (150, 100, 154, 145)
    assert read_in(mask(STROKE, rule, stroke)) == [[150, 100, 154, 145]]


def test_a_mark_that_no_character_covers_is_told():
    marks = connected_components(mask(STROKE, (100, 60, 106, 100)))
    boxes = left_out(marks, np.arange(2), marks.boxes[:1], HEIGHT)
    assert boxes.tolist() == [[100, 60, 106, 100]]


def framed(digits: Image.Image, left: int) -> Image.Image:
    """A picture of digits with a frame around them, whose left side is at `left`."""
    picture = Image.new("L", (digits.width + 120, digits.height + 120), 255)
    picture.paste(digits, (60, 60))
    edges = (left, 80, picture.width - 80, picture.height - 80)
    ImageDraw.Draw(picture).rectangle(edges, outline=40, width=6)
    return picture


@pytest.fixture
def number(drawn_digits):
    """4 0 7, side by side, as a person draws them."""
    found = [drawn_digits[digit].convert("L").resize((180, 180)) for digit in (4, 0, 7)]
    row = Image.new("L", (600, 200), 255)
    for place, digit in enumerate(found):
        row.paste(digit, (10 + 200 * place, 10))
    return row


def test_a_digit_that_a_frame_swallows_lowers_the_confidence(reader, number):
    whole = reader.read(framed(number, 70))
    assert whole.text == "407" and whole.left_out == []
    lame = reader.read(framed(number, 140))  # through the 4
    assert lame.text == "07" and len(lame.left_out) == 1
    assert lame.confidence <= KEPT
    left, top, right, bottom = lame.left_out[0]
    assert 60 <= left < right <= 260 and 60 <= top < bottom <= 260
    row = output.record("a.png", lame)
    assert output.cells(row)[-1] == "some ink was left out" == row["reason"]
    assert row["left_out"] == [list(lame.left_out[0])]
    assert output.said(lame).endswith("1 mark left out")


def test_a_digit_that_is_read_alone_tells_of_the_others(reader, drawn_digits):
    seven, three = (np.asarray(drawn_digits[digit].convert("L")) for digit in (7, 3))
    alone = reader.read_digit(seven)
    assert alone.label == 7 and alone.left_out == ()
    paper = np.full_like(seven, 255)
    beside = reader.read_digit(np.hstack([three, paper, seven]))
    assert beside.confidence <= KEPT and len(beside.left_out) == 1
    [(left, _, right, _)] = beside.left_out
    assert right <= beside.box[0] or left >= beside.box[2]


def reading_of(*characters):
    """A reading of one line: (character, left, right) each."""
    line = [
        Digit(None, 0.9, np.zeros(10), (left, 10, right, 40), np.zeros((28, 28)), None, character)
        for character, left, right in characters
    ]
    return Reading([line], np.ones((50, 100)), np.zeros((50, 100)), 0.8)


@pytest.mark.parametrize(
    ("characters", "text"),
    [
        ([("5", 10, 30), ("7", 40, 60), (".", 92, 99)], "57"),
        ([(",", 0, 4), ("2", 20, 60)], "2"),
        ([("5", 10, 30), (".", 35, 40), ("7", 60, 95)], "5.7"),
        ([("5", 10, 30), (".", 70, 80)], "5."),  # not by the side
        ([("1", 0, 4), ("5", 20, 60)], "15"),  # a digit
    ],
)
def test_a_decimal_mark_by_the_side_of_a_crop_is_told_as_left_out(characters, text):
    before = reading_of(*characters)
    after = without_cut_marks(before, 100)
    assert after.text == text
    gone = len(before.digits) - len(after.digits)
    assert len(after.left_out) == gone
    assert after.confidence == pytest.approx(before.confidence * (KEPT if gone else 1))

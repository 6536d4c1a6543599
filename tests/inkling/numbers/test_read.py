"""Whole numbers: what belongs together, what comes apart, what is no number."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageOps

from inkling import Reader
from inkling.image.ink import ink_map
from inkling.image.lightness import lightness, upright
from inkling.image.segment import writing
from inkling.numbers.read import segment_lines
from inkling.numbers.scores import FLOOR
from inkling.results import REJECT
from training.evaluation import non_digits

DIGITS = (0, 3, 7)  # of our own drawing


def line_of(drawn: dict[int, Image.Image], labels, gap: int = 20) -> Image.Image:
    """The digits' ink side by side on a white page; a negative gap lets them overlap."""
    inks = [ImageOps.invert(drawn[label]) for label in labels]
    inks = [ink.crop(ink.getbbox()) for ink in inks]
    width = sum(ink.width + gap for ink in inks) - gap
    page = Image.new("L", (width + 80, max(ink.height for ink in inks) + 80), 0)
    left = 40
    for ink in inks:
        layer = Image.new("L", page.size, 0)
        layer.paste(ink, (left, 40))
        page = ImageChops.lighter(page, layer)
        left += ink.width + gap
    return ImageOps.invert(page)


def with_ink(page: Image.Image, *lines, width: int = 9) -> Image.Image:
    drawn = page.copy()
    for line in lines:
        ImageDraw.Draw(drawn).line(line, fill=0, width=width)
    return drawn


def test_a_run_of_a_line_is_taken_for_none_sooner_than_a_drawing_is(reader, drawn_digits):
    picture = with_ink(line_of(drawn_digits, (3, 7, 0)), (60, 150, 320, 170))
    ink = ink_map(lightness(upright(picture)[0]))
    found = writing(ink)
    candidates, (line,) = segment_lines(ink, found.marks, found.all, reader.network)
    evidence = candidates.evidence(line)
    assert evidence.count > 3  # it was cut
    compared, factor = 0, reader.network.numbers.reject_odds
    for run, (*digits, none) in zip(
        evidence.segments, np.exp(evidence.log_probabilities), strict=True
    ):
        seen = candidates.classified(line, *run).probabilities
        if min(none, max(digits)) > 1.01 * FLOOR:
            odds = seen[REJECT] / seen[:REJECT].max()
            assert none / max(digits) == pytest.approx(factor * odds, rel=1e-3)
            compared += 1
    assert compared


labels = st.lists(st.sampled_from(DIGITS), min_size=2, max_size=5)


@settings(max_examples=8, deadline=None)
@given(labels)
def test_digits_that_stand_apart_are_read_in_any_order(reader, drawn_digits, labels):
    reading = reader.read(line_of(drawn_digits, labels))
    assert reading.text == "".join(map(str, labels))
    assert reading.reason is None and 0 < reading.confidence <= 1
    assert all(
        a.box[0] < b.box[0] for a, b in zip(reading.digits, reading.digits[1:], strict=False)
    )


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 200), st.integers(0, 200), st.floats(0.4, 2.5), st.booleans())
def test_place_size_and_polarity_change_nothing(reader, drawn_digits, left, top, scale, inverted):
    number = line_of(drawn_digits, (3, 0, 7))
    page = Image.new("L", (number.width + 200, number.height + 200), 255)
    page.paste(number, (left, top))
    page = page.resize([round(side * scale) for side in page.size], Image.Resampling.BICUBIC)
    assert reader.read(ImageOps.invert(page) if inverted else page).text == "307"


def test_most_digits_that_touch_are_taken_apart(reader, drawn_digits):
    pairs = [(3, 0), (0, 3), (0, 0), (7, 0), (3, 7)]
    cases = [(pair, overlap) for pair in pairs for overlap in (1, 5)]
    right = 0
    for pair, overlap in cases:
        reading = reader.read(line_of(drawn_digits, pair, -overlap))
        right += reading.text == "".join(map(str, pair))
        for one, next_one in pairwise(reading.digits):
            assert one.box[0] <= next_one.box[0]
    assert right >= 0.7 * len(cases)


@pytest.mark.parametrize("width", [14, 18, 22])
def test_zeros_with_a_side_in_common_are_two(reader, width):
    page = Image.new("L", (560, 280), 255)
    for place in range(2):  # the right side of the one is the left side of the other
        left = 180 + place * (100 - width)
        ImageDraw.Draw(page).ellipse((left, 50, left + 100, 230), outline=0, width=width)
    assert reader.read(page).text == "00"


def test_a_digit_in_two_parts_is_one(reader, drawn_digits):
    page = np.array(line_of(drawn_digits, (7, 0, 3)))
    page[page.shape[0] // 2 - 3 : page.shape[0] // 2 + 3, 110:240] = 255
    assert reader.read(page).text == "703"


@pytest.mark.parametrize("width", [2, 5, 9])
@pytest.mark.parametrize("paper", [40, 150])
@pytest.mark.parametrize("labels", [(4, 0), (4, 0, 7), (7, 3, 4, 0, 7)])
def test_a_box_or_cells_around_a_number_are_no_digits(reader, drawn_digits, labels, paper, width):
    text, number = "".join(map(str, labels)), line_of(drawn_digits, labels)
    boxed = ImageOps.expand(number, paper, fill=255)
    top, right, bottom = paper - width, paper + number.width + width, paper + number.height + width
    ImageDraw.Draw(boxed).rectangle((top, top, right, bottom), outline=0, width=width)
    assert reader.read(boxed).text == text
    inks = [line_of(drawn_digits, [label]).width - 60 for label in labels[:-1]]
    edges = np.cumsum(inks) + 30 + paper
    cells = with_ink(boxed, *((x, top, x, bottom) for x in edges), width=width)
    assert reader.read(cells).text == text


@pytest.mark.parametrize("labels", [(4, 0), (4, 0, 7), (7, 3, 4, 0, 7)])
def test_a_ring_around_a_number_is_no_digit(reader, drawn_digits, labels):
    number = line_of(drawn_digits, labels)
    page = ImageOps.expand(number, number.width // 2, fill=255)
    middle, half = np.array(page.size) / 2, np.array(number.size) / 2**0.5
    ImageDraw.Draw(page).ellipse((*(middle - half), *(middle + half)), outline=0, width=5)
    assert reader.read(page).text == "".join(map(str, labels))


def test_a_minus_and_a_decimal_mark_are_read_as_signs(reader, drawn_digits):
    number = line_of(drawn_digits, (3, 7), 60)
    height = number.height
    page = Image.new("L", (number.width + 120, height), 255)
    page.paste(number, (100, 0))
    middle = 100 + number.width // 2
    minus = (20, height // 2, 80, height // 2)
    point = (middle - 3, height - 44, middle + 2, height - 40)
    reading = reader.read(with_ink(page, minus, point, width=10))
    assert reading.text == "-3.7"
    assert [digit.label for digit in reading.digits] == [None, 3, None, 7]
    assert {digit.reason for digit in reading.digits if digit.label is None} == {"a sign"}


def test_without_the_line_network_signs_are_left_out(reader, drawn_digits):
    plus = word("X").rotate(45, fillcolor=255, expand=False)
    page = line_of(drawn_digits | {"+": plus}, (3, 0, 7, "+", 0, 3))
    reading = Reader(reader.network).read(page)
    assert reading.text == "30703" and reading.digits[3].label is None


def test_a_page_of_a_hundred_digits_is_read_row_by_row(reader, drawn_digits):
    random = np.random.default_rng(4)
    table = random.choice(DIGITS, (10, 10))
    page = Image.new("L", (1000, 1000), 255)
    for y, row in enumerate(table):
        for x, label in enumerate(row):
            digit = drawn_digits[int(label)].resize((72, 72), Image.Resampling.LANCZOS)
            page.paste(digit, (100 * x + 14, 100 * y + 14 + int(random.integers(-6, 7))))
    reading = reader.read(page)
    assert reading.text.splitlines() == ["".join(map(str, row)) for row in table]
    assert len(reading.lines) == 10


# Block letters that share no shape with a digit: strokes in a box of 1 x 1.
LETTERS = {
    "A": [[(0, 1), (0.5, 0), (1, 1)], [(0.2, 0.6), (0.8, 0.6)]],
    "E": [[(1, 0), (0, 0), (0, 1), (1, 1)], [(0, 0.5), (0.8, 0.5)]],
    "H": [[(0, 0), (0, 1)], [(1, 0), (1, 1)], [(0, 0.5), (1, 0.5)]],
    "K": [[(0, 0), (0, 1)], [(0.9, 0), (0, 0.55), (1, 1)]],
    "M": [[(0, 1), (0.1, 0), (0.5, 0.7), (0.9, 0), (1, 1)]],
    "N": [[(0, 1), (0, 0), (1, 1), (1, 0)]],
    "R": [[(0, 1), (0, 0), (0.8, 0.05), (0.8, 0.45), (0, 0.5), (0.9, 1)]],
    "W": [[(0, 0), (0.25, 1), (0.5, 0.3), (0.75, 1), (1, 0)]],
    "X": [[(0, 0), (1, 1)], [(1, 0), (0, 1)]],
}
PLUS = [[(0, 0.5), (1, 0.5)], [(0.5, 0.14), (0.5, 0.86)]]  # as wide as high


def word(letters: str, gap: int = 28) -> Image.Image:
    wide, high = 80, 110
    page = Image.new("L", (len(letters) * (wide + gap) + 60, high + 80), 255)
    for place, letter in enumerate(letters):
        corner = np.array([40 + place * (wide + gap), 40])
        lines = [
            np.array(stroke) * (wide, high) + corner for stroke in (LETTERS | {"+": PLUS})[letter]
        ]
        page = with_ink(page, *([tuple(point) for point in line] for line in lines), width=12)
    return page


WORDS = (
    *("AM", "AXE", "EXAM", "HAM", "HE", "HEM", "KRAK", "MAN", "MARK", "MEN", "NAWAM"),
    *("NEW", "RAN", "WAX", "WE", "WHEN", "WREN", "XX"),
)


def test_hardly_a_word_is_a_number_though_all_can_be_cut_into_digits(reader):
    readings = {letters: reader.read(word(letters)) for letters in WORDS}
    texts = {letters: reading.text for letters, reading in readings.items() if reading.text}
    assert len(texts) <= 1, texts
    assert {readings[letters].reason for letters in WORDS if letters not in texts} == {
        "not a number"
    }


def test_a_tall_sign_among_digits_makes_them_no_word(reader, drawn_digits):
    page = line_of(drawn_digits | {"+": word("+")}, (3, 0, 7, "+", 0, 3))
    reading = reader.read(page)
    assert reading.text == "307+03" and reading.digits[3].label is None


def test_a_sum_is_its_digits_and_a_sign(reader, drawn_digits):
    reading = reader.read(line_of(drawn_digits | {"+": word("+")}, (3, "+", 7)))
    assert reading.text == "3+7" and reading.digits[1].label is None


def test_hardly_a_scribble_is_a_number(reader):
    texts = [reader.read(non_digits.picture("scribbles", seed)).text for seed in range(40)]
    assert sum(text != "" for text in texts) <= len(texts) / 6


def test_one_digit_is_read_as_the_whole_picture_would_be(reader, drawn_digits):
    for picture in drawn_digits.values():
        (digit,), one = reader.read(picture).digits, reader.read_digit(picture)
        assert (digit.label, digit.confidence, digit.box) == (one.label, one.confidence, one.box)

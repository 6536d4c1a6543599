"""Rows and columns from boxes alone, and from pages with print, headings and notes."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps

from inkling.tables.printed import is_regular
from inkling.tables.skew import find_skew
from inkling.tables.table_grid import find_grid, unruled_grid

ROWS = [["40", "7"], ["70", "33"], ["4", "0"], ["3", "47"]]


def boxes_of(texts, pitch=80, column=160, size=(20, 34), gap=6):
    """Return a box for each digit of a table, slightly out of line."""
    random = np.random.default_rng(1)
    found = []
    for r, row in enumerate(texts):
        for c, text in enumerate(row):
            for place in range(len(text)):
                left = 50 + c * column + place * (size[0] + gap) + random.integers(0, 12)
                top = 50 + r * pitch + random.integers(-5, 6)
                found.append((left, top, left + size[0], top + size[1]))
    return np.array(found)


def places(grid, boxes):
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    columns = np.searchsorted(grid.columns, middles[:, 0]) - 1
    return list(zip(np.searchsorted(grid.rows, middles[:, 1]) - 1, columns, strict=True))


@pytest.mark.parametrize(("rows", "columns"), [(3, 6), (6, 3), (12, 1), (1, 8), (20, 12)])
def test_digits_fall_into_their_rows_and_columns(rows, columns):
    texts = [["789"[: 1 + (r + c) % 3] for c in range(columns)] for r in range(rows)]
    boxes = boxes_of(texts)
    expected = [(r, c) for r in range(rows) for c in range(columns) for _ in texts[r][c]]
    grid = unruled_grid(boxes)
    assert (len(grid.rows) - 1, len(grid.columns) - 1) == (rows, columns)
    assert places(grid, boxes) == expected


def test_a_page_without_drawn_lines_is_not_ruled():
    grid, ruled = find_grid(boxes_of(ROWS), [], [])
    assert not ruled and len(grid.columns) == 3


def test_type_stands_in_line_and_handwriting_does_not():
    letters = np.array([(0, 10, 9, 30), (12, 16, 20, 30), (24, 16, 32, 30), (36, 10, 40, 30)])
    assert is_regular(letters)
    uneven = letters + np.array([(0, 0, 0, 0), (0, 3, 0, 3), (0, -4, 0, -2), (0, 2, 0, 6)])
    assert not is_regular(uneven)
    assert not is_regular(letters[:2])  # too few to tell


@pytest.mark.parametrize("degrees", [-8, 0, 5])
def test_the_slope_of_rows_and_of_columns_is_found(degrees):
    paper = Image.new("L", (600, 500), 0)
    draw = ImageDraw.Draw(paper)
    for box in boxes_of(ROWS, column=250):
        draw.ellipse(tuple(box), outline=255, width=4)
    turned = paper.rotate(-degrees, Image.Resampling.BILINEAR, expand=True)
    rows, columns = find_skew(np.asarray(turned, np.float32) / 255)
    assert rows.slope == pytest.approx(np.tan(np.radians(degrees)), abs=0.015)
    assert columns.slope == pytest.approx(-np.tan(np.radians(degrees)), abs=0.05)


def form_page(drawn_digits, lines=False):
    """Draw a table with a printed head, a heading above and a note below."""
    paper = Image.new("L", (560, 780), 255)
    draw = ImageDraw.Draw(paper)
    draw.text((60, 30), "DELIVERY NOTE No. 2216", font=ImageFont.load_default(34), fill=0)
    draw.text((60, 90), "Use a black pen, please.", font=ImageFont.load_default(20), fill=0)
    for place, head in enumerate(("Items", "Weight")):
        draw.text((80 + 220 * place, 165), head, font=ImageFont.load_default(26), fill=0)
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            for place, digit in enumerate(text):
                drawn = drawn_digits[int(digit)].convert("L")
                drawn = drawn.crop(ImageOps.invert(drawn).getbbox()).resize((36, 52))
                paper.paste(drawn, (80 + 220 * c + 46 * place, 240 + 90 * r + 3 * place))
    if lines:
        tops = [150, *(222 + 90 * r for r in range(5))]
        for y in tops:
            draw.line((55, y, 495, y), fill=90, width=2)
        for x in (55, 275, 495):
            draw.line((x, tops[0], x, tops[-1]), fill=90, width=2)
    note = "Received in good order and counted by"
    draw.text((60, 640), note, font=ImageFont.load_default(22), fill=0)
    return paper


@pytest.mark.parametrize("lines", [True, False])
def test_headings_are_left_out_and_a_printed_head_is_marked(reader, drawn_digits, lines):
    table = reader.read_table(form_page(drawn_digits, lines))
    assert table.texts[1:] == ROWS
    assert [cell.problem for cell in table.rows[0]] == ["printed text"] * 2
    assert table.ruled == lines


def test_a_reading_may_have_the_table_beside_its_text(reader, drawn_digits):
    reading = reader.read(form_page(drawn_digits, True), table=True)
    assert reading.table.texts[1:] == ROWS
    assert reader.read(drawn_digits[7]).table is None


def test_a_straight_form_with_few_marks_is_not_taken_for_one_aslant():
    paper = Image.new("L", (800, 1000), 255)
    pen = ImageDraw.Draw(paper)
    pen.text((60, 40), "FIELD SURVEY - SHEET A", font=ImageFont.load_default(34), fill=0)
    pen.line((60, 100, 740, 100), fill=0, width=3)
    for box in ((260, 200, 520, 290), (260, 500, 460, 590)):
        pen.rectangle(box, outline=70, width=2)
        pen.text((80, box[1] + 20), "Plot:", font=ImageFont.load_default(28), fill=0)
    rows, columns = find_skew(np.asarray(ImageOps.invert(paper), np.float32) / 255)
    assert [*rows, *columns] == pytest.approx([0, 0, 0, 0], abs=0.01)


def test_a_digit_that_strays_from_its_number_is_no_column_of_its_own():
    texts = [["789"[: 1 + (r + c) % 3] for c in range(4)] for r in range(10)]
    boxes = boxes_of(texts)
    left = boxes[:, 0][boxes[:, 0] > 360].min() - 42  # beyond all others of the third column
    stray = (left, 610, left + 20, 644)
    grid = unruled_grid(np.array([*boxes, stray]))
    assert (len(grid.rows) - 1, len(grid.columns) - 1) == (10, 4)
    assert grid.columns[2] < left


def test_a_column_with_one_number_stays_a_column():
    texts = [["789"[: 1 + (r + c) % 3] for c in range(4)] for r in range(10)]
    texts = [[*row[:2], row[2] if r == 4 else "", row[3]] for r, row in enumerate(texts)]
    grid = unruled_grid(boxes_of(texts))
    assert (len(grid.rows) - 1, len(grid.columns) - 1) == (10, 4)

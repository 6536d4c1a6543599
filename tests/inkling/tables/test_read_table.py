"""A page of digits becomes a table, every cell in its place."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from inkling import PictureError
from inkling.results import NO_NUMBER, Reading
from inkling.tables.expected import Expected, expectation
from inkling.tables.read_cells import CellInk, empty_cell, read_cells
from inkling.tables.straighten import Page

SIDE = 60  # pixels of a digit
PITCH = 2 * SIDE
WIDTH = 50  # pixels from a digit's left to the next one's


def page(drawn_digits, rows, gap=2 * SIDE):
    """Lay numbers out in rows and columns, a gap between columns; "" is an empty cell."""
    widest = max(len(text) for row in rows for text in row)
    step = widest * WIDTH + gap
    size = step * len(rows[0]) + gap, PITCH * len(rows) + SIDE
    paper = Image.new("L", size, 255)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            for place, digit in enumerate(text):
                drawn = drawn_digits[int(digit)].convert("L")
                drawn = drawn.crop(ImageOps.invert(drawn).getbbox()).resize((SIDE * 2 // 3, SIDE))
                paper.paste(drawn, (gap + c * step + place * WIDTH, SIDE + r * PITCH))
    return paper


def test_numbers_stand_in_their_rows_and_columns(reader, drawn_digits):
    rows = [["3", "40", "7"], ["70", "4", "33"], ["4", "7", "0"]]
    table = reader.read_table(page(drawn_digits, rows))
    assert table.texts == rows
    assert table.problem is None
    assert all(cell.confidence > 0.5 for cell in table.cells)


def test_an_empty_cell_stays_empty_and_keeps_its_place(reader, drawn_digits):
    rows = [["3", "40", "7"], ["70", "", "33"], ["4", "7", "0"]]
    table = reader.read_table(page(drawn_digits, rows))
    assert table.texts == rows
    empty = table.rows[1][1]
    assert (empty.text, empty.confidence, empty.problem, empty.digits) == ("", 0.0, None, [])


def test_cells_do_not_overlap_and_hold_their_digits(reader, drawn_digits):
    rows = [["3", "40"], ["70", "4"], ["7", "33"]]
    table = reader.read_table(page(drawn_digits, rows))
    covered = np.zeros(table.page.shape, int)
    for cell in table.cells:
        left, top, right, bottom = cell.crop
        covered[top:bottom, left:right] += 1
        for digit in cell.digits:
            assert cell.box[0] <= digit.box[0] < digit.box[2] <= cell.box[2]
            assert cell.box[1] <= digit.box[1] < digit.box[3] <= cell.box[3]
    assert covered.max() == 1


def test_cells_share_their_forward_passes(reader, drawn_digits, monkeypatch):
    batches = []
    for network in (type(reader.network), type(reader.lines)):
        monkeypatch.setattr(network, "probabilities", counted(network.probabilities, batches))
    rows = [["3", "40", "7"], ["70", "4", "33"], ["4", "7", "0"]]
    assert reader.read_table(page(drawn_digits, rows)).texts == rows
    assert batches[0] >= 9, "a digit of each cell at once"
    assert len(batches) < 9, "fewer than there are cells"


def counted(probabilities, batches):
    """Return a network's function that notes the size of each batch."""

    def noting(network, inputs):
        batches.append(len(inputs))
        return probabilities(network, inputs)

    return noting


def test_blank_paper_is_no_table(reader):
    table = reader.read_table(Image.new("L", (300, 200), 255))
    assert table.rows == []
    assert table.problem == "no ink"


def test_what_is_not_expected_is_a_problem_and_keeps_its_text(reader, drawn_digits):
    rows = [["3", "40"], ["70", "4"], ["4", "33"]]
    picture = page(drawn_digits, rows)
    table = reader.read_table(picture, [Expected("digits", 1), Expected("integer")])
    assert table.texts == rows
    problems = [[cell.problem for cell in row] for row in table.rows]
    assert problems == [[None, None], ["not what is expected", None], [None, None]]


def test_an_unknown_kind_is_refused_with_the_kinds_there_are():
    with pytest.raises(PictureError, match="integer, decimal, date, digits"):
        expectation("money")
    with pytest.raises(PictureError, match="1 or more"):
        expectation("digits", 0)


def test_the_corners_of_a_part_leave_out_the_rest(reader, drawn_digits):
    rows = [["3", "40"], ["70", "4"], ["4", "33"]]
    picture = page(drawn_digits, rows)
    half = PITCH * 2 + SIDE // 2
    corners = [(0, 0), (picture.width, 0), (picture.width, half), (0, half)]
    table = reader.read_table(picture, corners=corners)
    assert table.texts == rows[:2]


def ruled(picture, rows, gap=2 * SIDE, tone=120, width=3):
    """Draw lines between the cells of a page."""
    picture = picture.copy()
    draw = ImageDraw.Draw(picture)
    step = max(len(text) for row in rows for text in row) * WIDTH + gap
    lefts = [gap // 2 + c * step for c in range(len(rows[0]) + 1)]
    tops = [SIDE // 2 + r * PITCH for r in range(len(rows) + 1)]
    for y in tops:
        draw.line((lefts[0], y, lefts[-1], y), fill=tone, width=width)
    for x in lefts:
        draw.line((x, tops[0], x, tops[-1]), fill=tone, width=width)
    return picture


ROWS = [["3", "40", "7"], ["70", "", "33"], ["", "", ""], ["4", "7", "0"]]


def test_drawn_lines_are_the_borders_of_the_cells_even_of_an_empty_row(reader, drawn_digits):
    table = reader.read_table(ruled(page(drawn_digits, ROWS), ROWS))
    assert table.ruled
    assert table.texts == ROWS
    assert all(cell.problem is None for cell in table.cells)


def test_pale_lines_are_found_too(reader, drawn_digits):
    assert reader.read_table(ruled(page(drawn_digits, ROWS), ROWS, tone=225)).texts == ROWS


@pytest.mark.parametrize("width", [8, 12, 19])
def test_lines_of_a_felt_pen_are_borders_too(reader, drawn_digits, width):
    table = reader.read_table(ruled(page(drawn_digits, ROWS), ROWS, tone=50, width=width))
    assert table.ruled
    assert table.texts == ROWS


@pytest.mark.parametrize("degrees", [-9, 4])
@pytest.mark.parametrize("lines", [True, False])
def test_a_page_that_lies_aslant_is_straightened(reader, drawn_digits, degrees, lines):
    rows = [row for row in ROWS if any(row)]
    picture = page(drawn_digits, rows)
    picture = ruled(picture, rows) if lines else picture
    turned = picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    table = reader.read_table(turned)
    assert table.texts == rows
    corners = np.array(table.corners)
    (x0, y0), (x1, y1) = corners[:2]
    assert np.degrees(np.arctan2(y0 - y1, x1 - x0)) == pytest.approx(degrees, abs=1)


def test_boxes_of_an_aslant_page_hold_the_digits_of_the_picture(reader, drawn_digits):
    rows = [["3", "40"], ["70", "4"], ["7", "33"]]
    turned = page(drawn_digits, rows).rotate(6, expand=True, fillcolor=255)
    dark = np.asarray(turned) < 128
    boxes = np.zeros_like(dark)
    for cell in reader.read_table(turned).cells:
        for left, top, right, bottom in (digit.box for digit in cell.digits):
            boxes[top:bottom, left:right] = True
    assert (dark & boxes).sum() > 0.97 * dark.sum()


def refused_cell(light, ink):
    """Return the cell of ink, (H, W), that was looked at and refused. light: (H, W) of the page."""
    page = Page(light.astype(np.float32), np.eye(3))
    cell = empty_cell(page, (0, 0), (0, 0, *light.shape[::-1]))
    refused = Reading([], light, ink, 0.0, NO_NUMBER)
    (read,) = read_cells([cell], [CellInk(ink, 10, 10)], page, lambda inks: [refused] * len(inks))
    return read


@pytest.mark.parametrize(
    ("side", "tone", "problem"),
    [
        (30, 0.1, "not a number"),
        (30, 0.85, "not a number: too faint; use a darker pen, or more light"),
        (6, 0.1, "not a number: too small; crop the picture, or take it from nearer"),
    ],
)
def test_a_refused_cell_says_what_is_in_the_way_and_helps(side, tone, problem):
    light, ink = np.full((60, 60), 0.9), np.zeros((side, side), np.float32)
    ink[2:-2, side // 2 :] = 1  # a bar beside paper
    light[10 : 10 + side, 10 : 10 + side][ink > 0] = tone
    assert refused_cell(light, ink).problem == problem

"""A page read as a table reaches the page's thread as plain values."""

import io

from PIL import Image

from worker import tables

PLAIN = (str, int, float, bool)


def encoded(drawn_digits, rows):
    paper = Image.new("L", (200 * len(rows[0]) + 100, 120 * len(rows) + 60), 255)
    for r, row in enumerate(rows):
        for c, digit in enumerate(row):
            small = drawn_digits[digit].convert("L").resize((60, 60))
            paper.paste(small, (100 + 200 * c, 60 + 120 * r))
    file = io.BytesIO()
    paper.save(file, "PNG")
    return file.getvalue()


def is_plain(value):
    if isinstance(value, dict):
        return all(is_plain(its) for its in value.values())
    if isinstance(value, list):
        return all(is_plain(its) for its in value)
    return type(value) in PLAIN


def test_a_table_is_plain_values_with_a_page_to_cut_cells_out_of(reader, drawn_digits):
    told = tables.read_page(reader, encoded(drawn_digits, [[3, 4], [7, 0]]), 0, None, None)
    assert [[cell["text"] for cell in row] for row in told["rows"]] == [["3", "4"], ["7", "0"]]
    page = told.pop("page")
    assert page["pixels"].shape == (page["width"] * page["height"] * 4,)
    left, top, right, bottom = told["rows"][1][1]["crop"]
    assert 0 <= left < right <= page["width"] and 0 <= top < bottom <= page["height"]
    assert is_plain(told)


def test_progress_is_told_until_all_cells_that_hold_ink_are_read(reader, drawn_digits):
    picture, told = encoded(drawn_digits, [[3, 4, 7, 0, 3]] * 4), []
    tables.read_page(reader, picture, 0, None, None, progress=lambda *cells: told.append(cells))
    assert told == [(16, 20), (20, 20)]


def test_a_page_on_its_side_is_read_after_a_turn(reader, drawn_digits):
    file, turned = io.BytesIO(encoded(drawn_digits, [[3, 4], [7, 0]])), io.BytesIO()
    Image.open(file).transpose(Image.Transpose.ROTATE_90).save(turned, "PNG")
    told = tables.read_page(reader, turned.getvalue(), 1, None, None)
    assert [[cell["text"] for cell in row] for row in told["rows"]] == [["3", "4"], ["7", "0"]]


def test_a_kind_that_there_is_not_is_said(reader, drawn_digits):
    picture = encoded(drawn_digits, [[3, 4]])
    told = tables.read_page(reader, picture, 0, None, [{"kind": "money"}])
    assert "no kind of field" in told["error"]["sentence"]

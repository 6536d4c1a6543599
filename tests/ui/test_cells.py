"""Cells are marked, corrected, taken back, counted and written as a person expects."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.pages import cells, table_files, workbook
from ui.pages.cells import Edits, column_totals, doubtful_first, number_text, state_of, to_number


def cell(text="7", confidence=0.99, problem="", row=0, column=0):
    return cells.new_cell(row, column, text, confidence, problem, [1, 2, 3, 4], [0, 0, 9, 9])


def page(*texts, name="form.png", number=1, count=1):
    rows = [[cell(t, row=y, column=x) for x, t in enumerate(row)] for y, row in enumerate(texts)]
    facts = {"ruled": True, "problem": ""}
    return {"name": name, "number": number, "count": count, "rows": rows, **facts}


@pytest.mark.parametrize(
    ("made", "state"),
    [
        (cell(), "plain"),
        (cell(confidence=0.6), "doubtful"),
        (cell("4?7", problem="unread"), "doubtful"),
        (cell("", 0, "not a number"), "unread"),
        (cell("", 0, cells.PRINTED), "plain"),
        (cell("", 0), "plain"),
    ],
)
def test_a_cell_is_marked_by_what_is_known_of_it(made, state):
    assert (state_of(made) or "plain") == state


def test_a_correction_and_a_confirmation_are_marked_and_taken_back_in_order():
    wrong, right = cell("19088", 0.7), cell("5", 0.8)
    edits = Edits()
    assert edits.set(wrong, " 17088 ") and edits.set(right, "5")
    assert not edits.set(right, "5"), "nothing is left to confirm"
    assert [state_of(wrong), state_of(right)] == ["corrected", "confirmed"]
    assert wrong["text"] == "17088" and wrong["read"] == "19088"
    assert edits.undo() is right and edits.undo() is wrong and edits.undo() is None
    assert [state_of(wrong), state_of(right)] == ["doubtful", "doubtful"]
    assert edits.redo() is wrong and wrong["text"] == "17088"
    edits.set(right, "6")
    assert edits.redo() is None and not edits.can_redo


def test_a_wrong_correction_can_be_set_back_to_what_was_read():
    made, edits = cell("5", 0.8), Edits()
    edits.set(made, "6")
    edits.set(made, "5")
    assert state_of(made) == "confirmed"


def test_the_unread_come_first_then_the_least_sure():
    sure, less, least = cell("1"), cell("2", 0.9), cell("3", 0.3)
    unread = cell("", 0, "not a number")
    assert doubtful_first([sure, less, least, unread]) == [unread, least, less, sure]


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("17088", ".", (17088, 0)),
        ("1,200.50", ".", (120050, 2)),
        ("1.200,50", ",", (120050, 2)),
        ("-3.5", ".", (-35, 1)),
        ("12 000", ".", (12000, 0)),
        ("", ".", None),
        ("4?7", ".", None),
        ("12/05/96", ".", None),
        ("3.", ".", None),
        (".5", ".", None),
        ("-", ".", None),
    ],
)
def test_a_text_is_a_number_or_none(text, mark, number):
    assert to_number(text, mark) == number


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9, places=3))
def test_numbers_survive_being_read_and_written(value):
    text = f"{value:.3f}"
    written = number_text(to_number(text, "."), ".")
    assert Decimal(written) == value and number_text(to_number(text, "."), ",") == written.replace(
        ".", ","
    )


@given(st.lists(st.decimals(min_value=-9999, max_value=9999, places=2), min_size=1, max_size=8))
def test_a_total_is_exact(values):
    rows = [[cell(str(value))] for value in values] + [[cell("")], [cell("abc")]]
    ((count, total),) = column_totals(rows, ".")
    assert count == len(values)
    assert Decimal(number_text(total, ".")) == sum(values)


def test_the_table_has_its_columns_and_names_the_pages_only_if_there_are_several():
    first, second = page(("1", "2,5")), page(("3", "x"), name="b.pdf", number=2, count=2)
    assert table_files.table_rows([first], ",") == [["1", "2,5"]]
    assert table_files.table_rows([first], ",", ".") == [["1", "2.5"]]
    rows = table_files.table_rows([first, second], ",", ".")
    assert rows == [["form.png", "1", "2.5"], ["b.pdf (2)", "3", "x"]]


def test_what_was_read_and_what_was_corrected_are_both_in_the_files():
    made = page(("19088", "", "5"))
    Edits().set(made["rows"][0][0], "17088")
    header, wrong, plain = table_files.cell_rows([made])
    assert dict(zip(header, wrong, strict=True)) == {
        **{"file": "form.png", "page": 1, "row": 1, "column": 1, "text": "17088"},
        **{"read": "19088", "corrected": "yes", "confirmed": "yes", "confidence": "0.9900"},
        **{"problem": "", "left": 1, "top": 2, "right": 3, "bottom": 4},
    }
    assert plain[3] == 3 and plain[6] == ""
    (told,) = table_files.tables_json([made])
    first = told["rows"][0][0]
    assert (first["read"], first["text"], first["corrected"]) == ("19088", "17088", True)
    assert first["box"] == [1, 2, 3, 4] and not told["rows"][0][2]["corrected"]


def test_what_is_copied_has_one_line_for_each_row():
    assert table_files.tab_separated([["1", "a\tb"], ["", "x\ny"]]) == "1\ta b\n\tx y"


def test_a_workbook_has_numbers_as_numbers_and_keeps_every_digit_of_codes():
    made = page(("1,200.50", "007", "0.5", "12/05/96"), ("", "9" * 16, "-3", "4?7"))
    Edits().set(made["rows"][1][2], "-8")
    Edits().set(made["rows"][1][3], "")
    rows = workbook.table_sheet([made], ".")
    told = [[cell and (cell["text"], cell["places"]) for cell in row] for row in rows]
    assert told == [
        [("1200.50", 2), ("007", None), ("0.5", 1), ("12/05/96", None)],
        [None, ("9" * 16, None), ("-8", 0), ("", None)],
    ]
    assert [cell["corrected"] for cell in rows[1] if cell] == [False, True, True]
    header, *rest = workbook.cells_sheet([made])
    assert [cell["text"] for cell in header] == list(table_files.CELL_COLUMNS)
    assert [cell and cell["text"] for cell in rest[-1][4:8]] == [None, "4?7", "yes", "yes"]


def test_a_workbook_of_several_pages_names_them():
    rows = workbook.table_sheet([page(("1",)), page(("2",), name="b.pdf", number=2, count=2)], ".")
    assert [row[0]["text"] for row in rows] == ["form.png", "b.pdf (2)"]

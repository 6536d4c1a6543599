"""A table becomes CSV for a spreadsheet and a record for JSON; nothing is changed unasked."""

import json

import numpy as np

from inkling.results import Cell, Table
from inkling.tables.table_output import csv_rows, table_record, with_mark

TEXTS = [["9.7", "1,234"], ["", "-5"], ["=5+7", "12"]]


def table_of(texts):
    box = (0, 0, 9, 9)
    rows = [
        [Cell(r, c, text, 0.9 if text else 0.0, box, box) for c, text in enumerate(row)]
        for r, row in enumerate(texts)
    ]
    return Table(rows, np.zeros((9, 9), np.float32), ((0, 0), (9, 0), (9, 9), (0, 9)))


def test_each_row_of_a_table_is_a_row_of_texts_without_formulas():
    assert csv_rows(TEXTS) == [["9.7", "1,234"], ["", "-5"], ["'=5+7", "12"]]


def test_only_what_is_surely_a_decimal_number_gets_another_mark():
    assert with_mark("9.7", ",") == "9,7"
    assert with_mark("9,75", ".") == "9.75"
    assert with_mark("1,234", ".") == "1,234"  # perhaps a thousand
    assert with_mark("12.05.2024", ",") == "12.05.2024"
    assert with_mark("9.7", None) == "9.7"


def test_a_record_can_be_json_and_an_empty_cell_has_no_confidence():
    record = json.loads(json.dumps(table_record("a.png", table_of(TEXTS))))
    assert [cell["text"] for cell in record["rows"][0]] == TEXTS[0]
    assert record["rows"][1][0]["confidence"] is None
    assert record["rows"][0][0]["box"] == [0, 0, 9, 9]
    assert record["left_out"] == []

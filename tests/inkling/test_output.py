"""The command line's records and tables are those of the page."""

import csv
import io
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkling import output
from inkling.record_format import csv_text, guarded
from ui.batch import records
from worker import serialize


@pytest.fixture(params=[3, 7, None])
def reading(request, reader, drawn_digits):
    """A picture of one digit, or a blank one, read as a number."""
    picture = drawn_digits[request.param or 7]
    return reader.read(picture if request.param else picture.point(lambda _: 255))


def as_the_page_has_it(reading):
    told = serialize.number(reading)
    digits = [SimpleNamespace(**digit) for digit in told.pop("digits")]
    return SimpleNamespace(**told, digits=digits)


def test_a_reading_has_the_record_that_the_page_gives_it(reading):
    ours = output.record("a.png", reading)
    assert tuple(ours)[:5] == output.COLUMNS
    assert ours == dict(records.record_of("a.png", as_the_page_has_it(reading)))
    assert output.cells(ours) == list(records.csv_rows([ours])[1])


def test_a_name_that_a_spreadsheet_would_run_gets_an_apostrophe():
    names = ("=1+1.png", "-", "7.png")
    cells = [output.cells(output.failed_record(name, "No."))[0] for name in names]
    assert cells == ["'=1+1.png", "-", "7.png"]


CELLS = st.none() | st.integers() | st.text(alphabet="17,;\"'=-\n\r\t ", max_size=5)


@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=4)), separator=st.sampled_from(",;\t"))
def test_csv_is_what_pythons_own_writer_makes_of_rows_without_formulas(rows, separator):
    harmless = [[guarded(x) if isinstance(x, str) else x for x in row] for row in rows]
    expected = io.StringIO(newline="")
    csv.writer(expected, delimiter=separator, lineterminator="\r\n").writerows(harmless)
    assert csv_text(rows, separator, newline="\r\n") == expected.getvalue()


def test_a_row_of_one_empty_cell_is_no_empty_line():
    assert list(csv.reader(io.StringIO(csv_text([["a"], [None], ["b"]])))) == [["a"], [""], ["b"]]

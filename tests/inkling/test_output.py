"""The command line's records and tables are those of the page."""

from types import SimpleNamespace

import pytest

from inkling import output
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

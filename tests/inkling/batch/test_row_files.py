"""Tables that a later run continues, after any kind of end."""

import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkling.batch.row_files import Csv, JsonLines, TableError
from inkling.output import failed_record

KINDS = [Csv, JsonLines]
# Names as a disk may hold them: with quotes, commas, line breaks, formulas, and undecodable bytes.
NAMES = ["7.png", 'a "b", c.png', "two\nlines.png", "=1+1.png", "zwölf.png", "odd\udcff.png"]


def row(name: str, text: str = "7") -> dict:
    return failed_record(name, "No.") | {"text": text}


def names_in(path) -> list[str]:
    """Return the names in a table, read by Python's own readers."""
    if path.suffix == ".csv":
        with path.open(newline="", encoding="utf-8") as file:
            return [its["file"] for its in csv.DictReader(file)]
    return [json.loads(line)["file"] for line in path.read_text().splitlines()]


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_that_is_continued_has_each_file_once(kind, tmp_path):
    path = tmp_path / ("out" + (".csv" if kind is Csv else ".jsonl"))
    with kind(path) as table:
        for name in NAMES[:4]:
            table.write(row(name, "1\n2"))
    whole = path.read_bytes()
    with kind(path, resume=True) as table:
        assert [name in table for name in NAMES] == [True] * 4 + [False] * 2
        for name in NAMES:
            table.write(row(name))
    assert path.read_bytes().startswith(whole) and len(names_in(path)) == len(NAMES)
    with kind(path, resume=True) as table:
        assert all(name in table for name in NAMES)


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_wherever_a_file_was_cut_off_the_next_run_makes_it_whole(kind, tmp_path_factory, data):
    path = tmp_path_factory.mktemp("cut") / ("out" + (".csv" if kind is Csv else ".jsonl"))
    with kind(path) as table:
        for name in NAMES:
            table.write(row(name, "1\n2"))
    whole = path.read_bytes()
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    with kind(path, resume=True) as table:
        for name in NAMES:
            table.write(row(name, "1\n2"))
    assert path.read_bytes() == whole


def test_without_resume_a_table_begins_anew(tmp_path):
    for name in ("a.png", "b.png"):
        with Csv(tmp_path / "out.csv") as table:
            table.write(row(name))
    assert names_in(tmp_path / "out.csv") == ["b.png"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_table_of_readings_is_not_continued(kind, tmp_path):
    path = tmp_path / "other.txt"
    for text in ("Dear diary\n", "file\n7.png\n", "file,text\n7.png,7\n", "[1]\n"):
        path.write_text(text)
        with pytest.raises(TableError, match="something else than readings"):
            kind(path, resume=True)
        assert path.read_text() == text


def test_standard_input_is_read_each_time(tmp_path):
    for resume in (False, True):
        with JsonLines(tmp_path / "out.jsonl", resume) as table:
            assert "-" not in table
            table.write(row("-"))
    assert names_in(tmp_path / "out.jsonl") == ["-", "-"]

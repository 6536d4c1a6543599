"""Files of several pages on the command line: each page is a row by its own name."""

import builtins
import io
import json
import sys
from pathlib import Path

import pytest
from PIL import Image

from inkling.__main__ import main
from inkling.batch.rows import read_files


@pytest.fixture(scope="module", params=["tif", "pdf"])
def scan(request, tmp_path_factory, drawn_digits) -> Path:
    """A file of two pages: a 3, then a 7."""
    if request.param == "pdf":
        pytest.importorskip("pypdfium2")
    path = tmp_path_factory.mktemp("scans") / f"scan.{request.param}"
    first, second = (drawn_digits[label].convert("L") for label in (3, 7))
    first.save(path, save_all=True, append_images=[second], resolution=200)
    return path


def texts(printed: str) -> dict[str, str]:
    rows = map(json.loads, printed.splitlines())
    return {Path(row["file"]).name: row["text"] for row in rows}


def test_each_page_of_a_file_is_a_row(scan, capsys):
    assert main([str(scan.parent), "--json"]) == 0
    assert texts(capsys.readouterr().out) == {scan.name: "3", f"{scan.name}#2": "7"}


def test_one_page_can_be_named(scan, capsys):
    assert main([f"{scan}#2", "--json"]) == 0
    assert texts(capsys.readouterr().out) == {f"{scan.name}#2": "7"}
    absent, first = read_files([f"{scan}#3", str(scan)])
    assert absent.failed and "damaged" in absent["reason"] and first["text"] == "3"


def test_a_resumed_run_reads_the_pages_that_are_missing(scan, tmp_path, capsys):
    table = tmp_path / "out.csv"
    for name, left in ((f"{scan}#2", [f"{scan.name}#2"]), (str(scan), [scan.name])):
        assert main([name, "--json", "--csv", str(table), "--resume"]) == 0
        assert list(texts(capsys.readouterr().out)) == left


def test_pages_come_from_standard_input_and_reach_other_processes(scan, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(scan.read_bytes())))
    assert main(["-", "--json", "--jobs", "2"]) == 0
    assert texts(capsys.readouterr().out) == {"-": "3", "-#2": "7"}


def test_tables_are_read_from_every_page(scan, capsys):
    assert main(["--table", str(scan), "--json"]) in (0, 1)  # one digit is hardly a table
    pages = [json.loads(line)["page"] for line in capsys.readouterr().out.splitlines()]
    assert pages == [1, 2]


def test_a_damaged_pdf_is_a_row_that_says_so(tmp_path):
    pytest.importorskip("pypdfium2")
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n")
    (row,) = read_files([str(tmp_path / "cut.pdf")])
    assert row.failed and "damaged" in row["reason"]


def test_a_vast_page_is_refused_before_it_is_drawn(tmp_path):
    pytest.importorskip("pypdfium2")
    Image.new("1", (9_000, 9_000)).save(tmp_path / "vast.pdf", resolution=72)
    (row,) = read_files([str(tmp_path / "vast.pdf")])
    assert row.failed and "25000 x 25000 pixels" in row["reason"]


def test_without_the_library_a_pdf_says_what_to_install(tmp_path, monkeypatch, capsys):
    imported = builtins.__import__

    def without(name, *rest, **named):
        if name == "pypdfium2":
            raise ImportError(name)
        return imported(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7\n")
    assert main([str(tmp_path / "scan.pdf")]) == 1
    assert "pip install 'inkling-reader[pdf]'" in capsys.readouterr().err

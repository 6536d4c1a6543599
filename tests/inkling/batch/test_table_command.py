"""Pages of numbers on the command line, run as a person would run it."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from inkling import PictureError
from inkling.tables.tiff_pages import count_pages, pages

SITE = Path(__file__).resolve().parents[3] / "site"
ROWS = [["3", "40"], ["70", ""], ["7", "33"]]


def inkling(*arguments) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "inkling", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, cwd=SITE, timeout=300, text=True)


def page(drawn_digits, rows):
    paper = Image.new("L", (500, 120 * len(rows) + 60), 255)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            for place, digit in enumerate(text):
                drawn = drawn_digits[int(digit)].convert("L")
                drawn = drawn.crop(ImageOps.invert(drawn).getbbox()).resize((40, 60))
                paper.paste(drawn, (60 + 220 * c + 50 * place, 50 + 120 * r))
    return paper


@pytest.fixture(scope="module")
def folder(tmp_path_factory, drawn_digits) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    first, second = page(drawn_digits, ROWS), page(drawn_digits, ROWS[:2])
    first.save(folder / "one.png")
    first.save(folder / "two.tif", save_all=True, append_images=[second])
    return folder


def test_a_page_becomes_a_csv_that_a_spreadsheet_opens(folder, tmp_path):
    run = inkling(
        "--table", folder / "one.png", "--csv", tmp_path / "table.csv", "--separator", ";"
    )
    assert (run.returncode, run.stderr, run.stdout) == (0, "", "")
    written = (tmp_path / "table.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(written.decode("utf-8-sig")), delimiter=";"))
    assert read == ROWS


def test_every_page_of_a_tiff_is_read_and_named_beside_other_files(folder):
    run = inkling("--table", folder / "one.png", folder / "two.tif", "--csv")
    rows = list(csv.reader(io.StringIO(run.stdout)))
    one, two = str(folder / "one.png"), str(folder / "two.tif")
    expected = [[name, *row] for name in (one, two) for row in ROWS]
    assert rows == expected + [[f"{two}#2", *row] for row in ROWS[:2]]


def test_json_has_each_cell_with_its_confidence_and_box(folder):
    record = json.loads(inkling("--table", folder / "one.png", "--json").stdout)
    assert [[cell["text"] for cell in row] for row in record["rows"]] == ROWS
    left, top, right, bottom = record["rows"][2][1]["box"]
    assert left < 280 < 370 < right and top < 290 < 350 < bottom


def test_a_file_that_is_no_page_is_said_and_the_others_are_read(folder, tmp_path):
    (tmp_path / "letter.tif").write_bytes(b"II*\0 Dear diary")
    Image.new("L", (90, 90), 255).save(tmp_path / "blank.png")
    names = [tmp_path / "letter.tif", tmp_path / "blank.png", folder / "one.png"]
    run = inkling("--table", *names)
    assert run.returncode == 1
    problems = run.stderr.splitlines()
    assert problems[0].startswith(f"{names[0]}: The picture is damaged")
    assert problems[1] == f"{names[1]}: no ink"
    assert [line.split("\t")[1:] for line in run.stdout.splitlines()] == ROWS


def test_pages_are_counted_without_being_decoded(folder):
    assert count_pages(folder / "two.tif") == 2
    assert count_pages(folder / "one.png") == 1
    assert [its.size for its in pages(folder / "two.tif")] == [(500, 420), (500, 300)]
    with pytest.raises(PictureError, match="damaged"):
        count_pages(b"II*\0")


def test_marks_that_cannot_be_told_apart_are_refused(folder):
    run = inkling("--table", folder / "one.png", "--csv", "--decimal", ",")
    assert run.returncode == 2
    assert "--separator" in run.stderr

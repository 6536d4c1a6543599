"""The fields of a form are found by its printed marks; a template is checked before it is used."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from inkling import PictureError
from inkling.tables.form_template import load_form, parse_form
from inkling.tables.read_form import prepared
from tests.inkling.tables.form_pictures import FIELDS, TEXTS, blank_form, filled_form, template

SITE = Path(__file__).resolve().parents[3] / "site"


@pytest.fixture(scope="module")
def blank():
    return prepared(parse_form(template()))


def scans(drawn_digits):
    """The same form as three ways to scan it give it."""
    paper = filled_form(drawn_digits)
    width, height = paper.size
    quad = (30, 0, 0, height, width, height - 40, width - 20, 20)  # corners, counterclockwise
    seen = paper.transform(
        paper.size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC, fillcolor=255
    )
    turned = paper.rotate(7, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    return {"as it is": paper, "turned": turned, "in perspective": seen}


@pytest.mark.parametrize("how", ["as it is", "turned", "in perspective"])
def test_fields_are_read_wherever_the_scan_has_them(reader, drawn_digits, blank, how):
    reading = reader.read_form(scans(drawn_digits)[how], blank)
    assert reading.problem is None
    assert reading.texts == TEXTS
    assert [cell.problem for cell in reading.cells] == [None, None, None]


def test_a_larger_scan_on_a_larger_sheet_is_laid_over_the_form(reader, drawn_digits, blank):
    sheet = Image.new("L", (1200, 1500), 255)
    sheet.paste(filled_form(drawn_digits).resize((1000, 1250)), (130, 90))
    reading = reader.read_form(sheet, blank)
    assert reading.texts == TEXTS
    left, top, right, bottom = reading.cells[0].box
    expected = [130 + 1.25 * 260, 90 + 1.25 * 200, 130 + 1.25 * 460, 90 + 1.25 * 280]
    assert [left, top, right, bottom] == pytest.approx(expected, abs=6)


def test_an_expectation_changes_no_text_and_names_what_does_not_fit(reader, drawn_digits, blank):
    texts = {"plot": "407", "age": "334", "yield": "70"}
    reading = reader.read_form(filled_form(drawn_digits, texts), blank)
    assert reading.texts == texts
    assert [cell.problem for cell in reading.cells] == [None, "not what is expected", None]


def test_another_page_is_no_such_form(reader, drawn_digits, blank):
    page = Image.new("L", (800, 1000), 255)
    page.paste(drawn_digits[7].convert("L"), (300, 500))
    reading = reader.read_form(page, blank)
    assert "were not found" in reading.problem
    assert reading.texts == dict.fromkeys(TEXTS, "")
    assert "were not found" in reader.read_form(Image.new("L", (800, 1000), 255), blank).problem


BAD = {
    "no JSON": ("{", "no JSON"),
    "another file": ("[]", "no form's template"),
    "no picture": (template(blank=None), "names no picture"),
    "a picture elsewhere": (template(blank="blank.png"), "in another file"),
    "a damaged picture": (template(blank="data:image/png;base64,!"), "damaged"),
    "no fields": (template([]), "1 to 500 fields"),
    "a nameless field": (template([{"box": [0, 0, 9, 9]}]), "Field 1 has no name"),
    "a box of three": (template([{"name": "a", "box": [0, 0, 9]}]), "box of field a"),
    "a box upside down": (template([{"name": "a", "box": [0, 90, 90, 9]}]), "box of field a"),
    "a box outside": (template([{"name": "a", "box": [0, 0, 900, 9]}]), "beyond .* 800 x 1000"),
    "a kind unknown": (template([FIELDS[0] | {"kind": "money"}]), "no kind of field"),
    "a count of none": (template([FIELDS[2] | {"count": 2}]), "no kind"),
    "a typing error": (template([FIELDS[0] | {"kid": "integer"}]), "kid, which is not known"),
    "two of a name": (template([FIELDS[0], FIELDS[0]]), "Two fields are called plot"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_template_is_refused_with_what_is_wrong(case):
    text, problem = BAD[case]
    with pytest.raises(PictureError, match=problem):
        parse_form(text)


def test_a_template_may_name_a_picture_beside_it(tmp_path):
    blank_form().save(tmp_path / "blank.png")
    (tmp_path / "form.json").write_text(template(blank="blank.png"))
    form = load_form(tmp_path / "form.json")
    assert (form.size, form.names) == ((800, 1000), ["plot", "age", "yield"])


def inkling(*arguments) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "inkling", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, cwd=SITE, timeout=300, text=True)


def test_a_folder_of_scans_becomes_one_row_for_each_form(drawn_digits, tmp_path):
    folder = tmp_path / "scans"
    folder.mkdir()
    filled_form(drawn_digits).rotate(3, expand=True, fillcolor=255).save(folder / "1.png")
    filled_form(drawn_digits, TEXTS | {"yield": "70"}).save(folder / "2.png")
    Image.new("L", (90, 90), 255).save(folder / "3.png")
    (tmp_path / "form.json").write_text(template())
    run = inkling("--form", tmp_path / "form.json", folder, "--csv")
    rows = list(csv.reader(io.StringIO(run.stdout)))
    assert rows[0] == ["file", "plot", "age", "yield"]
    assert [row[1:] for row in rows[1:]] == [["407", "33", ""], ["407", "33", "70"], ["", "", ""]]
    assert run.returncode == 1
    assert run.stderr.startswith(f"{folder / '3.png'}: the printed marks")
    record = json.loads(
        inkling("--form", tmp_path / "form.json", folder / "2.png", "--json").stdout
    )
    assert record["fields"]["yield"]["text"] == "70"


def test_a_template_that_is_missing_is_said(tmp_path):
    run = inkling("--form", tmp_path / "form.json", tmp_path, "--csv")
    assert run.returncode == 1
    assert run.stderr == (
        f"inkling: {tmp_path / 'form.json'} cannot be opened (No such file or directory); "
        "check its name.\n"
    )

"""The fields of a form are drawn once; further scans become one row each."""

import csv
import io
import json

import pytest
from support.gestures import download, open_picture
from support.page_state import START_MS, wait_for_words, wait_until
from support.papers import FIELDS, SHEET, form_page

FORMS = [("407", "12"), ("88", "30"), ("1000", "7"), ("64", ""), ("903", "45")]


def wait_for_fields(page, count):
    page.wait_for_function(
        "count => document.querySelectorAll('.field').length == count", arg=count
    )


def draw_box(page, box):
    """Draw a box over the form's picture with the pointer; box: in pixels of the form."""
    frame = page.locator("#form-picture").bounding_box()
    scale = frame["width"] / SHEET[0]
    points = [(frame["x"] + x * scale, frame["y"] + y * scale) for x, y in (box[:2], box[2:])]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[1], steps=3)
    page.mouse.up()


@pytest.fixture
def scans(tmp_path):
    """Save the blank form and five filled in, some of them turned; return the paths of the five."""
    form_page().save(tmp_path / "blank.png")
    scans = [tmp_path / f"{number}.png" for number in range(1, 6)]
    for path, texts, turn in zip(scans, FORMS, (0, 2, -3, 1, 0), strict=True):
        form_page(texts).rotate(turn, expand=True, fillcolor=255).save(path)
    return scans


def draw_form(page, blank):
    """Draw one field by pointer and one by keys over a picture of the blank form."""
    open_picture(page, blank)
    page.click("#as-table")
    page.click("#form-begin:visible")
    page.wait_for_function("document.activeElement.id == 'form-title'", timeout=START_MS)
    draw_box(page, FIELDS[0])
    wait_for_fields(page, 1)
    assert page.evaluate("document.activeElement.value") == "Field 1"
    page.keyboard.type("plot")
    page.select_option("[data-part=kind]", "integer")
    page.focus("#form-add")
    page.keyboard.press("Enter")
    wait_for_fields(page, 2)
    for key, times in (("ArrowDown", 40), ("ArrowLeft", 2), ("Shift+ArrowDown", 3)):
        for _ in range(times):
            page.keyboard.press(key)


def read_scans(page, scans):
    """Read the scans; return the rows of the table that is downloaded, below its head."""
    page.set_input_files("#form-scans", scans)
    page.wait_for_selector("#form-part", state="hidden")
    page.wait_for_function(
        "/doubtful.$/.test(document.querySelector('#table-said').textContent)", timeout=START_MS
    )
    page.select_option("#table-page", "3")
    page.wait_for_function(
        """wanted => [...document.querySelectorAll('#cells input')]
            .map(({ value }) => value).join() === wanted""",
        arg=",".join(FORMS[2]),
    )
    assert "plot" in page.inner_text("#cells thead")
    name = page.get_attribute("[data-index='1']", "aria-label")
    assert name.startswith("Field Field 2")
    rows = list(csv.reader(io.StringIO(download(page, "#table-csv").decode("utf-8-sig"))))
    return rows[rows.index(["file", "plot", "Field 2"]) + 1 :]


def test_a_form_is_drawn_and_five_scans_become_five_rows(visit, tmp_path, scans, axe):
    page = visit()
    wait_until(page, "ready")
    draw_form(page, tmp_path / "blank.png")
    assert axe(page) == []
    expected = [[path.name, *texts] for path, texts in zip(scans, FORMS, strict=True)]
    assert read_scans(page, scans) == expected
    # The template is saved and opened again.
    page.click("#form-again")
    wait_for_fields(page, 2)
    template = json.loads(download(page, "#form-save"))
    assert [field["name"] for field in template["fields"]] == ["plot", "Field 2"]
    assert template["fields"][0]["kind"] == "integer"
    assert template["fields"][0]["box"] == pytest.approx(FIELDS[0], abs=3)
    page.fill("tr[data-index='1'] [data-part=name]", "plot")
    page.click("#form-save")
    assert page.text_content("#form-said") == "Two fields are called plot; rename one."
    page.click("#form-close")
    template["fields"][0]["box"] = [0, 0, 9000, 9]
    (tmp_path / "form.json").write_text(json.dumps(template))
    page.set_input_files("#form-open", tmp_path / "form.json")
    wait_for_words(page, "#form-said", "reaches beyond")
    assert not page.log.errors

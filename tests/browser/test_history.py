"""Readings are kept, shown again, deleted and downloaded."""

import csv
import io
import json

import pytest
from PIL import Image
from support.gestures import clear, download, draw, open_picture
from support.handwriting import pen_strokes
from support.page_state import START_MS, answer, history, ink_on, settle
from test_pictures import encoded, seven

from inkling import Reader


@pytest.fixture
def two_read(page):
    """Return the page after a 7 and then a 3 were drawn."""
    for digit in (7, 3):
        clear(page)
        draw(page, pen_strokes(digit))
        assert answer(page) == str(digit)
    return page


def test_every_drawing_is_one_entry_however_many_strokes_it_has(two_read):
    assert history(two_read) == ["3", "7"]
    draw(two_read, [[(0.05, 0.05), (0.1, 0.05)]])
    settle(two_read)
    assert len(history(two_read)) == 2


def test_an_entry_leads_back_to_its_drawing(two_read):
    two_read.locator("#history [data-revisit]").nth(1).click()
    assert answer(two_read) == "7" and ink_on(two_read) > 0
    assert history(two_read) == ["3", "7"]


def test_a_picture_is_still_there_after_a_reload_and_can_be_gone_back_to(page, tmp_path):
    path = tmp_path / "seven.png"
    path.write_bytes(encoded(seven((900, 1000)), "PNG"))
    open_picture(page, path)
    assert answer(page) == "7"
    page.reload()
    page.wait_for_function("document.querySelector('#answer').textContent == '7'", timeout=START_MS)
    assert ink_on(page) > 10_000
    clear(page)
    page.locator("#history [data-revisit]").first.click()
    page.wait_for_function("document.querySelector('#answer').textContent == '7'")


def test_an_entry_can_be_deleted_and_all_of_them_too(two_read):
    two_read.locator("#history [data-delete]").first.click()
    assert history(two_read) == ["7"]
    two_read.click("#forget")
    assert history(two_read) == [] and not two_read.is_visible("#history")
    assert answer(two_read) == "3"  # the drawing itself stays


def test_the_ink_can_be_taken_along_and_is_read_alike_elsewhere(page, trained_model):
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    picture = Image.open(io.BytesIO(download(page, "#download-ink")))
    assert picture.size == (280, 280)
    assert Reader.load(trained_model).read_digit(picture).label == 7


def test_the_glyph_can_be_taken_along_as_numbers(page):
    draw(page, pen_strokes(7))
    settle(page)
    rows = list(csv.reader(io.StringIO(download(page, "#download-glyph").decode())))
    assert len(rows) == 28 and {len(row) for row in rows} == {28}
    values = [int(value) for row in rows for value in row]
    assert min(values) == 0 and max(values) == 255


def test_the_strokes_can_be_taken_along(page):
    strokes = pen_strokes(7)
    draw(page, strokes)
    settle(page)
    kept = json.loads(download(page, "#download-strokes"))
    assert kept["side"] == 280 and len(kept["strokes"]) == len(strokes)
    first = kept["strokes"][0]["points"][0]
    assert first[:2] == pytest.approx([280 * place for place in strokes[0][0]], abs=1)


def test_the_history_can_be_taken_along(two_read):
    rows = list(csv.DictReader(io.StringIO(download(two_read, "#download-history").decode())))
    assert [row["text"] for row in rows] == [row["label"] for row in rows] == ["3", "7"]
    assert all(0.5 < float(row["confidence"]) <= 1 for row in rows)


def test_what_cannot_be_taken_along_yet_is_not_offered(page):
    for name in ("ink", "glyph", "strokes"):
        assert page.is_disabled(f"#download-{name}")


def test_an_entry_without_an_answer_has_no_share_and_is_named_as_unread(page):
    draw(page, [[(0.2, 0.2), (0.8, 0.8)], [(0.8, 0.2), (0.2, 0.8)], [(0.2, 0.5), (0.8, 0.5)]])
    assert answer(page) == ""
    page.wait_for_selector("#history li")
    assert history(page) == ["?"] and page.text_content("#history .share") == ""
    names = [it.get_attribute("aria-label") for it in page.locator("#history button").all()]
    assert names == ["Back to the unread entry", "Delete the unread entry"]
    page.click("#history .delete")
    assert page.text_content("#deleted-said") == "The unread entry was deleted."

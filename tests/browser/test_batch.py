"""Several pictures at once become a table, which can be downloaded."""

import csv
import io
import json

import pytest
from support.gestures import download, draw, drop, open_pictures, open_view, write_a_number
from support.handwriting import mnist_digits, pen_strokes
from support.page_state import answer, history, spots

# Without a 5: the first of MNIST's test digits, which these are made of, is misread as a 6.
NUMBERS = ["407", "12", "2024", "88", "31", "903", "7", "64", "1000", "43", "270"]
READ_MS = 120_000  # twelve pictures on a busy machine


@pytest.fixture
def eleven(tmp_path):
    """Eleven pictures of numbers."""
    return [picture_of(number, tmp_path / f"{number}.png") for number in NUMBERS]


def picture_of(number, path):
    mnist_digits(number).save(path, "PNG")
    return path


def finished(page):
    """Return the outcome, once all pictures are read."""
    page.wait_for_function(
        "document.querySelector('#batch-said').textContent", timeout=READ_MS, polling=200
    )
    return page.text_content("#batch-said")


def table(page):
    """Return the cells of the table's rows as texts."""
    rows = page.locator("#batch tr").all()
    return [row.locator("th, td").all_text_contents() for row in rows]


def downloaded(page):
    """Download the table and return its rows as a spreadsheet reads them."""
    return list(csv.DictReader(io.StringIO(download(page, "#batch-csv").decode())))


def test_drops_twelve_pictures_and_downloads_the_csv(page, eleven, tmp_path):
    damaged = tmp_path / "damaged.png"
    damaged.write_bytes(eleven[0].read_bytes()[:300])
    write_a_number(page)
    drop(page, *eleven[:5], damaged, *eleven[5:])
    assert finished(page) == "11 of 12 pictures read."
    rows = downloaded(page)
    assert [row["file"] for row in rows if row["reason"] == ""] == [p.name for p in eleven]
    assert [row["text"] for row in rows if row["reason"] == ""] == NUMBERS
    assert [row["file"] for row in rows if row["reason"]] == ["damaged.png"]
    for row in rows:
        assert row["reason"].endswith(".") or 0 < float(row["confidence"]) <= 1
        assert list(row) == ["file", "text", "label", "confidence", "reason"]
    shown = table(page)
    read = [row for row in shown if len(row) == 4]
    assert [row[1] for row in read] == NUMBERS
    assert not any("100" in share for row in read for share in row[2:]), "certain of a digit"
    assert page.locator("#batch canvas").count() == 11


def test_the_table_as_json_has_every_digit_with_its_box(page, eleven):
    write_a_number(page)
    open_pictures(page, eleven[:2])
    finished(page)
    records = json.loads(download(page, "#batch-json"))
    assert [record["text"] for record in records] == ["407", "12"]
    assert [digit["label"] for digit in records[0]["digits"]] == [4, 0, 7]
    for digit in records[0]["digits"]:
        shares = digit["probabilities"]
        assert list(shares) == [*"0123456789", "none"]
        assert abs(sum(shares.values()) - 1) < 0.001
        assert shares[str(digit["label"])] == digit["confidence"]
    lefts = [digit["box"][0] for digit in records[0]["digits"]]
    assert lefts == sorted(lefts) and all(0 <= d["confidence"] <= 1 for d in records[0]["digits"])


def test_what_is_on_the_pad_stays_and_a_picture_of_the_table_can_be_laid_there(page, eleven):
    draw(page, pen_strokes(3))
    assert answer(page) == "3"
    write_a_number(page)
    assert answer(page) == "3"
    open_pictures(page, eleven[:2])
    finished(page)
    assert answer(page) == "3" and history(page) == ["3"]
    page.locator("#batch [data-row]").first.click()
    page.wait_for_function("document.querySelector('#answer').textContent == '407'")
    assert spots(page) == ["4", "0", "7"]


def test_under_one_digit_each_picture_is_one_digit(page, tmp_path):
    open_pictures(page, [picture_of(digit, tmp_path / f"{digit}.png") for digit in "407"])
    assert finished(page) == "3 of 3 pictures read."
    assert [row[1] for row in table(page)] == ["4", "0", "7"]


def test_a_picture_of_several_digits_is_read_as_a_number_in_either_mode(page, tmp_path):
    open_pictures(page, [picture_of(number, tmp_path / f"{number}.png") for number in ("4", "407")])
    assert finished(page) == "2 of 2 pictures read."
    assert [row[1] for row in table(page)] == ["4", "407"]
    page.locator("#batch [data-row]").nth(1).click()
    page.wait_for_function("document.querySelectorAll('#spots button').length == 3")
    assert answer(page) == "407"


def test_reading_can_be_stopped_and_what_was_read_is_kept(page, eleven):
    write_a_number(page)
    open_pictures(page, eleven * 8)
    page.wait_for_selector("#batch tr")
    assert page.is_visible("#batch-progress")
    page.click("#batch-stop")
    assert finished(page).startswith("Stopped after ")
    kept = table(page)
    assert 1 <= len(kept) < 88 and not page.is_visible("#batch-progress")
    page.wait_for_timeout(1000)
    assert table(page) == kept
    assert len(downloaded(page)) == len(kept)


def test_more_pictures_are_added_to_the_table(page, eleven):
    write_a_number(page)
    open_pictures(page, eleven[:2])
    open_pictures(page, eleven[2:4])
    page.wait_for_function("document.querySelectorAll('#batch tr').length == 4", timeout=READ_MS)
    assert [row[1] for row in table(page)] == NUMBERS[:4]
    page.click("#batch-forget")
    assert table(page) == [] and not page.is_visible("#batch-part")


def test_bad_files_get_their_sentence_and_the_rest_goes_on(page, eleven, tmp_path):
    (tmp_path / "holiday").mkdir()
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7\n")
    write_a_number(page)
    bad = [tmp_path / name for name in ("holiday", "empty.png", "letter.pdf")]
    drop(page, *bad, eleven[0])
    assert finished(page) == "1 of 4 pictures read."
    sentences = [row[1] for row in table(page)[:3]]
    assert [
        word in sentence
        for word, sentence in zip(("folder", "empty", "PDF"), sentences, strict=True)
    ] == [True] * 3
    assert table(page)[3][1] == "407"


def test_the_name_of_a_file_is_text_and_no_formula(page, eleven, tmp_path):
    names = ["<img src=x onerror=document.title='taken'>.png", "=1+1.png", 'a "b", c.png']
    for name in names:
        (tmp_path / name).write_bytes(eleven[0].read_bytes())
    open_pictures(page, [tmp_path / name for name in names])
    finished(page)
    assert [row[0] for row in table(page)] == names
    assert page.locator("#batch img").count() == 0 and "taken" not in page.title()
    assert [row["file"] for row in downloaded(page)] == [names[0], "'=1+1.png", names[2]]


def test_the_table_comes_into_sight_from_any_view_and_speaks_german(page, eleven):
    open_view(page, "about")
    write_a_number(page)
    open_pictures(page, eleven[:2])
    finished(page)
    assert page.url.endswith("#read") and page.is_visible("#batch")
    page.click("[data-language=de]")
    page.wait_for_selector('html[lang="de"]')
    assert page.text_content("#batch-said") == "2 von 2 Bildern gelesen."
    page.click("[data-language=en]")
    page.wait_for_selector('html[lang="en"]')

"""Pages become tables that a person confirms and corrects, and takes along."""

import csv
import io
import json

import openpyxl
from support.gestures import download, open_picture, open_pictures
from support.page_state import START_MS, wait_until
from support.papers import pdf, ruled_table, tiff

ROWS = [["407", "12", "31"], ["88", "903", ""], ["270", "43", "1000"]]
OTHERS = [["7", "24"], ["64", "10"]]


def wait_for_pages(page, cells):
    """Wait until all pages are read, with so many cells in all."""
    said = (
        "count => document.querySelector('#table-said')?.textContent.startsWith(count + ' cells')"
    )
    page.wait_for_function(said, arg=cells, timeout=START_MS)


def values(page):
    """Return what stands in the cells in sight, once all of them are there."""
    page.wait_for_selector("#cells tfoot td")
    return page.locator("#cells input").evaluate_all("fields => fields.map(it => it.value)")


def states(page):
    return page.locator("#cells input").evaluate_all("fields => fields.map(it => it.dataset.state)")


def csv_rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def check_what_is_saved(page):
    """The table as CSV, JSON and a workbook, in which 903 was corrected to 908."""
    written = csv_rows(download(page, "#table-csv"))
    assert written == [["407", "12", "31"], ["88", "908", ""], ["270", "43", "1000"]]
    header, *cells = csv_rows(download(page, "#cells-csv"))
    changed = [dict(zip(header, cell, strict=True)) for cell in cells if cell[6]]
    assert [(it["row"], it["column"], it["text"], it["read"]) for it in changed] == [
        ("2", "2", "908", "903")
    ]
    (told,) = json.loads(download(page, "#table-json"))
    assert told["file"] == "form.png" and told["rows"][1][1]["corrected"]
    assert not any("runtime/xlsx" in url for url in page.log.requests), "fetched on first use"
    book = openpyxl.load_workbook(io.BytesIO(download(page, "#table-xlsx")))
    table, cells = book["Table"], book["Cells"]
    assert [list(row) for row in table.values] == [[407, 12, 31], [88, 908, None], [270, 43, 1000]]
    assert {cell.coordinate for row in table for cell in row if cell.font.b} == {"B2"}
    names, *rest = cells.values
    changed = [dict(zip(names, row, strict=True)) for row in rest if row[6]]
    assert [(it["row"], it["text"], it["read"]) for it in changed] == [(2, "908", "903")]
    left, top, right, bottom = told["rows"][1][1]["box"]
    assert 300 < left < 380 and 200 < top < 260 and right < 640 and bottom < 410


def test_from_a_photo_to_a_corrected_csv_by_keyboard_alone(visit, tmp_path, axe):
    page = visit()
    wait_until(page, "ready")
    path = tmp_path / "form.png"
    ruled_table(ROWS).save(path)
    open_picture(page, path)
    page.wait_for_selector("#as-table:visible")
    page.focus("#as-table")
    page.keyboard.press("Enter")
    wait_for_pages(page, 9)
    assert values(page) == [text for row in ROWS for text in row]
    foot = page.locator("#cells tfoot :is(th, td)").all_text_contents()
    assert foot == ["Count", "3", "3", "2", "Total", "765", "958", "1031"]
    page.focus("[data-index='0']")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.index") == "4"
    assert page.is_visible("#page-cell"), "the cell is marked in the picture"
    page.keyboard.type("908")
    page.keyboard.press("Tab")
    assert states(page)[4] == "corrected" and "958" not in page.text_content("#cells tfoot")
    assert "read: 903" in page.get_attribute("[data-index='4']", "aria-label")
    assert axe(page) == []
    page.keyboard.press("Control+z")
    assert values(page)[4] == "903" and page.is_disabled("#redo"), "the pad undoes nothing"
    page.keyboard.press("Control+y")
    assert values(page)[4] == "908"
    page.click("#page-picture", position={"x": 60, "y": 60})
    assert page.evaluate("document.activeElement.dataset.index") == "0"
    check_what_is_saved(page)
    page.click("#table-forget")
    page.wait_for_selector("#table-link", state="hidden")
    page.wait_for_function("location.hash == '#read'")


def test_progress_moves_on_within_a_page(visit, tmp_path):
    page = visit()
    wait_until(page, "ready")
    ruled_table([["7", "24", "64"]] * 8).save(tmp_path / "long.png")
    open_picture(page, tmp_path / "long.png")
    page.click("#as-table")
    page.evaluate(
        """() => {
            const bar = document.querySelector("#table-progress");
            window.seen = [];
            new MutationObserver(() => window.seen.push(bar.value))
                .observe(bar, {attributeFilter: ["value"]});
        }"""
    )
    wait_for_pages(page, 24)
    seen = page.evaluate("window.seen")
    assert seen == sorted(seen) and any(0.5 < value < 1 for value in seen)


def test_a_pdf_and_a_tiff_are_read_page_by_page_and_survive_a_reload(visit, address, tmp_path):
    page = visit()
    wait_until(page, "ready")
    (tmp_path / "scans.pdf").write_bytes(pdf([ruled_table(ROWS), ruled_table(OTHERS)]))
    (tmp_path / "fax.tif").write_bytes(tiff([ruled_table(OTHERS)] * 2))
    assert not any("pdfjs" in url or "later/" in url for url in page.log.requests)
    open_picture(page, tmp_path / "scans.pdf")
    wait_for_pages(page, 9 + 4)
    assert values(page) == [text for row in ROWS for text in row]
    page.select_option("#table-page", "1")
    page.wait_for_function("document.querySelectorAll('#cells input').length == 4")
    page.fill("[data-index='0']", "9")
    page.keyboard.press("Enter")
    page.reload()
    page.wait_for_selector("#table-link:visible")
    page.click("#table-link")
    wait_for_pages(page, 9 + 4)
    page.select_option("#table-page", "1")
    page.wait_for_function("document.querySelectorAll('#cells input').length == 4")
    assert values(page) == ["9", "24", "64", "10"] and states(page)[0] == "corrected"
    page.wait_for_function("document.querySelector('#page-picture').naturalWidth > 100")
    wait_until(page, "ready")
    open_pictures(page, [tmp_path / "fax.tif"])
    wait_for_pages(page, 9 + 4 + 4 + 4)
    written = csv_rows(download(page, "#table-csv"))
    assert [row[0] for row in written] == (
        ["scans.pdf (1)"] * 3 + ["scans.pdf (2)"] * 2 + ["fax.tif (1)"] * 2 + ["fax.tif (2)"] * 2
    )
    assert all(url.startswith((address, "blob:", "data:")) for url in page.log.requests)
    assert not [line for line in page.log.complaints if "Content Security" in line]

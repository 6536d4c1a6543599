"""Take the README's screenshots: `make screenshots`."""

import pytest
from support.gestures import ROOT, draw, open_picture, write_a_number
from support.handwriting import fixture_strokes, number_strokes
from support.page_state import answer, wait_until
from support.papers import ruled_table
from test_tables import wait_for_pages

SCREENS = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
}


TABLE = [
    ["407", "12", "31", "5208"],
    ["88", "903", "", "2175"],
    ["270", "43", "1000", "816"],
    ["65", "719", "24", "3390"],
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_the_page_is_pictured(visit, screen, scheme):
    page = visit(color_scheme=scheme, reduced_motion="reduce", **SCREENS[screen])
    wait_until(page, "ready")
    draw(page, fixture_strokes(3))
    assert answer(page) == "3"
    (ROOT / "docs").mkdir(exist_ok=True)
    page.mouse.move(1, 1)
    page.screenshot(path=ROOT / "docs" / f"{screen}-{scheme}.png")


def test_a_number_is_pictured(visit):
    page = visit(reduced_motion="reduce", **SCREENS["desktop"])
    wait_until(page, "ready")
    write_a_number(page)
    draw(page, number_strokes("407"))
    assert answer(page) == "407"
    page.mouse.move(1, 1)
    page.screenshot(path=ROOT / "docs" / "number-light.png")


def test_a_table_is_pictured(visit, tmp_path):
    page = visit(reduced_motion="reduce", **SCREENS["desktop"])
    wait_until(page, "ready")
    ruled_table(TABLE).save(tmp_path / "form.png")
    open_picture(page, tmp_path / "form.png")
    page.click("#as-table")
    wait_for_pages(page, sum(map(len, TABLE)))
    page.wait_for_selector("#cells tfoot td")
    page.focus("[data-index='5']")
    page.wait_for_selector("#page-cell")
    page.screenshot(path=ROOT / "docs" / "table-light.png")

"""An empty page shows what to do, and deletions can be undone."""

import pytest
from support.gestures import clear, draw, open_pictures, open_view
from support.handwriting import fixture_strokes
from support.page_state import answer, history, ink_on, settle

STARTS = {"how": "#steps", "inside": "#inside-part"}


def test_an_empty_page_shows_a_ghost_samples_and_a_prompt_until_something_is_drawn(page):
    parts = ("#ghost", "#welcome", "#prompt")
    assert all(page.is_visible(part) for part in parts)
    assert page.is_hidden(".bars") and page.is_hidden("#original")
    draw(page, fixture_strokes(7))
    assert answer(page) == "7"
    assert all(page.is_hidden(part) for part in parts) and page.is_visible(".bars")
    clear(page)
    page.wait_for_selector("#ghost", state="visible")


@pytest.mark.parametrize("index", range(3))
def test_a_sample_is_drawn_on_the_pad_and_read_as_its_digit(page, index):
    button = page.locator("#welcome-samples button").nth(index)
    digit = button.locator("canvas").get_attribute("data-digit")
    assert digit in button.get_attribute("aria-label")
    button.click()
    assert answer(page) == digit and ink_on(page) > 0


@pytest.mark.parametrize("view", STARTS)
def test_how_and_inside_can_be_tried_on_a_sample(page, view):
    open_view(page, view)
    page.click(f"#{view} [data-sample]")
    page.wait_for_selector(STARTS[view], state="visible")
    assert answer(page) == "2"


def test_the_answer_is_the_largest_text_beside_the_pad(page):
    draw(page, fixture_strokes(3))
    assert answer(page) == "3"
    size = "name => parseFloat(getComputedStyle(document.querySelector(name)).fontSize)"
    assert page.evaluate(size, "#answer") >= 3 * page.evaluate(size, "h2")
    pad, shown = (page.locator(name).bounding_box() for name in ("#pad", "#answer"))
    assert shown["x"] > pad["x"] + pad["width"] and shown["y"] < pad["y"] + pad["height"] / 2


def test_a_deleted_history_can_be_had_back_in_its_order(page):
    for digit in (7, 3):
        draw(page, fixture_strokes(digit))
        assert answer(page) == str(digit)
        page.wait_for_selector(f"#history li:first-child :text('{digit}')")
        clear(page)
    page.click("#history li:first-child .delete")
    assert history(page) == ["7"]
    page.click("#undelete")
    page.wait_for_selector("#history li:nth-child(2)")
    assert history(page) == ["3", "7"]
    page.click("#forget")
    assert history(page) == []
    page.click("#undelete")
    page.wait_for_selector("#history li:nth-child(2)")
    assert history(page) == ["3", "7"] and page.is_hidden("#undelete")


def test_a_deleted_table_can_be_had_back(page, tmp_path):
    paths = [tmp_path / name for name in ("one.txt", "two.txt")]
    for path in paths:
        path.write_text("not a picture")
    open_pictures(page, paths)
    page.wait_for_function("document.querySelector('#batch-said').textContent")
    page.click("#batch-forget")
    assert page.is_hidden("#batch-part")
    page.click("#undelete")
    assert page.locator("#batch tr").count() == 2 and page.is_visible("#batch-part")
    page.click("#batch-forget")
    draw(page, fixture_strokes(3))  # the offer ends when the pad changes
    settle(page)
    page.wait_for_selector("#undelete", state="hidden")

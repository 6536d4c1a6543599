"""Numbers with signs are drawn on the page and read as they were written."""

import pytest
from support.gestures import draw, write_a_number
from support.handwriting import drawable_digits, numeral_strokes
from support.page_state import answer, spots, wait_for_words, wait_until

TEXTS = ["3.14", "-7", "12/05/24", "12:30", "1,50", "5+7=12", "7/3", "-340"]


@pytest.fixture
def wide(page):
    """Return the page with the wide pad for numbers."""
    write_a_number(page)
    return page


@pytest.mark.parametrize("text", TEXTS)
def test_a_number_with_signs_is_read_as_it_was_written(wide, text):
    missing = {int(c) for c in text if c.isdigit()} - set(drawable_digits())
    if missing:
        pytest.skip(f"no handwriting here with the digits {missing}: set INKLING_DATA")
    draw(wide, numeral_strokes(text))
    assert answer(wide) == text
    assert spots(wide) == list(text)


def test_a_sign_can_be_selected_and_is_no_mark_that_was_left_out(wide):
    draw(wide, numeral_strokes("7/3"))
    wide.focus("[data-spot='2']")
    wide.keyboard.press("ArrowLeft")
    wait_for_words(wide, "#runner-up", "/")
    assert wide.inner_text("#left-out") == ""


def test_the_line_network_is_fetched_when_a_number_is_first_read(visit):
    page = visit()
    wait_until(page, "ready")
    fetched = "performance.getEntriesByType('resource').some(e => e.name.endsWith('/lines.npz'))"
    draw(page, numeral_strokes("7"))
    assert answer(page) == "7"
    assert not page.evaluate(fetched)
    write_a_number(page)
    page.wait_for_function(fetched)
    assert answer(page) == "7"

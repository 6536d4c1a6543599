"""Lessons are turned like pages, presented on the whole screen, and drawings travel in links."""

import pytest
from support.gestures import clear, draw, open_view
from support.handwriting import pen_strokes
from support.page_state import answer, ink_on, rest, settle, wait_for_words

SCREEN = {"width": 1280, "height": 800}


@pytest.fixture
def seven_read(page):
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    return page


def title(page):
    return page.inner_text("#lesson-title")


def test_eight_lessons_each_fit_a_screen_and_show_the_digit_at_work(seven_read, axe):
    page = seven_read
    page.set_viewport_size(SCREEN)
    open_view(page, "learn")
    page.click("#lessons a")
    for number in range(1, 9):
        wait_for_words(page, "#lesson-title", f"{number}.")
        altered = number in (2, 8)
        wait_for_words(page, "#altered-said" if altered else "#lesson .equation", "")
        page.wait_for_function(
            "name => document.querySelector(name).offsetParent",
            arg="#lesson-altered" if altered else "#lesson-explorer",
        )
        settle(page)
        bottom = page.evaluate(
            "document.querySelector('.lesson-tools').getBoundingClientRect().bottom"
        )
        assert bottom <= SCREEN["height"], title(page)
        if number == 3:
            rest(page)
            assert axe(page) == []
        page.focus("#lesson-title")
        page.keyboard.press("ArrowRight")
    assert title(page).startswith("8.") and not page.is_visible("#lesson-next")
    page.keyboard.press("PageUp")
    wait_for_words(page, "#lesson-title", "7.")


def test_the_glyph_is_turned_until_the_answer_changes(seven_read):
    seven_read.evaluate("location.hash = '#lesson=8'")
    wait_for_words(seven_read, "#altered-said", "7")
    seven_read.focus("#first")
    seven_read.keyboard.press("Home")  # upside down
    seven_read.wait_for_function(
        "!document.querySelector('#altered-said').textContent.includes('says 7')"
    )
    assert "180" in seven_read.inner_text("#first-value")


def test_presenting_enlarges_the_lesson_and_ends_with_the_same_key(seven_read):
    page = seven_read
    page.set_viewport_size(SCREEN)
    page.evaluate("location.hash = '#lesson=7'")
    wait_for_words(page, "#lesson-title", "7.")
    size = "parseFloat(getComputedStyle(document.querySelector('#answer')).fontSize)"
    before = page.evaluate(size)
    page.focus("#lesson-title")
    page.keyboard.press("f")
    page.wait_for_selector(".presenting")
    assert page.evaluate(size) > before and not page.is_visible("nav")
    assert page.get_attribute("#present", "aria-pressed") == "true"
    page.keyboard.press("f")
    page.wait_for_selector("html:not(.presenting)")
    page.evaluate("location.hash = '#read'")
    page.keyboard.press("f")  # elsewhere it has no meaning
    assert page.locator(".presenting").count() == 0


def test_a_link_holds_the_drawing_and_a_hostile_one_changes_nothing(seven_read):
    page = seven_read
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.click("#copy-link")
    wait_for_words(page, "#remark", "copied")
    link = page.evaluate("copied")
    assert "#ink=1d.p" in link and len(link) < 500
    clear(page)
    page.evaluate("link => { location.href = link; }", link)
    assert answer(page) == "7"
    assert page.url.endswith("#read")
    for text in ("1d.p<img src=x onerror=alert(1)>", "A" * 100_000, "1d.pU____", ""):
        page.evaluate("text => { location.hash = '#ink=' + text; }", text)
        wait_for_words(page, "#remark", "does not hold a drawing")
        page.evaluate("document.querySelector('#remark').textContent = ''")
    assert answer(page) == "7"
    page.click("#undo")  # what lay there before is not lost
    settle(page)
    assert page.inner_text("#answer") == ""


def test_a_network_is_trained_paused_taught_and_reset_and_reads_the_pad(seven_read, axe):
    page = seven_read
    open_view(page, "learn")
    page.select_option("#train-shape", "dense")
    page.click("#train-step")
    wait_for_words(page, "#train-said", "; 1 step of 32 digits")
    page.click("[data-language=de]")
    wait_for_words(page, "#train-said", "; 1 Schritt mit 32 Ziffern")
    page.click("[data-language=en]")
    wait_for_words(page, "#train-said", "; 1 step of 32 digits")
    assert ink_on(page, "#train-filters") > 1000
    page.click("#train-run")
    page.wait_for_function(
        "() => parseInt(document.querySelector('#train-said').textContent.split('; ')[1]) > 60"
    )
    assert page.inner_text("#train-run") == "Pause"
    page.click("#train-run")
    wait_for_words(page, "#train-tested", "of 2,000 test digits")
    share = float(page.inner_text("#train-tested").split("reads ")[1].split()[0])
    assert share > 50
    wait_for_words(page, "#train-reads", "network reads 7, yours")
    page.click("[data-own='7']")
    wait_for_words(page, "#train-own-said", "1 of yours")
    rest(page)
    assert axe(page) == []
    page.click("#train-reset")
    wait_for_words(page, "#train-said", "; 0 steps")


def test_a_first_visit_fetches_nothing_of_what_is_to_be_learned_from(visit):
    page = visit()
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    fetched = (
        "performance.getEntriesByType('resource').filter(e => e.name.includes('/later/')).length"
    )
    assert page.evaluate(fetched) == 0
    page.evaluate("location.hash = '#lesson=1'")
    page.wait_for_selector("#lesson-title")
    assert page.evaluate(fetched) >= 2

    # The view Inside, opened after the digit was drawn, can be asked about it.
    open_view(page, "inside")
    page.wait_for_selector("#inside-part")
    assert page.locator("#target option").all_text_contents() == list("012345689")
    assert ink_on(page, "#matter") > 50
    page.click("#find-change")
    wait_for_words(page, "#change-said", "brush mark")

"""While Python is being loaded, a first look at the strokes is shown, and then replaced."""

import pytest
from support.gestures import clear, draw, write_a_number
from support.handwriting import fixture_strokes, letter_strokes
from support.page_state import answer, history, wait_for_words, wait_until

PYTHON = "**/pyodide.asm.wasm"
FIRST = "#answer[data-look=first]"
SEVEN = fixture_strokes(7)
# What #answer holds in each frame, and what a screen reader announces of it.
WATCH = """() => {
    const place = document.querySelector("#answer");
    window.frames = [];
    window.said = [];
    const note = () => { window.frames.push(place.textContent); requestAnimationFrame(note); };
    requestAnimationFrame(note);
    new MutationObserver(() => {
        if (place.textContent && place.ariaLive !== "off") said.push(place.textContent);
    }).observe(place, {childList: true, characterData: true});
}"""


@pytest.fixture
def waiting(visit):
    """waiting(prepare, **options) -> a page whose reader loads once page.go_on() is called."""

    def waiting(prepare=lambda page: None, **options):
        held, free = [], []

        def hold(route):
            route.continue_() if free else held.append(route)

        def begin(page):
            page.route(PYTHON, hold)
            prepare(page)

        def go_on():
            free.append(True)
            for route in held:
                route.continue_()
            wait_until(page, "ready")

        page = visit(begin, **options)
        page.go_on = go_on
        page.wait_for_selector("html.alive", state="attached")
        return page

    return waiting


def test_a_first_look_stands_until_the_answer_and_is_neither_kept_nor_announced(waiting):
    page = waiting()
    page.evaluate(WATCH)
    draw(page, SEVEN)
    page.wait_for_selector(FIRST)
    assert page.text_content("#answer") == "7"
    assert "Looking closer" in page.text_content("#confidence")
    assert history(page) == [] and page.evaluate("said") == []
    assert page.is_hidden("#copy") and page.is_visible("#loading")
    page.evaluate("window.frames.length = 0")
    page.go_on()
    assert answer(page) == "7"
    assert page.locator(FIRST).count() == 0 and page.locator("#answer[data-look]").count() == 0
    page.wait_for_selector("#history .label")
    assert history(page) == ["7"]
    assert page.evaluate("said") == ["7"]
    assert set(page.evaluate("window.frames")) == {"7"}  # nothing in between was ever shown


def test_a_first_look_follows_the_pad_its_mode_and_the_language(waiting):
    page = waiting()
    draw(page, SEVEN)
    page.wait_for_selector(FIRST)
    page.click("[data-language=de]")
    wait_for_words(page, "#confidence", "genauer")
    page.click("[data-language=en]")
    wait_for_words(page, "#confidence", "closer")
    clear(page)
    page.wait_for_selector("#answer:empty", state="attached")
    draw(page, fixture_strokes(3))
    page.wait_for_function("document.querySelector('#answer').textContent === '3'")
    page.click("#undo")
    page.click("#undo")
    page.wait_for_function("document.querySelector('#answer').textContent !== '3'")
    write_a_number(page)
    page.wait_for_selector(f"body:not(:has({FIRST}))", state="attached")


def test_what_is_no_digit_gets_no_first_look(waiting):
    page = waiting()
    draw(page, SEVEN)
    page.wait_for_selector(FIRST)  # the network is there
    clear(page)
    draw(page, letter_strokes("W"))
    page.evaluate("new Promise((go) => setTimeout(go, 300))")  # far longer than a look takes
    assert page.text_content("#answer") == ""

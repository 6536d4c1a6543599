"""The tools below the pad, and drawing with the keyboard."""

from support.gestures import clear, download, draw, draw_with_keys
from support.handwriting import pen_strokes
from support.page_state import answer, history, ink_on, remark, settle, wait_until

BAR = [[(0.3, 0.5), (0.5, 0.5), (0.7, 0.5)]]
ONE = "^^^^^^.vvvvvvvvvvvv."


def test_a_stroke_can_be_undone_and_redone(page):
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    ink = ink_on(page)
    draw(page, BAR)
    settle(page)
    page.click("#undo")
    assert answer(page) == "7" and ink_on(page) == ink
    page.click("#redo")
    settle(page)
    assert ink_on(page) > ink


def test_clearing_can_be_undone(page):
    draw(page, pen_strokes(3))
    assert answer(page) == "3"
    clear(page)
    assert answer(page) == ""
    page.keyboard.press("Control+z")
    assert answer(page) == "3"
    page.keyboard.press("Control+Shift+z")
    assert answer(page) == "" and ink_on(page) == 0


def test_the_eraser_takes_ink_away_and_undo_brings_it_back(page):
    draw(page, BAR)
    settle(page)
    ink = ink_on(page)
    page.click("#eraser")
    assert page.get_attribute("#eraser", "aria-pressed") == "true"
    draw(page, [[(0.5, 0.3), (0.5, 0.7)]])
    settle(page)
    assert 0 < ink_on(page) < ink
    page.click("#undo")
    assert ink_on(page) == ink


def test_ink_kept_up_with_the_pen_is_what_drawing_it_anew_gives(page):
    draw(page, pen_strokes(4))
    page.click("#eraser")
    draw(page, [[(0.1, 0.5), (0.5, 0.55), (0.9, 0.4)]])
    page.click("#eraser")
    draw(page, [[(0.2, 0.9), (0.25, 0.8), (0.8, 0.85)]])
    answer(page)
    kept_up = download(page, "#download-ink")
    page.click("#undo")
    page.click("#redo")  # what was undone is drawn anew from its points
    answer(page)
    assert download(page, "#download-ink") == kept_up


def test_a_wider_pen_leaves_more_ink(page):
    inks = []
    for width in ("8", "36"):
        page.locator("#brush").fill(width)
        draw(page, BAR)
        settle(page)
        inks.append(ink_on(page))
        clear(page)
    page.locator("#brush").fill("20")
    assert inks[1] > 3 * inks[0]


def test_a_replay_ends_with_the_drawing_as_it_was(page):
    draw(page, pen_strokes(7))
    settle(page)
    ink = ink_on(page)
    page.click("#replay")
    page.wait_for_function(f"({_INK})() < {ink}")
    page.wait_for_function(f"({_INK})() == {ink}")


def test_a_digit_can_be_drawn_with_arrow_keys_alone(page):
    draw_with_keys(page, ONE)
    assert answer(page) == "1"
    assert page.is_visible("#pen")


def test_small_steps_and_a_lifted_pen_leave_no_ink(page):
    page.focus("#pad")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("ArrowRight")
    assert ink_on(page) == 0 and remark(page) == ""


def test_a_pen_that_presses_harder_draws_wider(page):
    inks = []
    for pressure in (0.2, 1.0):
        page.evaluate(_PEN, pressure)
        settle(page)
        inks.append(ink_on(page))
        clear(page)
    assert inks[1] > 1.5 * inks[0]


def test_drawing_history_brush_and_language_survive_a_reload(visit):
    page = visit()
    wait_until(page, "ready")
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    page.locator("#brush").fill("30")
    page.click("[data-language=de]")
    page.wait_for_selector('html[lang="de"]')
    page.reload()
    wait_until(page, "ready")
    assert answer(page) == "7" and ink_on(page) > 0
    assert history(page) == ["7"]
    assert page.input_value("#brush") == "30"
    assert page.inner_text("#clear") == "Leeren"


_INK = """() => {
    const pad = document.querySelector("#pad");
    const {data} = pad.getContext("2d").getImageData(0, 0, pad.width, pad.height);
    return data.filter((value, index) => index % 4 == 3 && value > 0).length;
}"""

_PEN = """(pressure) => {
    const pad = document.querySelector("#pad"), frame = pad.getBoundingClientRect();
    pad.setPointerCapture = () => {};
    const send = (name, x) => pad.dispatchEvent(new PointerEvent(name, {
        pointerType: "pen", isPrimary: true, button: 0, pressure, bubbles: true, cancelable: true,
        clientX: frame.left + x * frame.width, clientY: frame.top + 0.5 * frame.height}));
    send("pointerdown", 0.3);
    send("pointermove", 0.5);
    send("pointermove", 0.7);
    send("pointerup", 0.7);
    delete pad.setPointerCapture;
}"""

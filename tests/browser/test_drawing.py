"""Drawn digits are read."""

from base64 import b64encode

import numpy as np
import pytest
from PIL import Image
from support.gestures import ROOT, clear, draw, draw_with_finger
from support.handwriting import drawable_digits, pen_strokes
from support.page_state import answer, ink_on, remark, settle, wait_for_words, wait_until

from inkling import Reader

SEVEN = [[(0.25, 0.25), (0.75, 0.25), (0.55, 0.55), (0.42, 0.82)]]
STAR = [[(0.5, 0.15), (0.3, 0.85), (0.85, 0.4), (0.15, 0.4), (0.7, 0.85), (0.5, 0.15)]]
TAP = [[(0.5, 0.5)]]
SAMPLE = 500
_SHARE = "row => Number(row.style.getPropertyValue('--share'))"  # of a digit's bar, 0 to 1


@pytest.mark.parametrize("digit", drawable_digits())
def test_a_digit_drawn_by_a_real_pen_is_read(page, digit):
    draw(page, pen_strokes(digit))
    assert answer(page) == str(digit)
    assert remark(page) == ""


def test_a_reading_shows_how_sure_it_is_and_all_ten_digits_and_none(page):
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    share = page.locator(".bars tr.read").evaluate(_SHARE)
    sure = "Almost certain: " if share >= 0.99 else "Very likely: "
    assert share > 0.9 and page.inner_text("#confidence").startswith(sure)
    assert "%" in page.inner_text("#runner-up") and "ms" in page.inner_text("#time")
    values = page.locator(".bars .value").all_inner_texts()
    assert len(values) == 11 and all(value.endswith("%") for value in values)
    assert page.locator(".bars th").all_inner_texts() == [*"0123456789", "none"]
    assert page.locator(".bars tr.read th").all_inner_texts() == ["7"]
    assert ink_on(page, "#glyph") > 20


def test_what_is_no_digit_is_shown_as_likely_to_be_none(page):
    draw(page, STAR)
    assert remark(page) == "This does not look like a digit."
    assert page.locator(".bars tr.read th").all_inner_texts() == ["none"]
    shares = page.locator(".bars tr").evaluate_all(f"rows => rows.map({_SHARE})")
    assert sum(shares) == pytest.approx(1, abs=1e-5)
    page.click("[data-language=de]")
    page.wait_for_selector('html[lang="de"]')
    wait_for_words(page, ".bars tr.read th", "keine")
    page.click("[data-language=en]")
    page.wait_for_selector('html[lang="en"]')


def test_a_finger_draws_and_the_page_does_not_scroll(visit):
    telephone = {"viewport": {"width": 390, "height": 500}, "has_touch": True, "is_mobile": True}
    page = visit(**telephone)
    wait_until(page, "ready")
    page.locator("#pad").scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    draw_with_finger(page, pen_strokes(3))
    assert answer(page) == "3"
    assert page.evaluate("scrollY") == before
    assert page.evaluate("document.documentElement.scrollHeight > innerHeight")


def test_what_is_drawn_before_python_is_there_is_read_once_it_is(visit):
    held = []
    page = visit(lambda page: page.route("**/pyodide.asm.wasm", lambda route: held.append(route)))
    page.wait_for_selector("html.alive")
    draw(page, pen_strokes(7))
    assert ink_on(page) > 0
    assert page.get_attribute("html", "data-state") == "loading"
    assert "MB" in page.text_content("#stage")
    page.wait_for_function("document.querySelector('#progress').value > 0")
    for route in held:
        route.continue_()
    wait_until(page, "ready")
    assert answer(page) == "7"


def test_clear_empties_the_pad_and_the_answer(page):
    draw(page, SEVEN)
    settle(page)
    clear(page)
    assert answer(page) == "" and remark(page) == ""
    assert page.inner_text("#confidence") == ""
    assert ink_on(page) == ink_on(page, "#glyph") == 0
    assert set(page.locator(".bars .value").all_inner_texts()) == {"–"}


def test_a_drawing_survives_turning_the_screen(page):
    draw(page, SEVEN)
    size = page.viewport_size
    before = page.evaluate("document.querySelector('#pad').width")
    page.set_viewport_size({"width": 400, "height": 800})
    page.wait_for_function(f"document.querySelector('#pad').width != {before}")
    assert ink_on(page) > 0
    page.set_viewport_size(size)


def test_only_the_first_finger_and_the_main_button_draw(page):
    page.locator("#pad").click(button="right")
    assert ink_on(page) == 0
    page.dispatch_event("#pad", "pointerdown", {"isPrimary": False, "button": 0, "pointerId": 9})
    assert ink_on(page) == 0


def test_a_tap_leaves_a_dot_and_the_page_an_answer_or_a_reason(page):
    draw(page, TAP)
    assert ink_on(page) > 0
    assert answer(page) != "" or remark(page) != ""


def test_mnist_digits_read_in_the_page_get_the_labels_they_get_outside(page):
    from training.data.datasets import mnist

    pictures = mnist("test")[0][:SAMPLE]
    reader = Reader.load(ROOT / "site" / "model" / "digits.npz")
    expected = [reader.read_digit(Image.fromarray(picture)).label for picture in pictures]
    opaque = np.full(pictures.shape, 255, np.uint8)
    rgba = np.stack([pictures, pictures, pictures, opaque], axis=-1)
    seen = page.evaluate(
        """async ([pixels, count]) => {
            const {sync} = await document.querySelector("script[worker]").xworker.ready;
            const bytes = Uint8ClampedArray.from(atob(pixels), (c) => c.charCodeAt(0));
            const size = bytes.length / count;
            const labels = [];
            for (let start = 0; start < bytes.length; start += size) {
                const image = new ImageData(bytes.slice(start, start + size), 28, 28);
                labels.push((await sync.read_canvas(image)).label ?? null);
            }
            return labels;
        }""",
        [b64encode(rgba.tobytes()).decode(), SAMPLE],
    )
    assert seen == expected


def test_the_event_of_lifting_the_pen_changes_nothing_that_is_seen(page):
    """Otherwise Chromium would hold back the worker's answer until the next paint."""
    page.evaluate(
        """() => {
            const pad = document.querySelector("#pad");
            let ink;
            window.changes = [];
            const watch = new MutationObserver((seen) => window.changes.push(...seen));
            watch.observe(document, {
                subtree: true, attributes: true, childList: true, characterData: true,
            });
            addEventListener("pointerup", () => {
                window.changes = [];
                ink = pad.toDataURL();
            }, {capture: true, once: true});
            addEventListener("pointerup", () => {
                window.atOnce = [...window.changes, ...watch.takeRecords()].length;
                window.sameInk = pad.toDataURL() === ink;
            }, {once: true});
        }"""
    )
    draw(page, SEVEN)
    assert answer(page) == "7"
    assert page.evaluate("[atOnce, sameInk]") == [0, True]
    assert page.evaluate("changes.length") > 0  # what follows is seen


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_no_screen_has_to_be_scrolled_sideways(page, width):
    size = page.viewport_size
    page.set_viewport_size({"width": width, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size(size)

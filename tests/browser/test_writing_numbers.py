"""Numbers are drawn or opened as pictures, and read digit by digit."""

import json

import pytest
from support.gestures import (
    clear,
    download,
    draw,
    draw_with_keys,
    open_picture,
    open_view,
    tap,
    write_a_number,
    write_one_digit,
)
from support.handwriting import mnist_digits, number_strokes, pen_strokes
from support.page_state import (
    START_MS,
    answer,
    chosen_bar,
    history,
    ink_on,
    remark,
    settle,
    spots,
    wait_until,
)

HEX = [  # in block letters
    *([(0.08, 0.2), (0.08, 0.8)], [(0.24, 0.2), (0.24, 0.8)], [(0.08, 0.5), (0.24, 0.5)]),
    *([(0.56, 0.2), (0.4, 0.2), (0.4, 0.8), (0.56, 0.8)], [(0.4, 0.5), (0.54, 0.5)]),
    *([(0.72, 0.2), (0.9, 0.8)], [(0.9, 0.2), (0.72, 0.8)]),
]
MINUS = [[(0.03, 0.5), (0.06, 0.5), (0.09, 0.5), (0.12, 0.5)]]


@pytest.fixture
def wide(page):
    """Return the page with the wide pad for numbers."""
    write_a_number(page)
    return page


@pytest.fixture
def read_407(wide):
    draw(wide, number_strokes("407"))
    assert answer(wide) == "407"
    return wide


def middle(number, place):
    """Return the middle of a digit of a number, across and down the pad."""
    return (place + 0.5) / len(number), 0.5


def test_draws_407_and_reads_407(read_407):
    assert remark(read_407) == ""
    assert "%" in read_407.inner_text("#confidence")
    assert spots(read_407) == ["4", "0", "7"]


def test_the_pad_is_wide_for_a_number_and_as_wide_as_a_telephone(wide):
    size = wide.viewport_size
    box = wide.locator("#pad").bounding_box()
    assert box["width"] == pytest.approx(2 * box["height"], rel=0.01)
    wide.set_viewport_size({"width": 390, "height": 844})
    box = wide.locator("#pad").bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    wide.set_viewport_size(size)


def test_the_digit_just_written_is_looked_at_and_a_tap_looks_at_another(read_407):
    assert chosen_bar(read_407) == "7"
    for place, digit in enumerate("407"):
        tap(read_407, middle("407", place))
        read_407.wait_for_function(
            "digit => document.querySelector('.bars .read th').textContent == digit", arg=digit
        )
        assert f"Digit {place + 1} of 3: {digit}" in read_407.inner_text("#runner-up")
        assert read_407.locator("#spots [aria-checked=true]").text_content() == digit
    assert answer(read_407) == "407"  # a tap leaves no dot
    assert read_407.is_visible("#spots")


def test_a_stroke_through_a_box_is_ink_all_the_same(read_407):
    before = ink_on(read_407)
    draw(read_407, [[(0.5, 0.3), (0.52, 0.5), (0.5, 0.7)]])
    settle(read_407)
    assert ink_on(read_407) > before


def test_arrow_keys_walk_from_box_to_box(read_407):
    read_407.locator("#spots [tabindex='0']").focus()
    for key, digit in (("ArrowRight", "4"), ("ArrowRight", "0"), ("End", "7"), ("ArrowLeft", "0")):
        read_407.keyboard.press(key)
        focused = read_407.evaluate("document.activeElement.textContent")
        read_407.wait_for_function(
            "digit => document.querySelector('.bars .read th').textContent == digit", arg=digit
        )
        assert focused == digit


def test_how_and_inside_explain_the_digit_that_is_looked_at(read_407):
    open_view(read_407, "how")
    for place, digit in enumerate("407"):
        tap(read_407, middle("407", place))
        read_407.wait_for_function(
            "digit => document.querySelector('#otherwise').textContent.includes(`: ${digit}, `)",
            arg=digit,
        )
    open_view(read_407, "inside")
    read_407.wait_for_selector("#diagram li")
    assert read_407.locator("#target option").all_text_contents() == list("012345689")


def test_a_number_can_be_copied_and_that_is_said(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    wait_until(page, "ready")
    write_a_number(page)
    draw(page, number_strokes("407"))
    assert answer(page) == "407"
    page.click("#copy")
    page.wait_for_function("document.querySelector('#remark').textContent == 'Copied.'")
    assert page.evaluate("navigator.clipboard.readText()") == "407"
    write_one_digit(page)
    settle(page)
    assert not page.is_visible("#copy")


def test_a_minus_before_a_number_is_read_and_has_its_box(wide):
    draw(wide, MINUS)
    draw(wide, number_strokes("407")[len(pen_strokes(4)) :])
    assert answer(wide) == "-07" and spots(wide) == ["-", "0", "7"]
    assert wide.inner_text("#left-out") == ""
    assert "unread" not in (wide.locator("#spots button").first.get_attribute("class") or "")


def test_without_a_number_there_is_a_sentence(wide):
    draw(wide, MINUS)
    assert answer(wide) == "" and remark(wide) == "This does not look like a number."
    clear(wide)
    assert answer(wide) == "" and remark(wide) == "" and spots(wide) == []


def test_a_word_gets_the_same_sentence(wide):
    draw(wide, HEX)
    assert answer(wide) == "" and remark(wide) == "This does not look like a number."
    assert "unread" in wide.locator("#spots button").first.get_attribute("class")


def test_the_ink_stays_when_the_mode_changes(read_407):
    write_one_digit(read_407)
    if answer(read_407):  # the one of the three that stands out
        assert read_407.inner_text("#left-out") != ""
    else:
        assert "several digits" in remark(read_407)
    assert ink_on(read_407) > 0 and spots(read_407) == []
    read_407.click("#as-number")
    assert read_407.is_checked("#mode [value=number]")
    assert answer(read_407) == "407"


def test_one_digit_of_a_wide_pad_fills_a_square_of_its_own(wide):
    draw(wide, [[(0.5 + x / 2, y) for x, y in stroke] for stroke in pen_strokes(7)])
    assert answer(wide) == "7"
    write_one_digit(wide)
    assert answer(wide) == "7" and ink_on(wide) > 0


def test_the_mode_and_the_number_survive_a_reload(read_407):
    read_407.reload()
    read_407.wait_for_function(
        "document.querySelector('#answer').textContent == '407'", timeout=START_MS
    )
    assert read_407.is_checked("#mode [value=number]")


def test_a_number_is_one_entry_of_the_history_and_leads_back_to_its_mode(read_407):
    assert history(read_407) == ["407"]
    clear(read_407)
    write_one_digit(read_407)
    read_407.locator("#history [data-revisit]").click()
    assert answer(read_407) == "407" and spots(read_407) == ["4", "0", "7"]


def test_a_number_is_written_with_the_keyboard(wide):
    draw_with_keys(wide, "^^^^^.vvvvvvvvvv.>>>>>>>>^^^^^^^^^^.vvvvvvvvvv.")
    assert answer(wide) == "11"


def test_a_picture_of_lines_is_read_line_by_line_and_its_boxes_lie_over_it(wide, tmp_path):
    path = tmp_path / "page.png"
    mnist_digits("407\n138").save(path)
    open_picture(wide, path)
    assert answer(wide) == "407\n138"
    pad = wide.locator("#pad").bounding_box()
    for box in (button.bounding_box() for button in wide.locator("#spots button").all()):
        assert pad["x"] <= box["x"] and box["x"] + box["width"] <= pad["x"] + pad["width"]
        assert pad["y"] <= box["y"] and box["y"] + box["height"] <= pad["y"] + pad["height"]
    ink = ink_on(wide)
    tap(wide, (0.03, 0.03))  # beside all of them, and beside the picture
    assert answer(wide) == "407\n138" and ink_on(wide) == ink


def test_a_picture_of_several_digits_under_one_digit_is_offered_to_be_read_as_a_number(
    page, tmp_path
):
    path = tmp_path / "page.png"
    mnist_digits("407\n138").save(path)
    open_picture(page, path)
    settle(page)
    page.click("#as-number")
    assert answer(page) == "407\n138"
    assert not page.is_visible("#as-number")


def test_a_numbers_strokes_say_how_wide_their_sheet_was(read_407):
    kept = json.loads(download(read_407, "#download-strokes"))
    assert (kept["side"], kept["width"]) == (280, 560)
    assert max(x for stroke in kept["strokes"] for x, *_ in stroke["points"]) > 280


def test_a_number_is_announced_once(wide):
    wide.evaluate(
        """() => {
            window.said = [];
            for (const live of document.querySelectorAll("output, [role=status]"))
                new MutationObserver(() => {
                    if (live.textContent) said.push(live.textContent);
                }).observe(live, {childList: true, characterData: true, subtree: true});
        }"""
    )
    draw(wide, pen_strokes(7)[:1])
    settle(wide)
    assert len(wide.evaluate("said")) == 1

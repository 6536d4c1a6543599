"""Numbers and the table work with assistive technology and small screens."""

import pytest
from support.gestures import (
    VIEWS,
    draw,
    draw_with_finger,
    open_pictures,
    open_view,
    tap,
    write_a_number,
)
from support.handwriting import mnist_digits, number_strokes
from support.page_state import answer, chosen_bar, rest, spots, wait_until
from test_batch import finished


@pytest.fixture
def number_and_table(page, tmp_path):
    """Return the page with 407 on the pad and three pictures in the table, one of them bad."""
    write_a_number(page)
    draw(page, number_strokes("407"))
    assert answer(page) == "407"
    paths = [tmp_path / name for name in ("407.png", "a-rather-long-name-of-a-file.png")]
    mnist_digits("407").save(paths[0])
    mnist_digits("1234567890").save(paths[1])
    (tmp_path / "empty.png").write_bytes(b"")
    open_pictures(page, [*paths, tmp_path / "empty.png"])
    finished(page)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_complain_of(number_and_table, axe, scheme):
    number_and_table.emulate_media(color_scheme=scheme)
    for view in VIEWS:
        open_view(number_and_table, view)
        rest(number_and_table)  # colours are measured
        assert axe(number_and_table) == [], view
    number_and_table.emulate_media(color_scheme="light")


def test_no_view_has_to_be_scrolled_sideways(number_and_table):
    page = number_and_table
    size = page.viewport_size
    for language in ("de", "en"):
        page.click(f"[data-language={language}]")
        page.wait_for_selector(f'html[lang="{language}"]')
        for width in (320, 390, 768, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 700})
            for view in VIEWS:
                page.evaluate("name => location.hash = name", view)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, view
    page.set_viewport_size(size)


def test_everything_to_press_is_as_large_as_a_fingertip(number_and_table):
    small = number_and_table.evaluate(
        """() => [...document.querySelectorAll("button, label.button")]
            .filter((one) => one.offsetParent && !one.closest("#spots"))
            .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
            .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
            .map(([html]) => html)"""
    )
    assert small == []


def test_a_narrow_box_is_as_wide_to_a_finger_as_a_fingertip(page):
    write_a_number(page)
    draw(page, [[(0.3, 0.25), (0.3, 0.5), (0.3, 0.75)], [(0.7, 0.25), (0.7, 0.5), (0.7, 0.75)]])
    assert answer(page) == "11" and spots(page) == ["1", "1"]
    pad, box = (page.locator(name).first.bounding_box() for name in ("#pad", "#spots button"))
    assert box["width"] < 40
    tap(page, ((box["x"] + box["width"] / 2 + 20 - pad["x"]) / pad["width"], 0.5))
    page.wait_for_selector("#spots button:first-child[aria-checked=true]")
    assert answer(page) == "11" and chosen_bar(page) == "1"


def test_the_mode_is_switched_with_the_keyboard(page):
    page.focus("#mode [value=digit]")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("html[data-mode=number]")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("html[data-mode=digit]")


def test_on_a_telephone_a_finger_writes_a_number_and_chooses_its_digits(visit):
    telephone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = visit(locale="de", **telephone)
    wait_until(page, "ready")
    page.tap("#mode .button:has([value=number])")
    draw_with_finger(page, number_strokes("407"))
    assert answer(page) == "407"
    pad = page.locator("#pad").bounding_box()
    page.touchscreen.tap(pad["x"] + pad["width"] / 6, pad["y"] + pad["height"] / 2)
    page.wait_for_function("document.querySelector('.bars .read th').textContent == '4'")
    assert page.inner_text("#runner-up").startswith("Ziffer 1 von 3: 4, ")
    assert answer(page) == "407"

"""What a click produces comes into sight, on a desktop and on a phone."""

import pytest
from support.gestures import clear, draw, open_picture, open_pictures, open_view, write_one_digit
from support.handwriting import mnist_digits, pen_strokes
from support.page_state import answer, settle, wait_for_words

SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
# Between what stays at the top, the tabs and on a desktop the answer, and what stays at the bottom.
IN_SIGHT = """name => {
    const box = document.querySelector(name)?.getBoundingClientRect();
    if (!box?.height) return false;
    const across = Math.min(box.right, innerWidth) - 2;
    const seen = document.elementFromPoint(Math.max(box.left, 0) + 2, box.top + 2);
    const end = document.elementFromPoint(across, Math.min(box.bottom, box.top + 120) - 2);
    const one = document.querySelector(name);
    return [seen, end].every((at) => at && (one.contains(at) || at.contains(one)));
}"""


def in_sight(page, name):
    page.wait_for_function(IN_SIGHT, arg=name)


@pytest.fixture(params=SIZES)
def sized(page, request):
    width, height = SIZES[request.param]
    page.set_viewport_size({"width": width, "height": height})
    return page


def test_every_result_comes_into_sight_where_it_was_asked_for(sized, tmp_path):
    page = sized
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    open_view(page, "inside")
    page.wait_for_selector("#diagram button")
    for layer in page.locator("#diagram button").all()[:3:2]:
        layer.click()
        in_sight(page, "#inside .layer-name")
    open_view(page, "measure")
    page.click('[data-run="1000"]')
    in_sight(page, "#run-progress")
    page.wait_for_selector("#confusion [data-cell]", timeout=240_000)
    page.locator("#confusion [data-cell]").first.click()
    in_sight(page, "#cell-name")
    assert page.evaluate("document.activeElement.id") == "cell-name"
    page.locator("#cell-digits button").first.click()
    page.wait_for_function("document.querySelector('#truth').textContent")
    in_sight(page, "#answer")
    in_sight(page, "#pad")
    open_view(page, "about")
    page.wait_for_selector("#plots .wrong")
    page.locator("#plots figcaption button").nth(2).click()
    in_sight(page, "#plots figure:nth-child(3) figcaption")
    page.locator("#plots figcaption button").nth(2).click()


def test_opened_pictures_come_into_sight(sized, tmp_path):
    page = sized
    for name in ("407", "34"):
        mnist_digits(name).save(tmp_path / f"{name}.png")
    open_view(page, "about")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    open_pictures(page, [tmp_path / "407.png", tmp_path / "34.png"])
    wait_for_words(page, "#batch-said", "2 of 2")
    in_sight(page, "#batch tr:last-child .text")
    page.locator("#batch .file button").first.click()
    in_sight(page, "#pad")
    settle(page)
    clear(page)
    write_one_digit(page)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    open_picture(page, tmp_path / "34.png")
    page.wait_for_function("document.querySelector('#as-number').checkVisibility()")
    in_sight(page, "#as-number")
    in_sight(page, "#pad")

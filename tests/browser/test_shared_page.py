"""The page that tests share is as a first visit shows it, whatever a test has done to it."""

from support.gestures import draw, draw_with_keys, open_picture, open_view, write_a_number
from support.handwriting import mnist_digits, pen_strokes
from support.page_state import answer, history, settle, wait_for_words
from support.shared_page import restore, why_worn

# Everything that has a name or can be operated, as it is now; canvases by their content.
STATE = """() => {
    const told = ["pressed", "checked", "expanded", "current"].map((name) => "aria-" + name);
    const one = (element) => [
        element.hidden, element.value, element.checked,
        ...[...told, "class", "style"].map((name) => element.getAttribute(name) || ""),
        element.children.length ? "" : element.textContent,
        element.id == "pad" ? element.toDataURL() : "",
    ].join("|");
    const all = document.querySelectorAll("html, body, nav a, main [id], footer [id], input");
    const name = (element) => element.id || element.outerHTML.slice(0, 80);
    const state = [...all].map((element) => [name(element), one(element)]);
    const {hash} = location;
    return {...Object.fromEntries(state), hash, scrollY, focus: document.activeElement.tagName};
}"""
# What How and Inside have said stays in them, out of sight, until there is another digit.
OUT_OF_SIGHT = ("-numbers", "threshold-value", "otherwise", "target", "stage", "pen")


def state(page):
    found = page.evaluate(STATE).items()
    return {name: told for name, told in found if not name.endswith(OUT_OF_SIGHT)}


def test_what_can_be_taken_back_is(page, tmp_path):
    draw(page, pen_strokes(7))
    settle(page)  # a view was once not opened while the page still moved
    open_view(page, "how")
    wait_for_words(page, "#otherwise", "7")
    restore(page)
    before = state(page)
    page.emulate_media(color_scheme="dark", forced_colors="active", reduced_motion="reduce")
    page.set_viewport_size({"width": 390, "height": 844})
    page.click("[data-language=de]")
    page.wait_for_selector('html[lang="de"]')
    write_a_number(page)
    page.locator("#brush").fill("36")
    mnist_digits("407").save(tmp_path / "407.png")
    open_picture(page, tmp_path / "407.png")
    assert answer(page) == "407"
    draw_with_keys(page, ">>.vv.")
    page.click("#eraser")
    open_view(page, "how")
    page.locator("#threshold").fill("0.5")
    page.locator("#centred").uncheck()
    page.select_option("#polarity", "light")
    page.evaluate("scrollTo(0, 200)")
    assert history(page) and page.get_attribute("#eraser", "aria-pressed") == "true"
    restore(page)
    after = state(page)
    assert {name: told for name, told in after.items() if before.get(name) != told} == {}
    assert why_worn(page) == ""
    draw_with_keys(page, ".>>>>.")
    settle(page)
    assert page.evaluate("document.querySelector('#pen').style.left") == "70%"


def test_a_page_that_keeps_more_is_replaced(page, shared_page):
    draw(page, pen_strokes(7))
    assert answer(page) == "7" and why_worn(page) == ""
    open_view(page, "inside")
    page.click("#diagram li:nth-child(3) button")
    open_view(page, "learn")
    page.click("#train-step")
    wait_for_words(page, "#train-said", "step")
    page.evaluate("location.hash = '#lesson=7'")
    wait_for_words(page, "#lesson-title", "7.")
    page.focus("#lesson-title")
    page.keyboard.press("f")
    page.wait_for_selector(".presenting")
    page.evaluate("window.said = []")
    assert why_worn(page).split(", ") == [
        "window.said",
        "a layer of Inside",
        "a network that was trained",
        "the presentation of a lesson",
    ]
    assert shared_page.anew() is not page and page.is_closed()

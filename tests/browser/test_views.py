"""The views Read, How, Inside and About show the drawing, each at its own address."""

import json

import pytest
from support.gestures import ROOT, draw, open_view
from support.handwriting import pen_strokes
from support.page_state import answer, ink_on, settle, wait_for_words

VIEWS = ["read", "how", "inside", "measure", "learn", "about"]


# Counts tasks by a message that the page keeps sending to itself. Notes in which of them the
# explorer's pictures were painted last, and its arithmetic was written first.
_COUNT_TASKS = """() => {
    const channel = new MessageChannel();
    let count = 1;
    channel.port1.onmessage = () => { count += 1; channel.port2.postMessage(null); };
    channel.port2.postMessage(null);
    const context = CanvasRenderingContext2D.prototype, draw = context.drawImage;
    context.drawImage = function (...values) {
        if (this.canvas.closest?.("#inside-explorer") && !tasks.arithmetic) tasks.pictures = count;
        return draw.apply(this, values);
    };
    const observer = new MutationObserver(() => { tasks.arithmetic ||= count; });
    const parts = { childList: true, characterData: true, subtree: true };
    observer.observe(document.querySelector("#inside .equation"), parts);
    const stop = () => { channel.port1.close(); observer.disconnect(); context.drawImage = draw; };
    window.tasks = { pictures: 0, arithmetic: 0, stop };
}"""


@pytest.fixture
def seven_read(page):
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    return page


def shown(page):
    return [name for name in VIEWS if page.is_visible(f"#{name}")]


@pytest.mark.parametrize("name", VIEWS)
def test_each_view_has_an_address_and_leaves_pad_and_answer_in_sight(seven_read, name):
    open_view(seven_read, name)
    assert seven_read.url.endswith("#" + name) and shown(seven_read) == [name]
    assert seven_read.locator("nav [aria-current=page]").get_attribute("href") == "#" + name
    for part in ("#pad", "#answer"):
        box = seven_read.locator(part).bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= seven_read.viewport_size["height"]


def test_the_back_button_goes_back_to_the_view_before(page):
    open_view(page, "how")
    open_view(page, "about")
    page.go_back()
    page.wait_for_selector("nav [href='#how'][aria-current=page]")
    assert shown(page) == ["how"]


def test_without_a_digit_how_and_inside_say_what_to_do(page):
    for name in ("how", "inside"):
        open_view(page, name)
        assert "Write a digit first." in page.inner_text(f"#{name}")


def test_how_shows_every_step_with_its_numbers(seven_read):
    open_view(seven_read, "how")
    seven_read.wait_for_function("document.querySelector('#otherwise').textContent.includes('7')")
    for step in ("light", "ink", "box", "scaled", "glyph"):
        assert ink_on(seven_read, f"#step-{step}") > 20
        assert "px" in seven_read.inner_text(f"#{step}-numbers") or step == "ink"
    assert "dark on light" in seven_read.inner_text("#ink-numbers")


def test_how_reads_otherwise_when_told_to(seven_read):
    open_view(seven_read, "how")
    seven_read.wait_for_function("document.querySelector('#otherwise').textContent.includes('7')")
    numbers = seven_read.inner_text("#glyph-numbers")
    seven_read.locator("#centred").uncheck()
    seven_read.wait_for_function(_CHANGED, arg=["#glyph-numbers", numbers])
    before = seven_read.inner_text("#otherwise")
    seven_read.select_option("#polarity", "light")
    seven_read.wait_for_function(_CHANGED, arg=["#otherwise", before])
    assert answer(seven_read) == "7"  # the answer itself does not change
    seven_read.click("#as-read")
    seven_read.wait_for_function(
        "text => document.querySelector('#glyph-numbers').textContent == text", arg=numbers
    )


def test_inside_is_one_diagram_with_the_networks_true_numbers(seven_read, reader):
    open_view(seven_read, "inside")
    seven_read.wait_for_selector("#diagram li")
    steps = reader.network.steps
    assert seven_read.locator("#diagram li").count() == len(steps) + 2  # glyph and softmax
    learned = sum(v.size for _, step in steps for v in step.values() if hasattr(v, "size"))
    wait_for_words(seven_read, "#all-layers", f"{learned:,}")
    names = [words.split("\n")[0] for words in seven_read.locator("#diagram li").all_inner_texts()]
    assert names[:3] == ["Glyph", "Conv 5 × 5", "ReLU"]
    assert names[-3:] == ["Flatten", "Dense", "Softmax"]


def test_the_arithmetic_of_a_value_is_shown_and_follows_pointer_and_keys(seven_read):
    open_view(seven_read, "inside")
    seven_read.click("#diagram li:nth-child(2) button")  # the first layer, whatever was chosen
    wait_for_words(seven_read, "#inside .equation", "Sum of the products")
    assert seven_read.locator("#inside .of-products td").count() == 25
    before = seven_read.inner_text("#inside .equation")
    seven_read.hover("#inside .of-map canvas", position={"x": 3, "y": 3})
    seven_read.wait_for_function(_CHANGED, arg=["#inside .equation", before])
    seven_read.wait_for_function(_TELLS, arg=["#inside .of-map canvas", "Row 1, column 1"])
    seven_read.focus("#inside .of-map canvas")
    seven_read.keyboard.press("ArrowDown")
    seven_read.wait_for_function(_TELLS, arg=["#inside .of-map canvas", "Row 2, column 1"])
    seven_read.focus("#inside .of-maps canvas")
    seven_read.keyboard.press("ArrowRight")
    seven_read.wait_for_function(_TELLS, arg=["#inside .of-maps canvas", "Map "])
    seven_read.focus("#diagram [aria-pressed=true]")
    for words in ("max(0;", "all other maps", "max(0;", "max("):  # ReLU, Conv, ReLU, Max pooling
        seven_read.keyboard.press("ArrowRight")
        wait_for_words(seven_read, "#inside .equation", words)
    assert ink_on(seven_read, "#inside .of-maps canvas") > 100
    bottom = seven_read.evaluate(
        "document.querySelector('#inside .equation').getBoundingClientRect().bottom"
    )
    assert bottom <= seven_read.viewport_size["height"], "a result is out of sight"


def test_pictures_and_arithmetic_of_a_value_are_shown_in_tasks_of_their_own(seven_read):
    open_view(seven_read, "inside")
    seven_read.click("#diagram li:nth-child(2) button")  # the first layer, whatever was chosen
    wait_for_words(seven_read, "#inside .equation", "Sum of the products")
    seven_read.evaluate(_COUNT_TASKS)
    seven_read.focus("#inside .of-map canvas")
    seven_read.keyboard.press("ArrowRight")
    seven_read.wait_for_function("tasks.arithmetic")
    painted, written = seven_read.evaluate("tasks.stop(), [tasks.pictures, tasks.arithmetic]")
    assert 0 < painted < written


def test_the_last_layers_are_bars_of_logits_and_probabilities(seven_read):
    open_view(seven_read, "inside")
    seven_read.wait_for_selector("#diagram button")
    dense, softmax = seven_read.locator("#diagram button").all()[-2:]
    dense.click()
    wait_for_words(seven_read, "#inside .layer-name", "Dense")
    assert seven_read.inner_text("#inside .column.chosen .name") == "7"
    assert seven_read.locator("#inside .column").count() == 11
    softmax.click()
    wait_for_words(seven_read, "#inside .equation", "temperature")
    seven_read.focus("#inside .values")
    seven_read.keyboard.press("ArrowRight")
    seven_read.wait_for_function(_TELLS, arg=["#inside .values", "8: "])


def test_inside_tells_what_mattered_and_what_would_change_the_answer(seven_read):
    open_view(seven_read, "inside")
    seven_read.click("#find-matter")
    seven_read.wait_for_function("document.querySelector('#matter-said').textContent.includes('7')")
    seven_read.wait_for_function(_ENDED, arg="#matter-said")
    target = seven_read.input_value("#target")
    seven_read.click("#find-change")
    seven_read.wait_for_function(
        "digit => document.querySelector('#change-said').textContent.includes(digit)", arg=target
    )
    assert ink_on(seven_read, "#changed") > 20


def test_about_shows_the_numbers_of_the_card_and_plots_that_open_in_place(page):
    card = json.loads((ROOT / "site" / "model" / "card.json").read_text())
    open_view(page, "about")
    page.wait_for_selector("#facts dd")
    facts = page.inner_text("#facts")
    assert f"{100 * card['mnist_test']['accuracy']:.2f}" in facts
    assert f"{card['parameters']:,}" in facts
    assert page.locator("#plots figure").count() == 6
    assert page.locator("#plots .wrong").count() == sum(
        count > 0
        for row, counts in enumerate(card["mnist_test"]["confusion"])
        for column, count in enumerate(counts)
        if row != column
    )
    for button in page.locator("#plots figcaption button").all()[2:4]:
        button.click()  # reliability, coverage
    numbers = page.locator("#plots .numbers:not([hidden]) tbody tr")
    shipped = card["risk_coverage"]
    bins = sum(len(found) for found in card["reliability"].values())
    assert numbers.count() == bins + len(shipped)
    risk = f"{100 * shipped['mnist_test']['shipped']['risk']:.2f}\u00a0%"
    assert numbers.nth(bins).inner_text().split("\t")[-1] == risk
    for button in page.locator("#plots figcaption button").all()[2:4]:
        button.click()
    page.click("#plots figure:last-child .panels > button")
    index, truth, read, _ = card["mnist_test"]["misread"][0]
    page.wait_for_selector(f"#plots [data-index='{index}']")
    assert page.inner_text(f"#plots [data-index='{index}']").startswith(f"{truth}, read as {read}")


def test_a_view_follows_what_is_drawn_next(seven_read):
    open_view(seven_read, "how")
    seven_read.click("#clear")
    draw(seven_read, pen_strokes(3))
    settle(seven_read)
    seven_read.wait_for_function("document.querySelector('#otherwise').textContent.includes('3')")


_TELLS = (
    "([name, words]) => document.querySelector(name)?.getAttribute('aria-valuetext')"
    "?.startsWith(words)"
)
_CHANGED = "([name, text]) => document.querySelector(name).textContent != text"
_ENDED = "name => !document.querySelector(name).textContent.includes('another')"

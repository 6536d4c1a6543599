"""The views Read, How, Inside and About, their addresses, and what they tell of a drawing."""

import json

import pytest
from gestures import ROOT, draw, open_view
from handwriting import pen_strokes
from sight import answer, ink_on, settle

VIEWS = ["read", "how", "inside", "measure", "about"]


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


def test_inside_lists_the_layers_with_the_networks_true_numbers(seven_read, reader):
    open_view(seven_read, "inside")
    seven_read.wait_for_selector("#layers tr")
    assert seven_read.locator("#layers tr").count() == len(reader.network.steps)
    arrays = [value for _, step in reader.network.steps for value in step.values()]
    learned = sum(value.size for value in arrays if hasattr(value, "size"))
    assert seven_read.inner_text("#all-parameters") == f"{learned:,}"
    seven_read.wait_for_function("document.querySelector('#filters').width > 28")
    assert ink_on(seven_read, "#maps") > 100 and ink_on(seven_read, "#filters") > 100


def test_choosing_a_layer_shows_its_maps(seven_read, reader):
    open_view(seven_read, "inside")
    seven_read.wait_for_selector("#layers tr")
    *_, row, sums = seven_read.locator("#layers [data-layer]").all()
    for button, count in ((row, len(reader.network.steps[-1][1]["kernel"])), (sums, 11)):
        button.click()
        seven_read.wait_for_function(
            "said => document.querySelector('#maps-caption').textContent.endsWith(said)",
            arg=f": {count:,} values",
        )
        sides = seven_read.evaluate("(({width, height}) => [width, height])(maps)")
        assert sides[0] > sides[1], "many values would fill many screens"


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


def test_about_shows_the_numbers_of_the_card_and_only_plots_that_are_there(page):
    card = json.loads((ROOT / "site" / "model" / "card.json").read_text())
    open_view(page, "about")
    page.wait_for_selector("#facts dd")
    facts = page.inner_text("#facts")
    assert f"{100 * card['mnist_test']['accuracy']:.2f}" in facts
    assert f"{card['parameters']:,}" in facts
    for source in page.locator("#plots img").evaluate_all("all => all.map(one => one.src)"):
        assert (ROOT / "site" / "model" / source.rsplit("/", 1)[1]).exists()
    assert page.locator("#plots img").count() >= 2


def test_a_view_follows_what_is_drawn_next(seven_read):
    open_view(seven_read, "how")
    seven_read.click("#clear")
    draw(seven_read, pen_strokes(3))
    settle(seven_read)
    seven_read.wait_for_function("document.querySelector('#otherwise').textContent.includes('3')")


_CHANGED = "([name, text]) => document.querySelector(name).textContent != text"
_ENDED = "name => !document.querySelector(name).textContent.includes('another')"

"""The page works with assistive technology, small screens, other languages, less motion."""

import pytest
from support.gestures import VIEWS, draw, draw_with_keys, open_picture, open_view
from support.handwriting import pen_strokes
from support.page_state import answer, ink_on, rest, settle, wait_for_words, wait_until
from test_pictures import seven


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_to_complain_of(page, axe, view, scheme):
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    page.emulate_media(color_scheme=scheme)
    open_view(page, view)
    rest(page)  # colours are measured
    found = axe(page)
    page.emulate_media(color_scheme="light")
    assert found == []


@pytest.mark.parametrize("size", [(390, 844), (320, 568), (568, 320)])
def test_axe_finds_nothing_to_complain_of_on_a_telephone_while_python_is_loading(visit, axe, size):
    width, height = size
    telephone = {"viewport": {"width": width, "height": height}, "is_mobile": True}
    page = visit(lambda page: page.route("**/pyodide.asm.wasm", lambda _: None), **telephone)
    wait_for_words(page, "#stage", "MB")
    assert page.get_attribute("html", "data-state") == "loading"
    assert axe(page) == []
    page.unroute_all()


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
@pytest.mark.parametrize("language", ["en", "de"])
def test_no_view_has_to_be_scrolled_sideways(page, width, language):
    size = page.viewport_size
    draw(page, pen_strokes(7))
    settle(page)
    page.set_viewport_size({"width": width, "height": 700})
    page.click(f"[data-language={language}]")
    page.wait_for_selector(f'html[lang="{language}"]')
    for view in VIEWS:
        page.evaluate("name => location.hash = name", view)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, view
    page.click("[data-language=en]")
    page.wait_for_selector('html[lang="en"]')
    page.set_viewport_size(size)


def test_on_a_telephone_the_pad_comes_first_and_the_answer_is_under_the_thumb(page):
    size = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("scrollTo(0, 0)")
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    for view in VIEWS:
        page.evaluate("name => location.hash = name", view)
        box = page.locator(".reading").bounding_box()
        assert box["y"] + box["height"] == pytest.approx(844, abs=1) and box["y"] > 600
    page.evaluate("scrollTo(0, 0)")
    assert page.locator("#pad").bounding_box()["y"] < 150
    page.set_viewport_size(size)


def test_everything_to_press_is_as_large_as_a_fingertip(page):
    draw(page, pen_strokes(7))
    settle(page)
    for view in VIEWS:
        open_view(page, view)
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, label.button, nav a, input, select")]
                .filter((one) => one.offsetParent && !one.closest(".button input"))
                .filter((one) => one.type != "file" && one.type != "checkbox")
                .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
                .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
                .map(([html]) => html)"""
        )
        assert small == [], view


def test_the_browsers_language_is_spoken_and_can_be_switched(visit):
    page = visit(locale="de-AT")
    page.wait_for_selector('html[lang="de"]')
    assert page.inner_text("#clear") == "Leeren"
    assert page.get_attribute("#pad", "aria-label") == "Blatt zum Schreiben"
    wait_until(page, "ready")
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    sure = page.inner_text("#confidence").partition(":")[0]
    page.click("[data-language=en]")
    page.wait_for_selector('html[lang="en"]')
    english = {"Fast sicher": "Almost certain", "Sehr wahrscheinlich": "Very likely"}
    assert page.inner_text("#confidence").startswith(english[sure])


def test_with_the_keyboard_alone_one_gets_to_every_view(page):
    page.focus("nav a")
    for name in VIEWS:
        page.wait_for_function("document.activeElement.matches('nav a')")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"nav [href='#{name}'][aria-current=page]")
        page.focus(f"nav [href='#{name}']")
        page.keyboard.press("Tab")


def test_a_reading_is_announced_once(page):
    page.evaluate(
        """() => {
            window.said = [];
            const listen = (name) => new MutationObserver(() => {
                const text = document.querySelector(name).textContent;
                if (text) said.push(text);
            }).observe(document.querySelector(name), {childList: true, characterData: true});
            ["#answer", "#remark"].forEach(listen);
        }"""
    )
    draw(page, [pen_strokes(3)[0]])
    settle(page)
    assert len(page.evaluate("said")) == 1


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_flies_for_those_who_want_less_motion(page, motion):
    page.emulate_media(reduced_motion=motion)
    page.wait_for_selector("#flights:empty", state="attached")  # what flew before has landed
    page.evaluate(
        """() => {
            window.flights = 0;
            new MutationObserver(() => flights++)
                .observe(document.querySelector("#flights"), {childList: true});
        }"""
    )
    draw(page, pen_strokes(7))
    settle(page)
    assert (page.evaluate("flights") > 0) == (motion == "no-preference")
    page.emulate_media(reduced_motion="no-preference")


def test_in_forced_colours_ink_can_be_seen(page):
    page.emulate_media(forced_colors="active")
    draw_with_keys(page, ".>>>>.")
    settle(page)
    colour = page.evaluate("getComputedStyle(document.querySelector('.bars .bar')).borderLeftColor")
    assert ink_on(page) > 0 and not colour.startswith("rgba")  # that is: not transparent
    marked = page.evaluate(
        """() => {
            const paper = getComputedStyle(document.body).backgroundColor;
            return [...document.querySelectorAll("nav a, #mode span")]
                .filter((tab) => getComputedStyle(tab).borderBottomColor != paper)
                .map((tab) => tab.textContent);
        }"""
    )
    assert marked == ["One digit", "Read"]
    page.emulate_media(forced_colors="none")


@pytest.mark.parametrize("width", [320, 390])
def test_the_numbers_of_the_arithmetic_do_not_run_into_each_other(page, width):
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    page.set_viewport_size({"width": width, "height": 844})
    open_view(page, "inside")
    page.wait_for_selector("#inside .products td")
    page.wait_for_function(
        """() => [...document.querySelectorAll("#inside .products td")].every((cell) => {
            const text = document.createRange();
            text.selectNodeContents(cell);
            return text.getBoundingClientRect().width <= cell.clientWidth + 1;
        })"""
    )


@pytest.mark.parametrize("language", ["en", "de"])
def test_on_a_telephone_the_tools_of_a_picture_are_one_row(page, tmp_path, language):
    page.set_viewport_size({"width": 390, "height": 844})
    page.click(f"[data-language={language}]")
    seven().save(tmp_path / "seven.png")
    open_picture(page, tmp_path / "seven.png")
    page.wait_for_selector("#crop", state="visible")
    tops = [tool.bounding_box()["y"] for tool in page.locator(".tools button:visible").all()]
    assert max(tops) - min(tops) < 20
    page.click("[data-language=en]")

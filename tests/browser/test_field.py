"""What pictures, browsers and windows in the field do to the page."""

import pytest
from PIL import Image
from support.engines import new_page
from support.gestures import clear, download, draw, open_picture, open_view
from support.handwriting import mnist_digits, pen_strokes
from support.page_state import answer, history, ink_on, wait_for_words, wait_until
from test_pictures import encoded, seven

BLANK = """CanvasRenderingContext2D.prototype.getImageData = (x, y, width, height) => {
    const image = new ImageData(width, height);
    image.data.fill(255);
    return image;
};"""

# Wraps every text in elements of its own, as translators do, and again whenever one changes.
TRANSLATOR = """const rewrite = () => {
    document.documentElement.lang = "xx";
    const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) found.push(texts.currentNode);
    for (const text of found) {
        const skipped = text.parentElement?.closest("script, style, font, [translate=no]");
        if (skipped || !text.data.trim()) continue;
        const font = document.createElement("font");
        font.textContent = "xx" + text.data.trim();
        text.replaceWith(font);
    }
};
new MutationObserver(rewrite).observe(document, {childList: true, subtree: true});"""

# The head of a phone's photograph, in a format that is not read.
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)


def test_after_a_refused_file_the_old_picture_and_its_answer_go(page, tmp_path):
    (tmp_path / "seven.png").write_bytes(encoded(seven(), "PNG"))
    (tmp_path / "photo.heic").write_bytes(HEIC)
    open_picture(page, tmp_path / "seven.png")
    assert answer(page) == "7"
    open_picture(page, tmp_path / "photo.heic")
    wait_for_words(page, "#remark", "HEIC")
    assert answer(page) == "" and ink_on(page) == 0
    assert page.is_hidden("#prompt"), "the sentence stands alone"
    page.click("#undo")
    page.wait_for_function("document.querySelector('#answer').textContent == '7'")


def test_an_error_stands_beside_no_milliseconds(page, tmp_path):
    (tmp_path / "photo.heic").write_bytes(HEIC)
    draw(page, pen_strokes(7))
    assert answer(page) == "7" and page.text_content("#time") != ""
    open_picture(page, tmp_path / "photo.heic")
    wait_for_words(page, "#remark", "HEIC")
    assert answer(page) == "7" and page.text_content("#time") == ""


def test_a_picture_on_its_side_can_be_turned(page, tmp_path):
    path = tmp_path / "side.png"
    path.write_bytes(encoded(seven().rotate(90, expand=True, fillcolor="white"), "PNG"))
    open_picture(page, path)
    answer(page)
    page.click("#turn")
    page.wait_for_function("document.querySelector('#answer').textContent == '7'")
    assert len(history(page)) == 1
    clear(page)
    assert not page.is_visible("#turn") and page.is_visible("#replay")


def test_a_number_on_its_side_is_offered_the_right_way_round(page, tmp_path):
    digits = mnist_digits("40734").convert("L")
    upright = Image.new("L", (digits.width + 200, digits.height + 200), 255)
    upright.paste(digits, (100, 100))
    upright.rotate(90, expand=True).save(tmp_path / "side.png")
    open_picture(page, tmp_path / "side.png")
    wait_for_words(page, "#as-turned", "Turn it to read 40734")
    page.click("#as-turned")
    page.wait_for_function("document.querySelector('#answer').textContent == '40734'")
    assert page.is_checked("#mode [value=number]") and page.is_hidden("#as-turned")


def test_going_back_to_an_entry_keeps_its_time_and_milliseconds(page):
    for digit in (7, 3):
        clear(page)
        draw(page, pen_strokes(digit))
        assert answer(page) == str(digit)
    before = download(page, "#download-history")
    page.locator("#history [data-revisit]").nth(1).click()
    page.wait_for_function("document.querySelector('#answer').textContent == '7'")
    answer(page)
    assert download(page, "#download-history") == before


def test_a_browser_that_hides_drawings_is_told_of(visit):
    page = visit(lambda page: page.add_init_script(BLANK))
    wait_until(page, "ready")
    draw(page, pen_strokes(7))
    wait_for_words(page, "#remark", "hides drawings from the page")


def test_a_browser_without_offscreen_canvas_is_told_so(visit):
    page = visit(lambda page: page.add_init_script("delete window.OffscreenCanvas"))
    wait_for_words(page, "#remark", "OffscreenCanvas")


@pytest.mark.parametrize("ability", ["WebAssembly", "Worker", "structuredClone"])
def test_an_ability_that_is_switched_off_is_named(visit, ability):
    page = visit(lambda page: page.add_init_script(f"delete window.{ability}"))
    wait_for_words(page, "#remark", ability)
    draw(page, pen_strokes(7))
    assert ability in page.text_content("#remark") and page.text_content("#answer") == ""


def test_a_frame_that_forbids_the_program_is_told_of(visit, address):
    holder = f'<iframe sandbox="allow-scripts" src="{address}"></iframe>'

    def serve(page):
        page.route("**/holder", lambda route: route.fulfill(body=holder, content_type="text/html"))

    page = visit(serve, address + "holder")
    frame = page.frame_locator("iframe")
    frame.get_by_text("This page is in a frame that forbids its program").wait_for()


def test_a_page_that_a_translator_rewrites_reads_and_shows_its_views(visit):
    page = visit(lambda page: page.add_init_script(TRANSLATOR))
    wait_until(page, "ready")
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    assert page.inner_text("#confidence").startswith("xx")
    open_view(page, "about")
    page.wait_for_selector("#plots .wrong")
    page.click("[data-language=de]")
    page.wait_for_selector("[data-language=de][aria-pressed=true]")
    assert answer(page) == "7" and page.log.errors == []


def test_a_copy_that_a_translator_serves_names_the_page_itself(chromium, address):
    copy = "http://example-org.translate.goog/"
    page = new_page(chromium, service_workers="block")

    def serve(route):
        path = route.request.url.removeprefix(copy)
        response = route.fetch(url=address + path)
        body = response.body() + (b"" if path else b"<!-- translated -->")
        route.fulfill(response=response, body=body)

    page.route(copy + "**", serve)
    page.goto(copy)
    wait_for_words(page, "#remark", "open the page itself")
    page.context.close()


def test_the_pad_fits_a_phone_on_its_side(page):
    page.set_viewport_size({"width": 568, "height": 320})
    frame = page.locator("#pad").bounding_box()
    assert frame["height"] <= 320 - 100

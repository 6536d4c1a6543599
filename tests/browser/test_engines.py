"""The page works in three engines, on one visit to each.

Not here, for only Chromium lets a program do it (the Chrome DevTools Protocol): dropping files,
filling the clipboard, a slow or broken network, media that are emulated, a screen reader's view.
The tests of those, and all others, run in Chromium.
"""

from urllib.parse import urlsplit

import pytest
from conftest import SITE
from support.engines import is_alive, new_page, requested
from support.gestures import (
    draw,
    draw_with_finger,
    draw_with_keys,
    open_picture,
    open_view,
    start_anew,
    write_a_number,
)
from support.handwriting import mnist_digits, number_strokes, pen_strokes
from support.hosts import Host, copy_of
from support.page_state import answer, engine, history, ink_on, remark, settle, wait_for_words
from support.papers import ruled_table

from export.site import precache

START_MS = KEPT_MS = 600_000  # three browsers after another, on a machine that is busy besides
ONE = ".vvvvvvvvvv."  # on the keyboard
VIEWS = ("how", "inside", "measure", "learn", "about", "read")
HAS_CAMERA = """async () => (await navigator.mediaDevices.enumerateDevices())
    .some(device => device.kind == "videoinput")"""
# Else the person would be asked first, and a test has none; Firefox asks even without a camera.
NO_CAMERA = """() => {
    const none = async () => { throw new DOMException("none", "NotFoundError"); };
    navigator.mediaDevices.getUserMedia = none;
}"""
OTHER_SITE = "https://example.com/"
CELLS = "[...document.querySelectorAll('#cells input')].map(field => field.value)"
# WebDriver knows no downloads: links keep what they would save, as functions to be asked.
KEEP_DOWNLOADS = """() => {
    const blobs = {};
    window.downloads = [];
    const address = URL.createObjectURL;
    URL.createObjectURL = blob => {
        const link = address.call(URL, blob);
        blobs[link] = blob;
        return link;
    };
    HTMLAnchorElement.prototype.click = function () {
        const blob = blobs[this.href], name = this.download;
        window.downloads.push(async () => [name, await blob.text()]);
    };
}"""


@pytest.fixture(scope="module")
def host():
    precache.write(SITE)
    host = Host(SITE)
    yield host
    host.down()


class Visit:
    """One visit to the page; a new one begins if the engine has crashed."""

    def __init__(self, browser, address):
        self._browser, self._address = browser, address
        self._page = None
        self.first = None  # what was read of a digit written as soon as the page was there

    @property
    def page(self):
        if self._page is None or not is_alive(self._page):
            self._page = new_page(self._browser)
            self._page.goto(self._address)
            draw(self._page, pen_strokes(7))
            comes_up(self._page)
            self.first = answer(self._page)
        return self._page


@pytest.fixture(scope="module")
def visit_to_all(browser, host):
    visit = Visit(browser, host.address)
    yield visit
    visit.page.context.close()


@pytest.fixture
def visited(visit_to_all):
    return visit_to_all.page


def comes_up(page):
    """Wait until the page can read; on a busy machine it may fail first."""
    page.wait_for_selector('html[data-state="ready"]', timeout=START_MS)


@pytest.fixture
def page(visited):
    start_anew(visited)
    return visited


def test_a_digit_written_before_the_page_has_started_is_read(visit_to_all, visited):
    assert visit_to_all.first == "7" and is_alive(visited)


def test_a_digit_written_with_the_mouse_is_read(page):
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    assert history(page) == ["7"]


def test_a_digit_written_with_a_finger_is_read(page):
    draw_with_finger(page, pen_strokes(3))
    assert answer(page) == "3"


def test_a_digit_written_with_the_keyboard_is_read(page):
    draw_with_keys(page, ONE)
    assert answer(page) == "1"


def test_a_picture_is_read_and_a_bad_one_gets_a_sentence(page, tmp_path):
    good, bad = tmp_path / "seven.png", tmp_path / "letter.png"
    mnist_digits("7").save(good)
    bad.write_bytes(b"Dear Sir or Madam,\n" * 50)
    open_picture(page, good)
    page.wait_for_function("document.querySelector('#answer').textContent")
    assert answer(page) == "7"
    ink = ink_on(page)
    open_picture(page, bad)
    page.wait_for_function("document.querySelector('#remark').textContent")
    assert "not a picture" in remark(page)
    assert page.text_content("#answer") == "", "no other picture's answer stays beside it"
    page.click("#undo")
    assert answer(page) == "7" and ink_on(page) == ink


def test_a_number_is_read_digit_by_digit(page):
    write_a_number(page)
    draw(page, number_strokes("37"))
    assert answer(page) == "37"


def test_a_table_is_read_corrected_and_saved_by_keyboard(page, tmp_path):
    path = tmp_path / "form.png"
    ruled_table([["407", "12"], ["88", "903"]]).save(path)
    page.evaluate(KEEP_DOWNLOADS)
    open_picture(page, path)
    page.wait_for_selector("#as-table", timeout=START_MS)
    page.focus("#as-table")
    page.keyboard.press("Enter")
    page.wait_for_selector("#cells tfoot td", timeout=START_MS)
    assert page.evaluate(CELLS) == ["407", "12", "88", "903"]
    page.focus("[data-index='3']")
    for key in ("9", "0", "8", "Enter"):
        page.keyboard.press(key)
    assert page.evaluate(CELLS) == ["407", "12", "88", "908"]
    page.focus("#table-csv")
    page.keyboard.press("Enter")
    page.wait_for_function("window.downloads.length == 1")
    name, content = page.evaluate("window.downloads[0]()")
    assert name == "inkling-table.csv"
    assert content.lstrip("\ufeff").split() == ["407,12", "88,908"]
    page.click("#table-forget")
    page.wait_for_function("location.hash == '#read'")


def test_every_view_opens(page):
    for view in VIEWS:
        open_view(page, view)
        page.wait_for_selector(f"#{view}")
    open_view(page, "measure")
    assert not page.is_visible("#about")


def test_the_page_speaks_german_and_english(page):
    page.click('[data-language="de"]')
    page.wait_for_function("document.querySelector('#clear').textContent == 'Leeren'")
    page.click('[data-language="en"]')
    page.wait_for_function("document.querySelector('#clear').textContent == 'Clear'")


def test_without_a_camera_the_page_says_what_to_do_instead(page):
    if engine(page) == "firefox" or page.evaluate(HAS_CAMERA):
        page.evaluate(NO_CAMERA)
    page.click("#camera")
    wait_for_words(page, "#remark", "photo")
    draw(page, pen_strokes(7))
    assert answer(page) == "7"


def test_neither_a_script_in_the_page_nor_another_site_gets_a_chance(page):
    assert page.evaluate(
        """async () => {
            for (const [name, place] of [["script", "text"], ["img", "onerror"]]) {
                const intruder = document.createElement(name);
                intruder.setAttribute(place, "window.intruded = true");
                intruder.textContent = "window.intruded = true";
                intruder.src = name == "img" ? "./no-such-picture" : "";
                if (name == "script") intruder.removeAttribute("src");
                document.body.append(intruder);
            }
            await new Promise(resolve => setTimeout(resolve, 300));
            return window.intruded === undefined;
        }"""
    )
    refused = f"fetch({OTHER_SITE!r}).then(() => 'fetched', () => 'refused')"
    assert page.evaluate(refused) == "refused"


def test_without_its_server_the_page_comes_back_as_it_was_and_reads(page, host):
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    ink = ink_on(page)
    kept = "document.querySelector('#offline').textContent.startsWith('Works offline')"
    page.wait_for_function(kept, timeout=KEPT_MS)
    host.down()
    try:
        page.reload()
        comes_up(page)
        settle(page)
        # Drawn anew, all at once: where strokes overlap, a pixel at their rim may come out clear.
        assert ink_on(page) == pytest.approx(ink, rel=0.01) and history(page) == ["7"]
        start_anew(page)
        draw(page, pen_strokes(3))
        assert answer(page) == "3"
    finally:
        host.up()


def test_one_altered_byte_in_the_list_of_files_is_told(browser, tmp_path):
    host = Host(copy_of(SITE, tmp_path / "site"))
    listed = host.folder / precache.LIST
    content = bytearray(listed.read_bytes())
    content[-2] ^= 1
    listed.write_bytes(content)
    page = new_page(browser)
    page.goto(host.address)
    wait_for_words(page, "#remark", "one of them is damaged")
    page.context.close()
    host.down()


def test_all_that_time_only_the_page_s_own_site_was_asked(visited, host):
    addresses = [url.removeprefix("blob:") for url in requested(visited)]
    asked = {urlsplit(url).netloc for url in addresses if not url.startswith("data:")}
    refused = {urlsplit(OTHER_SITE).netloc}  # in Chromium's log, though it never went out
    assert urlsplit(host.address).netloc in asked
    assert asked - refused == {urlsplit(host.address).netloc}
    assert engine(visited) != "webkit" or not refused & asked
    for name in (
        "core.js",
        "micropython.wasm",
        "packed.css",
        "packed.z",
        "main.py",
        "worker/api.py",
    ):
        assert any(address.endswith(f"/{name}") for address in addresses)  # else little was noted

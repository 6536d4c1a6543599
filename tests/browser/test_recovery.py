"""No stroke is lost if the worker dies, hangs or runs out of memory, or storage is denied."""

import io
import json
import os

import pytest
from PIL import Image
from support.gestures import (
    chromium_path,
    draw,
    open_picture,
    open_pictures,
    write_a_number,
    write_one_digit,
)
from support.handwriting import mnist_digits, pen_strokes
from support.page_state import START_MS, answer, history, ink_on, remark, wait_for_words, wait_until

KILL = "document.querySelector('script[worker]').xworker.terminate()"


def altered(host, name, change):
    text = (host.folder / name).read_text()
    host.publish({name: change(text).encode()})


SLOW = """

from time import perf_counter

_at_once = read_canvas


def read_canvas(*asked):
    end = perf_counter() + 6
    while perf_counter() < end:
        pass
    return _at_once(*asked)
"""


def test_a_reader_that_dies_at_work_is_started_anew_and_reads_what_was_drawn(visit, host):
    altered(host, "worker/api.py", lambda text: text + SLOW)
    page = visit(address=host.address)
    wait_until(page, "ready")
    draw(page, pen_strokes(3))
    page.wait_for_selector('.reading[aria-busy="true"]')
    page.evaluate(KILL)
    wait_for_words(page, "#remark", "restarted")
    wait_until(page, "ready")
    wait_for_words(page, "#answer", "3")
    assert "restarted" in remark(page)
    ink = ink_on(page)
    page.click('#sample-choice [data-class="any"]')  # nothing of what the first knew is relied on
    wait_for_words(page, "#truth", "MNIST label is")
    page.evaluate(KILL)  # this time while it is idle
    wait_until(page, "loading")
    wait_until(page, "ready")
    page.click("#undo")
    wait_for_words(page, "#answer", "3")
    assert ink_on(page) == ink


DEADLY = """

_at_all = read_file


def read_file(encoded, mode, *how):
    import os

    return os.abort() if mode == "number" else _at_all(encoded, mode, *how)
"""


def test_a_picture_that_ends_the_reader_is_named_and_not_read_again_by_itself(visit, host):
    altered(host, "worker/api.py", lambda text: text + DEADLY)
    page = visit(address=host.address)
    wait_until(page, "ready")
    write_one_digit(page)
    picture = host.folder / "dense.png"
    mnist_digits("7").save(picture)
    open_picture(page, picture)
    wait_for_words(page, "#answer", "7")
    write_a_number(page)  # it lies on the pad: what is there is read again by a new reader
    wait_for_words(page, "#remark", "dense.png is not read again by itself")
    wait_until(page, "ready")
    page.wait_for_timeout(1000)
    assert page.get_attribute("html", "data-state") == "ready"
    assert "dense.png" in remark(page)
    open_picture(page, picture)  # by hand it is, and once
    page.wait_for_function("document.documentElement.dataset.state != 'ready'")
    wait_until(page, "ready")
    assert "dense.png" in remark(page)
    page.click("#clear")
    draw(page, pen_strokes(3))
    wait_for_words(page, "#answer", "3")


def test_pictures_that_wait_for_a_reader_that_is_given_up_on_are_told_so(visit, host, tmp_path):
    dying = "def read_aside(*_):\n    import os\n    os.abort()\n"
    altered(host, "worker/api.py", lambda text: text + "\n\n" + dying)
    page = visit(address=host.address)
    wait_until(page, "ready")
    paths = [tmp_path / f"{number}.png" for number in range(5)]
    for path in paths:
        Image.new("L", (60, 60), 255).save(path)
    open_pictures(page, paths)
    wait_until(page, "failed")
    wait_for_words(page, "#batch-said", "0 of 5 pictures read.")
    open_pictures(page, paths[:2])
    wait_for_words(page, "#batch-said", "0 of 7 pictures read.")
    assert page.locator("#batch-progress").is_hidden()


def test_a_reader_that_hangs_is_given_up_on_after_three_starts(visit, host):
    hang = "def read_canvas(*_):\n    while True:\n        pass\n"
    altered(host, "worker/api.py", lambda text: text + "\n\n" + hang)
    page = visit(lambda page: page.clock.install(), address=host.address)
    for _ in range(3):
        wait_until(page, "ready")
        if not ink_on(page):
            draw(page, pen_strokes(7))
        page.wait_for_selector('.reading[aria-busy="true"]')
        page.clock.fast_forward("02:00:00")  # a sleep of the machine says nothing of the reader
        page.wait_for_timeout(100)
        assert page.get_attribute("html", "data-state") == "ready"
        page.clock.run_for(35_000)
        page.wait_for_function("document.documentElement.dataset.state != 'ready'")
    wait_until(page, "failed")
    wait_for_words(page, "#remark", "several times")
    assert ink_on(page) > 0
    page.reload()
    assert page.evaluate("sessionStorage.length") > 0
    page.wait_for_selector("#undo:not([disabled])", timeout=START_MS)
    assert ink_on(page) > 0


def test_a_picture_for_which_memory_is_short_is_refused_and_the_next_is_read(visit, host):
    short = """
const grow = WebAssembly.Memory.prototype.grow; // a device that gives a page 160 MB and no more
WebAssembly.Memory.prototype.grow = function (pages) {
  if (this.buffer.byteLength + 65536 * pages > 160e6) throw new RangeError("no more memory");
  return grow.call(this, pages);
};
"""
    altered(host, "boot.js", lambda text: text + short)
    page = visit(address=host.address)
    wait_until(page, "ready")
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    file = io.BytesIO()
    Image.new("RGB", (7900, 7900), "white").save(file, "PNG")
    picture = host.folder / "huge.png"
    picture.write_bytes(file.getvalue())
    open_picture(page, picture)
    wait_for_words(page, "#remark", "more memory than there is")
    wait_for_words(page, "#answer", "7")
    assert "smaller" in remark(page)
    page.click("#clear")
    draw(page, pen_strokes(3))
    assert answer(page) == "3"


def test_two_tabs_keep_their_drawings_and_share_their_history(visit):
    first = visit()
    second = first.context.new_page()
    second.goto(first.url)
    for page, digit in ((first, 3), (second, 7)):
        wait_until(page, "ready")
        draw(page, pen_strokes(digit))
        assert answer(page) == str(digit)
    first.click('#sample-choice [data-class="any"]')
    wait_for_words(first, "#truth", "MNIST label is")
    first.click("#undo")
    wait_for_words(first, "#answer", "3")
    first.reload()
    wait_until(first, "ready")
    assert answer(first) == "3"
    assert sorted(history(first)[-2:]) == ["3", "7"]


def test_where_storage_is_full_the_page_reads_and_says_so(page):
    page.evaluate("""for (const place of [localStorage, sessionStorage])
        for (let size = 2 ** 22; size >= 1; size = size >> 1)
            try { for (;;) place.setItem("full" + Math.random(), "x".repeat(size)); } catch {}""")
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    assert "has no room" in page.text_content("#storage")
    page.evaluate("localStorage.clear(); sessionStorage.clear()")


def test_where_the_browser_denies_all_storage_the_page_reads_and_says_so(
    chromium, address, tmp_path
):
    (tmp_path / "Default").mkdir()
    denied = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(denied))
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    context = chromium.browser_type.launch_persistent_context(
        tmp_path, executable_path=chromium_path(), args=["--no-sandbox"] if root else []
    )
    page = context.new_page()
    page.goto(address)
    with pytest.raises(Exception, match="SecurityError"):
        page.evaluate("localStorage.length")
    wait_until(page, "ready")
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    assert "keeps none" in page.text_content("#storage")
    wait_for_words(page, "#offline", "does not allow it")
    context.close()

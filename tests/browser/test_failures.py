"""If a file of the site does not arrive, the page says so, and what to do.

When it arrives damaged: test_damage.py.
"""

import re
from urllib.parse import urlsplit

import pytest
from support.gestures import ROOT, draw
from support.handwriting import pen_strokes
from support.hosts import PATH
from support.page_state import answer, ink_on, remark, wait_for_words, wait_until

from export.site import bundle

SITE = ROOT / "site"
MODEL = "model/digits.npz"
WASM = "runtime/pyodide/pyodide.asm.wasm"


def missing(pattern):
    return lambda page: page.route(pattern, lambda route: route.fulfill(status=404))


def at(name):
    return lambda url: urlsplit(url).path == PATH + name


def held_back(name):
    """Return a preparation that holds a file back, and a function that releases it."""
    held = []

    def hold(page):
        page.clock.install()
        page.route(at(name), lambda route: held.append(route))

    def let_go():
        for route in held:
            route.continue_()

    return hold, let_go


def under_way(page):
    page.wait_for_function("document.querySelector('#progress').value > 0")


def cut_short(path):
    content = (SITE / path).read_bytes()
    half = content[: len(content) // 2]
    return lambda page: page.route(at(path), lambda route: route.fulfill(body=half))


def failed(page, *words):
    """Return the remark of a failed page, which contains these words; drawing still works."""
    wait_until(page, "failed")
    for word in words:
        wait_for_words(page, "#remark", word)
    draw(page, pen_strokes(7))
    assert ink_on(page) > 0
    assert page.text_content("#answer") == ""
    sentence = remark(page)
    assert "Traceback" not in page.inner_text("body")
    page.click("#clear")
    assert without_seconds(remark(page)) == without_seconds(sentence) != ""  # it still holds
    return sentence


def without_seconds(sentence):
    return re.sub(r"\d+", "", sentence)  # they go on


@pytest.mark.parametrize("name", [MODEL, "precache.json", "version.js"])
def test_a_missing_file_is_named(visit, name):
    failed(visit(missing(f"**/{name}")), name, "missing", "make site")


@pytest.mark.parametrize("name", ["pyodide.asm.wasm", "python_stdlib.zip", "numpy-*.whl"])
def test_a_missing_part_of_python_is_named(visit, name):
    page = visit(missing(f"**/{name}"))
    failed(page, "runtime/pyodide/" + name.split("-")[0], "404")
    page.click('[data-language="de"]')
    page.wait_for_function("document.querySelector('#remark').textContent.includes('fehlt')")


@pytest.mark.parametrize("name", ["pyodide.module.js", "pyodide.asm.js"])
def test_a_missing_module_of_python_is_told(visit, host, name):
    # From a host of its own: a script that the browser remembers is not asked for again.
    (host.folder / "runtime" / "pyodide" / name).unlink()
    sentence = failed(visit(address=host.address))
    assert "Python" in sentence or name in sentence  # whichever is noticed first


def test_an_interrupted_download_is_told(visit):
    failed(visit(cut_short(WASM)), "pyodide.asm.wasm", "broke off")


def test_a_download_that_stalls_is_told_and_forgiven_when_it_comes(visit):
    hold, let_go = held_back(WASM)
    page = visit(hold)
    under_way(page)
    draw(page, pen_strokes(7))
    page.clock.run_for(125_000)
    failed(page, "no progress", "Reload")
    draw(page, pen_strokes(7))
    let_go()
    wait_until(page, "ready")
    assert answer(page) == "7" and remark(page) == ""


@pytest.mark.parametrize("name", ["worker/api.py", "boot.js", bundle.WHEEL])
def test_a_missing_file_of_ours_is_told(visit, name):
    failed(visit(missing(f"**/{name}")))


def test_without_pyscript_a_sentence_appears_that_needs_no_program(visit):
    page = visit(missing("**/pyscript/core.js"))
    page.wait_for_selector(".stuck", state="visible")
    assert "Reload the page" in page.inner_text(".stuck")


def test_without_javascript_the_page_says_that_it_needs_it(visit):
    page = visit(java_script_enabled=False)
    assert "allow JavaScript" in page.inner_text("body")


def test_a_sleep_of_the_machine_is_not_taken_for_a_failure(visit):
    hold, let_go = held_back(WASM)
    page = visit(hold)
    under_way(page)
    page.clock.fast_forward("02:00:00")  # every timer fires once, as after waking up
    page.wait_for_timeout(100)
    assert page.get_attribute("html", "data-state") == "loading"
    let_go()
    wait_until(page, "ready")


def test_when_the_connection_is_back_the_reader_starts_by_itself(visit):
    page = visit(lambda page: page.route("**/numpy*.whl", lambda route: route.abort()))
    wait_until(page, "failed")
    assert "could not be fetched" in remark(page)
    draw(page, pen_strokes(7))
    page.unroute("**/numpy*.whl")
    page.evaluate("dispatchEvent(new Event('online'))")
    wait_until(page, "ready")
    assert answer(page) == "7" and remark(page) == ""

"""When a part of the site does not arrive, the page says so, and what to do."""

import re

import pytest
from gestures import ROOT, answer, draw, ink_on, pen_strokes, remark, wait_until
from hosts import Host, copy_of

from export import bundles, precache

SITE = ROOT / "site"
MODEL = "model/digits.npz"
PATIENCE_MS = 240_000  # a busy machine
# The runtime's files, each of which is altered in turn, and of ours one of every kind.
ALTERED = [
    name
    for name in (path.relative_to(SITE).as_posix() for path in precache.listed(SITE))
    if name.startswith("runtime/") and "licences" not in name
] + ["boot.js", "worker.py", "pyscript.json", "micropython.json", MODEL, precache.LIST]
# Damage to these may keep all our programs from starting.
ON_THE_PAGES_THREAD = re.compile(r"runtime/(pyscript|micropython)/|micropython.json|ui/")
ALTERED += [bundles.WHEEL, bundles.UI, "ui/main.py"]


def missing(pattern):
    return lambda page: page.route(pattern, lambda route: route.fulfill(status=404))


def altered(path):
    """The file with one byte changed: in its middle, or of a checksum that is needed."""
    content = bytearray((SITE / path).read_bytes())
    if path == precache.LIST:  # a start does not ask for most of the files on it
        place = content.index(b"sha256-", content.index(f'"{bundles.WHEEL}"'.encode())) + len(
            "sha256-"
        )
        content[place] = ord("B") if content[place] == ord("A") else ord("A")
    else:
        content[len(content) // 2] ^= 1
    return lambda page: page.route(f"**/{path}", lambda route: route.fulfill(body=bytes(content)))


def cut_short(path):
    content = (SITE / path).read_bytes()
    return lambda page: page.route(
        f"**/{path}", lambda route: route.fulfill(body=content[: len(content) // 2])
    )


def failed(page, *words):
    """What a page says that has given up, with these words in it; the pad can be drawn on."""
    wait_until(page, "failed")
    said = (
        "words => words.every(word => document.querySelector('#remark').textContent.includes(word))"
    )
    page.wait_for_function(said, arg=list(words), timeout=PATIENCE_MS)
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


def hurry(page):
    """Have the sentence that needs no program appear after four seconds instead of twenty."""
    tools = page.context.new_cdp_session(page)
    tools.send("Animation.enable")
    tools.send("Animation.setPlaybackRate", {"playbackRate": 5})


@pytest.mark.parametrize("name", ALTERED)
def test_one_altered_byte_in_any_file_is_told_and_nothing_is_read(visit, name):
    page = visit(altered(name))
    told = '[data-state="failed"] #remark:not(:empty)'
    if ON_THE_PAGES_THREAD.match(name):
        hurry(page)
        told += ", .stuck:visible"
    page.wait_for_selector(told, timeout=PATIENCE_MS)
    if page.is_visible(".stuck"):
        assert "Reload the page" in page.inner_text(".stuck")
    else:
        assert "reload" in failed(page).lower()
    assert page.text_content("#answer") == ""


def test_a_missing_model_is_named(visit):
    failed(visit(missing(f"**/{MODEL}")), MODEL, "missing", "make site")


@pytest.mark.parametrize("name", ["pyodide.asm.wasm", "python_stdlib.zip", "numpy-*.whl"])
def test_a_missing_part_of_python_is_named(visit, name):
    page = visit(missing(f"**/{name}"))
    failed(page, "runtime/pyodide/" + name.split("-")[0], "404")
    page.click('[data-language="de"]')
    page.wait_for_function("document.querySelector('#remark').textContent.includes('fehlt')")


@pytest.mark.parametrize("name", ["pyodide.module.js", "pyodide.asm.js"])
def test_a_missing_module_of_python_is_told(visit, name, tmp_path):
    # From a host of its own: a script that the browser remembers is not asked for again.
    host = Host(copy_of(SITE, tmp_path / "site"))
    (host.folder / "runtime" / "pyodide" / name).unlink()
    failed(visit(address=host.address), "Python")
    host.down()


def test_an_interrupted_download_is_told(visit):
    failed(visit(cut_short("runtime/pyodide/pyodide.asm.wasm")), "pyodide.asm.wasm", "broke off")


def test_a_download_that_stalls_is_told_and_forgiven_when_it_comes(visit):
    held = []

    def hold(page):
        page.clock.install()
        page.route("**/pyodide.asm.wasm", lambda route: held.append(route))

    page = visit(hold)
    page.wait_for_function("document.querySelector('#progress').value > 0")
    draw(page, pen_strokes(7))
    page.clock.run_for(125_000)
    failed(page, "no further", "Reload")
    draw(page, pen_strokes(7))
    for route in held:
        route.continue_()
    wait_until(page, "ready")
    assert answer(page) == "7" and remark(page) == ""


@pytest.mark.parametrize("name", ["worker.py", "boot.js", bundles.WHEEL, "pyscript.json"])
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
    held = []

    def hold(page):
        page.clock.install()
        page.route("**/pyodide.asm.wasm", lambda route: held.append(route))

    page = visit(hold)
    page.wait_for_function("document.querySelector('#progress').value > 0")
    page.clock.fast_forward("02:00:00")  # every timer fires once, as after waking up
    page.wait_for_timeout(100)
    assert page.get_attribute("html", "data-state") == "loading"
    for route in held:
        route.continue_()
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

"""When a part of the site does not arrive, the page says so, and what to do."""

import pytest
from gestures import ROOT, answer, draw, ink_on, pen_strokes, remark, wait_until

SITE = ROOT / "site"
MODEL = "model/digits.npz"


def missing(pattern):
    return lambda page: page.route(pattern, lambda route: route.fulfill(status=404))


def altered(path):
    """The file with one byte in its middle flipped."""
    path = (SITE / path).relative_to(SITE)
    content = bytearray((SITE / path).read_bytes())
    content[len(content) // 2] ^= 0xFF
    return lambda page: page.route(f"**/{path}", lambda route: route.fulfill(body=bytes(content)))


def cut_short(path):
    content = (SITE / path).read_bytes()
    return lambda page: page.route(
        f"**/{path}", lambda route: route.fulfill(body=content[: len(content) // 2])
    )


def failed(page):
    """What a page says that has given up; the pad can still be drawn on."""
    wait_until(page, "failed")
    draw(page, pen_strokes(7))
    assert ink_on(page) > 0
    assert page.text_content("#answer") == ""
    sentence = remark(page)
    assert "Traceback" not in page.inner_text("body")
    page.click("#clear")
    assert remark(page) == sentence  # it still holds
    return sentence


def test_a_missing_model_is_named(visit):
    sentence = failed(visit(missing(f"**/{MODEL}")))
    assert MODEL in sentence and "missing" in sentence and "make site" in sentence


def test_an_altered_model_is_named(visit):
    sentence = failed(visit(altered(MODEL)))
    assert "digits.npz" in sentence and "damaged" in sentence and "reload" in sentence


@pytest.mark.parametrize("name", ["pyodide.asm.wasm", "python_stdlib.zip", "numpy-*.whl"])
def test_a_missing_part_of_python_is_named(visit, name):
    sentence = failed(visit(missing(f"**/{name}")))
    assert "runtime/pyodide/" + name.split("-")[0] in sentence and "404" in sentence


@pytest.mark.parametrize("name", ["pyodide.module.js", "pyodide.asm.js"])
def test_a_missing_module_of_python_is_told(visit, name):
    assert "Python" in failed(visit(missing(f"**/{name}")))


def test_an_interrupted_download_is_told(visit):
    sentence = failed(visit(cut_short("runtime/pyodide/pyodide.asm.wasm")))
    assert "pyodide.asm.wasm" in sentence and "Reload" in sentence


def test_a_damaged_interpreter_is_named(visit):
    assert "pyodide.asm.wasm is damaged" in failed(
        visit(altered("runtime/pyodide/pyodide.asm.wasm"))
    )


def test_an_altered_package_is_told(visit):
    sentence = failed(visit(altered(next((SITE / "runtime").rglob("pillow*.whl")))))
    assert "runtime/pyodide/pillow" in sentence and "damaged" in sentence


def test_a_download_that_stalls_is_told_and_forgiven_when_it_comes(visit):
    held = []

    def hold(page):
        page.clock.install()
        page.route("**/pyodide.asm.wasm", lambda route: held.append(route))

    page = visit(hold)
    page.wait_for_function("document.querySelector('#progress').value > 0")
    draw(page, pen_strokes(7))
    page.clock.run_for(60_000)
    wait_until(page, "failed")
    assert "no further" in remark(page) and "Reload" in remark(page)
    for route in held:
        route.continue_()
    wait_until(page, "ready")
    assert answer(page) == "7" and remark(page) == ""


@pytest.mark.parametrize("name", ["worker.py", "boot.js", "inkling/reader.py", "pyscript.json"])
def test_a_missing_file_of_ours_is_told(visit, name):
    assert failed(visit(missing(f"**/{name}"))) != ""


def test_without_pyscript_a_sentence_appears_that_needs_no_program(visit):
    page = visit(missing("**/pyscript/core.js"))
    page.wait_for_selector(".stuck", state="visible")
    assert "Reload the page" in page.inner_text(".stuck")


def test_without_javascript_the_page_says_that_it_needs_it(visit):
    page = visit(java_script_enabled=False)
    assert "allow JavaScript" in page.inner_text("body")

"""Strokes drawn before the page's Python has loaded are seen at once, and read later."""

import json

import pytest
from support.gestures import draw, on_screen
from support.handwriting import pen_strokes
from support.page_state import answer, wait_until

PYTHON = "**/micropython.wasm"
INKED = """() => document.querySelector("#pad").getContext("2d")
    .getImageData(0, 0, 280, 280).data.some((value, at) => at % 4 === 3 && value > 0)"""
BLOTS = "document.querySelector('#pad').getContext('2d').getImageData(140, 140, 1, 1).data[3]"


@pytest.fixture
def early(visit):
    """early(**options) -> a page whose Python loads only once page.go_on() is called."""

    def early(**options):
        held, free = [], []

        def hold(route):
            route.continue_() if free else held.append(route)

        def go_on():
            free.append(True)
            for route in held:
                route.continue_()

        page = visit(lambda page: page.route(PYTHON, hold), **options)
        page.wait_for_selector("html.writable", state="attached")
        page.go_on = go_on
        return page

    return early


def test_ink_is_seen_at_once_and_read_when_python_is_there(early):
    page = early()
    draw(page, pen_strokes(7))
    assert page.evaluate(INKED)
    assert page.is_visible("#loading") and page.locator("html.alive").count() == 0
    page.go_on()
    wait_until(page, "ready")
    assert answer(page) == "7"
    strokes = len(pen_strokes(7))
    for left in reversed(range(strokes)):  # each stroke is a step of its own
        page.click("#undo")
        assert page.evaluate(INKED) == (left > 0)
    assert page.is_disabled("#undo")


def test_an_empty_page_welcomes_before_python_is_there_and_nothing_moves_when_it_is(early):
    page = early()
    last = page.locator("#welcome dl")
    place = last.bounding_box()
    assert page.is_visible("#welcome") and page.is_hidden(".bars")
    page.go_on()
    page.wait_for_selector("#welcome-samples canvas")
    assert last.bounding_box() == place


def test_a_page_with_a_kept_drawing_does_not_welcome_before_python_is_there(early, address):
    stroke = {"erase": False, "points": [[x, 140, 20, 0] for x in range(60, 220, 10)]}
    drawing = json.dumps({"entry": "1", "strokes": [stroke], "wide": False})
    storage = [{"name": "inkling.drawing", "value": drawing}]
    origin = {"origin": address.rstrip("/"), "localStorage": storage}
    page = early(storage_state={"cookies": [], "origins": [origin]})
    assert page.evaluate(INKED)
    assert page.is_hidden("#welcome") and page.is_visible(".bars")
    page.go_on()
    page.wait_for_selector("html.alive", state="attached")
    assert page.evaluate(INKED) and page.is_hidden("#welcome")


def test_a_stroke_that_is_under_way_goes_on(early):
    page = early()
    points = on_screen(page, pen_strokes(3)[0])
    half = len(points) // 2
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:half]:
        page.mouse.move(*point)
    page.go_on()
    page.wait_for_selector("html.alive", state="attached")
    for point in points[half:]:
        page.mouse.move(*point)
    page.mouse.up()
    wait_until(page, "ready")
    assert answer(page) == "3"
    page.click("#undo")
    assert not page.evaluate(INKED)

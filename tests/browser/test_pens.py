"""A pen, a palm and fingers on the same pad; a page that moves under a stroke."""

import pytest
from support.gestures import clear, draw, draw_with_finger, on_screen
from support.handwriting import pen_strokes
from support.page_state import answer, ink_on, settle, wait_until

PALM = (0.8, 0.9)
BAR = [[(0.3, 0.5), (0.5, 0.5), (0.7, 0.5)]]
ERASER = """([places]) => {
    const pad = document.querySelector("#pad");
    const send = (kind, [clientX, clientY], button) => pad.dispatchEvent(new PointerEvent(kind, {
        clientX, clientY, button, buttons: 32, pressure: 0.5, pointerType: "pen", pointerId: 1,
        isPrimary: true, bubbles: true, cancelable: true}));
    send("pointerdown", places[0], 5);
    for (const place of places.slice(1)) send("pointermove", place, -1);
    send("pointerup", places.at(-1), 5);
}"""


@pytest.fixture
def tablet(visit):
    """Return a fresh page, as the pen that one test uses would be remembered in the next."""
    page = visit(has_touch=True)
    wait_until(page, "ready")
    page.screen = page.context.new_cdp_session(page)
    return page


def touch(page, kind, *places):
    points = [
        {"x": x, "y": y, "id": number}
        for number, place in enumerate(places)
        for x, y in on_screen(page, [place])
    ]
    page.screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def pen(page, kind, place, down=True):
    (x, y), *_ = on_screen(page, [place])
    event = {"type": kind, "x": x, "y": y, "pointerType": "pen", "force": 0.5 if down else 0}
    event |= {"button": "left" if down else "none", "buttons": int(down), "clickCount": 1}
    page.screen.send("Input.dispatchMouseEvent", event)


def draw_with_pen(page, strokes):
    for stroke in strokes:
        pen(page, "mousePressed", stroke[0])
        for place in stroke[1:]:
            pen(page, "mouseMoved", place)
        pen(page, "mouseReleased", stroke[-1])


def strokes_drawn(page) -> int:
    """Count the steps back until the pad is empty."""
    settle(page)
    count = 0
    while page.is_enabled("#undo"):
        page.click("#undo")
        settle(page)
        count += 1
    return count


def test_a_palm_put_down_before_the_pen_leaves_no_ink(tablet):
    touch(tablet, "touchStart", PALM)
    touch(tablet, "touchMove", (0.85, 0.9))
    draw_with_pen(tablet, pen_strokes(3))
    touch(tablet, "touchEnd")
    assert answer(tablet) == "3"
    assert strokes_drawn(tablet) == len(pen_strokes(3))


def test_a_palm_put_down_during_the_pens_stroke_does_not_join_it(tablet):
    stroke = pen_strokes(3)[0]
    half = len(stroke) // 2
    pen(tablet, "mousePressed", stroke[0])
    for place in stroke[1:half]:
        pen(tablet, "mouseMoved", place)
    touch(tablet, "touchStart", PALM)
    touch(tablet, "touchMove", (0.85, 0.9))
    for place in stroke[half:]:
        pen(tablet, "mouseMoved", place)
    pen(tablet, "mouseReleased", stroke[-1])
    touch(tablet, "touchEnd")
    assert answer(tablet) == "3"
    assert strokes_drawn(tablet) == 1


def test_touch_does_not_draw_once_a_pen_has_been_seen(tablet):
    draw_with_pen(tablet, pen_strokes(7))
    assert answer(tablet) == "7"
    ink = ink_on(tablet)
    draw_with_finger(tablet, BAR)
    settle(tablet)
    assert ink_on(tablet) == ink and answer(tablet) == "7"


def test_without_a_pen_a_finger_draws(tablet):
    draw_with_finger(tablet, pen_strokes(7))
    assert answer(tablet) == "7"


def ink_of_finger(tablet, places):
    """Draw one stroke with a finger, clear it, and return how much ink it was."""
    draw_with_finger(tablet, [places])
    settle(tablet)
    ink = ink_on(tablet)
    clear(tablet)
    return ink


def test_a_second_finger_does_not_continue_the_first_ones_stroke(tablet):
    ends = (0.3, 0.2), (0.3, 0.8)
    ink = ink_of_finger(tablet, ends)
    touch(tablet, "touchStart", ends[0])
    touch(tablet, "touchMove", ends[1])
    touch(tablet, "touchStart", ends[1], (0.8, 0.5))
    touch(tablet, "touchMove", ends[1], (0.9, 0.1))
    touch(tablet, "touchEnd")
    settle(tablet)
    assert ink_on(tablet) == ink


def test_a_pens_other_end_erases(tablet):
    draw(tablet, BAR)
    settle(tablet)
    ink = ink_on(tablet)
    tablet.evaluate(ERASER, [on_screen(tablet, [(0.5, 0.3), (0.5, 0.5), (0.5, 0.7)])])
    settle(tablet)
    assert 0 < ink_on(tablet) < ink
    assert tablet.get_attribute("#eraser", "aria-pressed") == "false"


def test_a_page_scrolled_during_a_stroke_does_not_shift_its_points(tablet):
    tablet.set_viewport_size({"width": 390, "height": 700})
    places = (0.5, 0.4), (0.5, 0.5), (0.5, 0.6)
    ink = ink_of_finger(tablet, places)
    touch(tablet, "touchStart", places[0])
    touch(tablet, "touchMove", places[1])
    top = tablet.locator("#pad").bounding_box()["y"]
    tablet.evaluate("scrollBy(0, 40)")
    assert tablet.locator("#pad").bounding_box()["y"] == top - 40
    touch(tablet, "touchMove", places[2])
    touch(tablet, "touchEnd")
    settle(tablet)
    assert abs(ink_on(tablet) - ink) < 0.02 * ink


def test_a_lost_canvas_is_drawn_again(tablet):
    draw(tablet, BAR)
    settle(tablet)
    ink = ink_on(tablet)
    tablet.evaluate(
        """() => {
            const pad = document.querySelector("#pad");
            pad.getContext("2d").reset();
            pad.dispatchEvent(new Event("contextrestored"));
        }"""
    )
    assert ink_on(tablet) == ink

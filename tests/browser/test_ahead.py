"""What is read before the pen is lifted."""

from gestures import on_screen
from sight import answer, settle

SEVEN = [(0.25, 0.25), (0.75, 0.25), (0.55, 0.55), (0.42, 0.82)]
BAR = [(0.38, 0.55), (0.68, 0.52)]
SLOWLY = 30  # steps from one point to the next
REST_MS = 200  # far longer than a reading takes

# Every canvas that the worker is sent, pixel by pixel.
WATCH = """() => {
    if (window.sent) {
        sent.length = 0;
        return;
    }
    window.sent = [];
    const plain = CanvasRenderingContext2D.prototype.getImageData;
    CanvasRenderingContext2D.prototype.getImageData = function (...box) {
        const image = plain.apply(this, box);
        if (image.width === 160) sent.push([performance.now(), image.data.join()]);
        return image;
    };
    addEventListener("pointerup", () => { window.lifted = performance.now(); }, true);
}"""


def test_a_pen_that_rests_before_it_is_lifted_has_been_read_already(page):
    page.evaluate(WATCH)
    for stroke in (SEVEN, BAR):  # on an empty pad, and on one with ink
        _draw_slowly(page, stroke)
        assert _foreseen(page)
    assert answer(page) == "7"
    page.click("#eraser")
    _draw_slowly(page, BAR)
    assert _foreseen(page)
    page.click("#eraser")
    assert answer(page) == "7"


def test_a_pen_in_full_swing_is_not_read(page):
    page.evaluate(WATCH)
    start, *rest = on_screen(page, [(0.1, 0.5), (0.9, 0.5), (0.1, 0.5), (0.9, 0.5)])
    page.mouse.move(*start)
    page.mouse.down()
    for point in rest:
        page.mouse.move(*point)
    assert page.evaluate("sent.length") == 0
    page.mouse.up()
    settle(page)
    assert page.evaluate("sent.length") == 1


def _draw_slowly(page, stroke):
    start, *rest = on_screen(page, stroke)
    page.mouse.move(*start)
    page.mouse.down()
    for point in rest:
        page.mouse.move(*point, steps=SLOWLY)
    page.wait_for_timeout(REST_MS)
    page.mouse.up()
    settle(page)


def _foreseen(page) -> bool:
    """Whether the last canvas that was sent while the pen was down is the one sent afterwards."""
    return page.evaluate(
        """() => {
            const before = sent.filter(([time]) => time < lifted);
            const after = sent.slice(before.length);
            sent.length = 0;
            return after.length === 1 && before.at(-1)?.[1] === after[0][1];
        }"""
    )

"""The digit is read while the pen slows down."""

from support.gestures import clear, on_screen, open_view
from support.page_state import answer, ink_on, settle, wait_for_words

SEVEN = [(0.25, 0.25), (0.75, 0.25), (0.55, 0.55), (0.42, 0.82)]
BAR = [(0.38, 0.55), (0.68, 0.52)]
SLOWLY = 30  # steps from one point to the next
REST_MS = 200  # far longer than a reading takes

# Records every canvas that is sent to the worker.
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

# Whether the largest share is that of a digit.
_LARGEST_BAR = """(digit) => {
    const share = (row) => parseFloat(row.style.getPropertyValue("--share"));
    const rows = [...document.querySelectorAll("#bars tr")];
    rows.sort((a, b) => share(b) - share(a));
    return rows[0].id === `digit-${digit}` && share(rows[0]) > 0;
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


def test_bars_glyph_and_maps_follow_the_pen_before_it_is_lifted(page):
    open_view(page, "inside")
    page.click("#no-inside button")
    wait_for_words(page, ".equation", "=")
    clear(page)
    start, *rest = on_screen(page, SEVEN)
    page.mouse.move(*start)
    page.mouse.down()
    for point in rest:
        page.mouse.move(*point, steps=SLOWLY)
    page.wait_for_function(_LARGEST_BAR, arg="7")
    assert ink_on(page, "#glyph") > 50
    page.mouse.up()
    assert answer(page) == "7"


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
    """Return whether the last canvas sent before the pen was lifted equals the one sent after."""
    return page.evaluate(
        """() => {
            const before = sent.filter(([time]) => time < lifted);
            const after = sent.slice(before.length);
            sent.length = 0;
            return after.length === 1 && before.at(-1)?.[1] === after[0][1];
        }"""
    )

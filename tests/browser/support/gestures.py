"""Do what a person does with the page.

Strokes are lists of (x, y) points from 0 to 1, across the pad and down it.
"""

import os
import shutil
from pathlib import Path

import pytest
from support.handwriting import ROOT
from support.page_state import engine

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
VIEWS = ("read", "how", "inside", "measure", "learn", "about")


def draw(page, strokes: list) -> None:
    """Draw with the mouse."""
    for stroke in strokes:
        points = on_screen(page, stroke)
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points[1:]:
            page.mouse.move(*point)
        page.mouse.up()


def draw_with_finger(page, strokes: list) -> None:
    """Draw by touch events, as from a touch screen."""
    touch = _touch_screen(page) if engine(page) == "chromium" else _touch_events(page)
    for stroke in strokes:
        points = on_screen(page, stroke)
        touch("touchStart", points[0])
        for point in points[1:]:
            touch("touchMove", point)
        touch("touchEnd")


def _touch_screen(page):
    screen = page.context.new_cdp_session(page)

    def touch(kind, *points):
        touches = [{"x": x, "y": y} for x, y in points]
        screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    return touch


def _touch_events(page):
    """Return a function that dispatches touch events, for engines without emulated touch.

    They carry the mouse's pointer id, as only an existing pointer can be captured.
    """
    page.evaluate(
        "document.querySelector('#pad').addEventListener("
        "'pointermove', event => { window.mouseNumber = event.pointerId; }, {once: true})"
    )
    page.mouse.move(*on_screen(page, [(0.5, 0.5)])[0])
    page.mouse.move(*on_screen(page, [(0.52, 0.5)])[0])
    kinds = {"touchStart": "pointerdown", "touchMove": "pointermove", "touchEnd": "pointerup"}

    def touch(kind, point=(0, 0)):
        page.evaluate(
            """([kind, x, y]) => document.querySelector("#pad").dispatchEvent(
                new PointerEvent(kind, {clientX: x, clientY: y, pointerType: "touch",
                    pointerId: window.mouseNumber, isPrimary: true, bubbles: true,
                    cancelable: true}))""",
            [kinds[kind], *point],
        )

    return touch


def draw_with_keys(page, steps: str) -> None:
    """Draw with the keyboard: "<>^v" are the arrows, "." sets the pen down or lifts it."""
    keys = {"<": "ArrowLeft", ">": "ArrowRight", "^": "ArrowUp", "v": "ArrowDown", ".": "Space"}
    page.focus("#pad")
    for step in steps:
        page.keyboard.press(keys[step])


def on_screen(page, stroke: list) -> list:
    """Convert points of the pad to points of the window; first bring the pad into sight."""
    pad = page.locator("#pad")
    pad.scroll_into_view_if_needed()
    frame = pad.bounding_box()
    return [(frame["x"] + x * frame["width"], frame["y"] + y * frame["height"]) for x, y in stroke]


def clear(page) -> None:
    page.click("#clear")


def start_anew(page) -> None:
    """Empty the pad, history and table; show the view Read for one digit."""
    page.evaluate("location.hash = '#read'; scrollTo(0, 0)")
    clear(page)
    write_one_digit(page)
    for forget in ("#forget", "#batch-forget"):
        if page.is_visible(forget):
            page.click(forget)


def write_one_digit(page) -> None:
    page.check("#mode [value=digit]", force=True)


def write_a_number(page) -> None:
    page.check("#mode [value=number]", force=True)


def write_a_letter(page) -> None:
    page.check("#mode [value=letter]", force=True)


def tap(page, place: tuple) -> None:
    """Tap on a point of the pad."""
    page.mouse.click(*on_screen(page, [place])[0])


def open_picture(page, path) -> None:
    page.set_input_files("#open", path)


def open_pictures(page, paths: list) -> None:
    page.set_input_files("#open", paths)


def drop(page, *paths, on="h1") -> None:
    """Drag files or folders from the desktop onto an element, by default the page's heading."""
    hand = page.context.new_cdp_session(page)
    page.locator(on).scroll_into_view_if_needed()
    place = page.locator(on).bounding_box()
    carried = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        x, y = place["x"] + 5, place["y"] + 5
        hand.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": carried})


def copy_picture(page, png: bytes) -> None:
    """Put a picture into the clipboard, as another program would."""
    page.evaluate(
        """async (bytes) => {
            const blob = new Blob([Uint8Array.from(bytes)], {type: "image/png"});
            await navigator.clipboard.write([new ClipboardItem({"image/png": blob})]);
        }""",
        list(png),
    )


def open_view(page, name: str) -> None:
    page.click(f'nav [href="#{name}"]')


def download(page, button: str) -> bytes:
    """Return the content of the file that a button downloads."""
    with page.expect_download() as waiting:
        page.click(button)
    return Path(waiting.value.path()).read_bytes()


def chromium_path() -> str:
    """Return the Chromium that `make test` has found or installed, else one on the path."""
    if chosen := os.environ.get("INKLING_CHROMIUM"):
        return chosen
    note = ROOT / "build" / "chromium"
    if note.exists():
        return note.read_text().strip()
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    pytest.fail("No Chromium found; run `make test`, which installs one, or set INKLING_CHROMIUM.")

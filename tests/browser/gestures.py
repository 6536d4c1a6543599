"""What a person does with the page, in the words of a person. Strokes are lists of (x, y) points
from 0 to 1 across the pad and down it."""

import gzip
import json
import os
import shutil
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
SAMPLES = ROOT / "site" / "samples"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PENS = Path("pen") / "ujipenchars_dev.json.gz"
START_MS = 240_000  # a busy machine needs minutes to start Python in a browser
MARGIN = 0.17  # of the pad left free on each side: people write about this large


def shared_data() -> Path:
    """Where the development sets lie, if this machine has them."""
    return Path(os.environ.get("INKLING_DATA", ROOT.parent / "shared" / "data"))


def pen_strokes(digit: int) -> list:
    """A real writer's digit: the first in the development set that nobody doubts.

    Without the set: our own drawing of a 0, a 3, a 4 or a 7.
    """
    if not (shared_data() / PENS).exists():
        return fixture_strokes(digit)
    samples = json.loads(gzip.decompress((shared_data() / PENS).read_bytes()))
    trusted = (s for s in samples if s["label"] == str(digit) and not s.get("suspect"))
    return fitted(next(trusted)["strokes"])


def fixture_strokes(digit: int) -> list:
    """A 0, a 3, a 4 or a 7 of our own drawing."""
    return json.loads((FIXTURES / f"{digit}.json").read_text())


def drawable_digits() -> list[int]:
    """Which digits `pen_strokes` knows here."""
    if (shared_data() / PENS).exists():
        return list(range(10))
    return sorted(int(path.stem) for path in FIXTURES.glob("[0-9].json"))


def fitted(strokes: list) -> list:
    """Strokes in any units, moved and scaled to the middle of the pad."""
    xs, ys = zip(*(point for stroke in strokes for point in stroke), strict=True)
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    scale = (1 - 2 * MARGIN) / max(width, height)
    left = 0.5 - (min(xs) + width / 2) * scale
    top = 0.5 - (min(ys) + height / 2) * scale
    return [[(x * scale + left, y * scale + top) for x, y in stroke] for stroke in strokes]


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
    """Draw by touch, as the browser gets it from a touch screen."""
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
    """Only Chromium lets a program touch the screen; to others a finger's events are dispatched,
    under the number of the mouse, which is a pointer that exists and so can be captured."""
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


def engine(page) -> str:
    """Which engine shows the page: "chromium", "firefox" or "webkit"."""
    browser = getattr(page.context, "browser", None)
    return browser.browser_type.name if browser else "webkit"


def draw_with_keys(page, steps: str) -> None:
    """Draw with the keyboard: "<>^v" are the arrows, "." sets the pen down or lifts it."""
    keys = {"<": "ArrowLeft", ">": "ArrowRight", "^": "ArrowUp", "v": "ArrowDown", ".": "Space"}
    page.focus("#pad")
    for step in steps:
        page.keyboard.press(keys[step])


def on_screen(page, stroke: list) -> list:
    """Points of the pad as points of the window."""
    frame = page.locator("#pad").bounding_box()
    return [(frame["x"] + x * frame["width"], frame["y"] + y * frame["height"]) for x, y in stroke]


def clear(page) -> None:
    page.click("#clear")


def start_anew(page) -> None:
    """An empty pad for one digit in the view Read, in English, with nothing in the history."""
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


def number_strokes(digits: str) -> list:
    """Real writers' digits beside each other, for a pad that is twice as wide as it is high."""
    width = 1 / len(digits)
    side = min(1, 2 * width)  # of each digit's own square, in heights of the pad
    return [
        [((place + 0.5) * width + (x - 0.5) * side / 2, 0.5 + (y - 0.5) * side) for x, y in stroke]
        for place, digit in enumerate(digits)
        for stroke in pen_strokes(int(digit))
    ]


def tap(page, place: tuple) -> None:
    """Tap on a point of the pad."""
    page.mouse.click(*on_screen(page, [place])[0])


def spots(page) -> list[str]:
    """What stands at the boxes over the pad, in reading order."""
    settle(page)
    return page.locator("#spots button span").all_text_contents()


def chosen_bar(page) -> str:
    """The digit whose bars are shown, as it stands beside its bar."""
    return page.locator(".bars .read th").text_content()


def mnist_digits(numbers: str) -> Image.Image:
    """MNIST test digits, black on white, a line for each line of the text, well apart."""
    described = json.loads((SAMPLES / "labels.json").read_text())
    packed = zlib.decompress((SAMPLES / "sheet-0.z").read_bytes())
    sheet = np.frombuffer(packed, np.uint8).reshape(-1, 28, 28)
    lines = numbers.split("\n")
    page = np.zeros((40 * len(lines), 32 * max(map(len, lines))), np.uint8)
    for row, line in enumerate(lines):
        for column, digit in enumerate(line):
            which = described["labels"].index(digit)
            y, x = 40 * row + 6, 32 * column + 2
            page[y : y + 28, x : x + 28] = sheet[which]
    picture = Image.fromarray(255 - np.pad(page, 12))
    return picture.resize((4 * picture.width, 4 * picture.height), Image.Resampling.BICUBIC)


def open_picture(page, path) -> None:
    page.set_input_files("#open", path)


def open_pictures(page, paths: list) -> None:
    page.set_input_files("#open", paths)


def drop(page, *paths) -> None:
    """Drag files or folders from the desktop onto the page's heading, and let go."""
    hand = page.context.new_cdp_session(page)
    page.locator("h1").scroll_into_view_if_needed()
    place = page.locator("h1").bounding_box()
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


def history(page) -> list[str]:
    """The answers of the readings so far, the newest first."""
    return page.locator("#history .label").all_text_contents()


def download(page, button: str) -> bytes:
    """The content of the file that a button gives away."""
    with page.expect_download() as waiting:
        page.click(button)
    return Path(waiting.value.path()).read_bytes()


def answer(page) -> str:
    """The digit that the page has read, "" if none, once it has stopped to think."""
    settle(page)
    return page.text_content("#answer")


def remark(page) -> str:
    """What the page says in words, once it has stopped to think."""
    settle(page)
    return page.text_content("#remark")


def settle(page) -> None:
    page.wait_for_selector('.reading[aria-busy="false"]')


def wait_until(page, *states: str) -> None:
    selector = ",".join(f'html[data-state="{state}"]' for state in states)
    page.wait_for_selector(selector, timeout=START_MS)


def wait_for_words(page, place: str, words: str) -> None:
    """Until an element (the first that the selector matches) says something with these words."""
    found = "([place, words]) => document.querySelector(place).textContent.includes(words)"
    page.wait_for_function(found, arg=[place, words], timeout=START_MS)


def ink_on(page, canvas: str = "#pad") -> int:
    """How many pixels of a canvas are not clear."""
    return page.evaluate(
        """canvas => {
            const {width, height} = canvas;
            const {data} = canvas.getContext("2d").getImageData(0, 0, width, height);
            return data.filter((value, index) => index % 4 == 3 && value > 0).length;
        }""",
        page.query_selector(canvas),
    )


def chromium_path() -> str | None:
    """The browser that `make test` has found or installed, else one on the path.

    None: Playwright's own.
    """
    if chosen := os.environ.get("INKLING_CHROMIUM"):
        return chosen
    note = ROOT / "build" / "chromium"
    if note.exists():
        noted = note.read_text().splitlines()[0].strip()
        return None if noted == "playwright" else noted
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    pytest.fail("No Chromium found; run `make test`, which installs one, or set INKLING_CHROMIUM.")

"""What a person does with the page, in the words of a person. Strokes are lists of (x, y) points
from 0 to 1 across the pad and down it."""

import gzip
import json
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
PENS = Path("pen") / "ujipenchars_dev.json.gz"
START_MS = 120_000  # a busy machine needs a minute to start Python in a browser
MARGIN = 0.17  # of the pad left free on each side: people write about this large


def shared_data() -> Path:
    """Where the development sets lie, if this machine has them."""
    return Path(os.environ.get("INKLING_DATA", ROOT.parent / "shared" / "data"))


def pen_strokes(digit: int) -> list:
    """A real writer's digit: the first in the development set that nobody doubts.

    Without the set: our own drawing of a 0, a 3 or a 7.
    """
    if not (shared_data() / PENS).exists():
        return fixture_strokes(digit)
    samples = json.loads(gzip.decompress((shared_data() / PENS).read_bytes()))
    trusted = (s for s in samples if s["label"] == str(digit) and not s.get("suspect"))
    return fitted(next(trusted)["strokes"])


def fixture_strokes(digit: int) -> list:
    """A 0, a 3 or a 7 of our own drawing."""
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
    screen = page.context.new_cdp_session(page)

    def touch(kind, *points):
        touches = [{"x": x, "y": y} for x, y in points]
        screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    for stroke in strokes:
        points = on_screen(page, stroke)
        touch("touchStart", points[0])
        for point in points[1:]:
            touch("touchMove", point)
        touch("touchEnd")


def on_screen(page, stroke: list) -> list:
    """Points of the pad as points of the window."""
    frame = page.locator("#pad").bounding_box()
    return [(frame["x"] + x * frame["width"], frame["y"] + y * frame["height"]) for x, y in stroke]


def clear(page) -> None:
    page.click("#clear")


def open_picture(page, path) -> None:
    page.set_input_files("#open", path)


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

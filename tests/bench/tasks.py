"""How long the page's thread is kept from a person, task by task."""

import tempfile
from contextlib import contextmanager
from pathlib import Path

from support import gestures, handwriting, page_state

NUMBERS = ("407", "40712", "88")
LINES = 5  # of each number in a picture


def while_drawing(page) -> float:
    """The longest task, in milliseconds, while digits are drawn and every view is opened."""
    with _spells(page) as spells:
        for digit in (7, 4):
            gestures.draw(page, handwriting.fixture_strokes(digit))
            page_state.settle(page)
            gestures.clear(page)
        for view in gestures.VIEWS:
            gestures.open_view(page, view)
    gestures.open_view(page, "read")
    return max(spells)


def while_reading_pictures(page) -> float:
    """The longest task while several pictures of numbers are read, and one of them is chosen."""
    gestures.write_a_number(page)
    with tempfile.TemporaryDirectory() as folder, _spells(page) as spells:
        paths = [Path(folder) / f"{number}.png" for number in NUMBERS]
        for path in paths:
            handwriting.mnist_digits("\n".join([path.stem] * LINES)).save(path)
        gestures.open_pictures(page, paths)
        page.wait_for_selector("#batch-said:not(:empty)")
        page.locator("#batch [data-row]").nth(1).click()
        page.wait_for_function("document.querySelectorAll('#spots button').length >= 25")
        page_state.settle(page)
    return max(spells)


@contextmanager
def _spells(page):
    """The milliseconds that each task took of the thread's own time on the processor: the clock
    on the wall would measure what else the machine is doing."""
    browser, events, spells, ended = page.context.new_cdp_session(page), [], [], []
    browser.on("Tracing.dataCollected", lambda told: events.extend(told["value"]))
    browser.on("Tracing.tracingComplete", lambda told: ended.append(told))
    categories = {"includedCategories": ["toplevel", "devtools.timeline"]}
    browser.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": categories})
    yield spells
    browser.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(100)
    spells += _tasks(events)


def _tasks(events: list[dict]) -> list[float]:
    names = {
        (event["pid"], event["tid"]): event["args"]["name"]
        for event in events
        if event.get("name") == "thread_name"
    }
    return [
        event.get("tdur", event["dur"]) / 1000
        for event in events
        if names.get((event["pid"], event["tid"])) == "CrRendererMain"
        and event.get("ph") == "X"
        and event["name"].endswith("RunTask")
    ]

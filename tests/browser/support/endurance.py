"""Read repeatedly in one page, and measure the memory of its process."""

from pathlib import Path

import pytest
from support import gestures, handwriting, page_state

MEGABYTE = 1 << 20
# Undo and redo in turns: each reads and draws the pad and adds to the history.
READINGS = """async (count) => {
    const reading = document.querySelector(".reading");
    const over = number => new Promise((resolve, reject) => {
        const patience = setTimeout(() => reject(new Error(`no answer to ${number}`)), 60_000);
        const watch = new MutationObserver(() => {
            if (reading.getAttribute("aria-busy") === "true") return;
            watch.disconnect();
            clearTimeout(patience);
            resolve();
        });
        watch.observe(reading, {attributeFilter: ["aria-busy"]});
    });
    let answers = 0;
    for (let number = 0; number < count; number++) {
        const answered = over(number);
        document.querySelector(number % 2 ? "#redo" : "#undo").click();
        await answered;
        answers += document.querySelector("#answer").textContent !== "";
    }
    return answers;
}"""


def prepare(page) -> None:
    """Draw two digits, one over the other, so that undo leaves ink to read."""
    gestures.draw(page, handwriting.pen_strokes(7))
    gestures.draw(page, handwriting.pen_strokes(3)[:1])
    page_state.settle(page)
    page.set_default_timeout(0)


def read(page, count: int) -> int:
    """Make an even number of readings; return how many gave a digit."""
    return page.evaluate(READINGS, count)


def memory(page) -> int:
    """Return the private bytes of the page's process, its worker included."""
    browser = page.context.browser.new_browser_cdp_session()
    page.context.new_cdp_session(page).send("HeapProfiler.collectGarbage")
    processes = browser.send("SystemInfo.getProcessInfo")["processInfo"]
    renderers = [process["id"] for process in processes if process["type"] == "renderer"]
    browser.detach()
    return max(map(_private, renderers))


def _private(process: int) -> int:
    told = Path(f"/proc/{process}/smaps_rollup")
    if not told.exists():  # elsewhere a process's memory includes what it shares with others
        pytest.skip("only Linux tells how much memory a process has to itself")
    lines = told.read_text().splitlines()
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))

"""Reads again and again in one page, and asks how much memory its process holds."""

from pathlib import Path

import gestures
import handwriting
import pytest
import sight

MEGABYTE = 1 << 20
# Undo and redo by turns: each has what is then on the pad read, drawn and put into the history.
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
    """Two digits' strokes, the second over the first, so that either state has ink to read."""
    gestures.draw(page, handwriting.pen_strokes(7))
    gestures.draw(page, handwriting.pen_strokes(3)[:1])
    sight.settle(page)
    page.set_default_timeout(0)


def read(page, count: int) -> int:
    """Have `count` readings made (an even number); how many of them gave a digit."""
    return page.evaluate(READINGS, count)


def memory(page) -> int:
    """Bytes that the page's process, its workers' Python included, shares with no other."""
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

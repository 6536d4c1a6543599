"""The view Measure: reads MNIST's test digits here, and shows where it went wrong."""

import asyncio

import js
from pyscript.ffi import to_js

from ui import paint, words
from ui.bridge import WorkerError
from ui.dom import find, find_all, make, on, on_click_within, say
from ui.language import number
from ui.language import say as translated
from ui.samples import why_not
from ui.whole import NotWholeError

AT_ONCE = 10  # digits in one question: the pad is answered in between
NOBODY = 10  # column of those whose answer was withheld
MOST_SHOWN = 60  # digits of a cell: enough to see what they have in common


class Measure:
    """Runs through the first 100, 1,000 or 10,000 test digits."""

    def __init__(self, desk, samples):
        self._desk = desk
        self._samples = samples
        self._running = False
        self._cells = {}
        self._progress = None  # (digits done, milliseconds they took)
        on_click_within(find("run-choice"), "[data-run]", self._begin)
        on(find("stop"), "click", lambda _: self._stop())
        on_click_within(find("confusion"), "[data-cell]", self._open_cell)
        on_click_within(find("cell-digits"), "[data-index]", self._lay)

    def _stop(self):
        self._running = False

    def _begin(self, button):
        count = int(button.getAttribute("data-run"))
        self._show_running(True)
        asyncio.create_task(self._run(count))  # noqa: RUF006 - this interpreter holds its tasks

    async def _run(self, count):
        self._cells = {}
        done, began = 0, js.performance.now()
        find("run-progress").max = count
        try:
            while done < count and self._running:
                indices = list(range(done, min(count, done + AT_ONCE)))
                await self._samples.bring(indices)
                read = await self._desk.bridge.call("run", to_js(indices))
                self._count(indices, list(read.labels))
                done += len(indices)
                self._progress = (done, js.performance.now() - began)
                self.again()
        except (NotWholeError, WorkerError) as failure:
            say(find("run-said"), why_not(failure))
        self._show_running(False)
        if done:
            self._show_confusion()

    def _count(self, indices, labels):
        for index, label in zip(indices, labels):  # noqa: B905 - MicroPython's has no `strict`
            cell = (int(self._samples.labels[index]), NOBODY if label < 0 else int(label))
            self._cells.setdefault(cell, []).append(index)

    def _show_running(self, running):
        self._running = running
        for button in find_all("#run-choice [data-run]"):
            button.disabled = running
        find("stop").hidden = find("run-progress").hidden = not running

    def again(self) -> None:
        """Say how far it is, and how many were right."""
        if self._progress is None:
            return
        done, milliseconds = self._progress
        right = sum(len(self._cells.get((digit, digit), ())) for digit in range(10))
        find("run-progress").value = done
        facts = {
            "right": number(right),
            "done": number(done),
            "share": words.percent(right / done, 2),
            "time": number(milliseconds / done, 1),
        }
        text = "{right} of {done} right: {share}. {time} ms a digit on this device."
        say(find("run-said"), translated(text, **facts))

    def _show_confusion(self):
        rows = find("confusion")
        rows.textContent = ""
        for truth in range(10):
            row = make("tr", parent=rows)
            make("th", str(truth), row, scope="row")
            for read in range(11):
                count = len(self._cells.get((truth, read), ()))
                cell = make("td", "", row)
                if not count:
                    make("span", "·", cell, aria_hidden="true")
                elif truth == read:
                    cell.textContent = number(count)
                else:
                    self._make_button(cell, truth, read, count)
        find("confusion-part").hidden = False
        find("cell-part").hidden = True

    def _make_button(self, cell, truth, read, count):
        button = make("button", number(count), cell, type="button", data_cell=f"{truth} {read}")
        button.setAttribute("aria-label", f"{_cell_name(truth, read)}: {count}")

    def _open_cell(self, button):
        truth, read = (int(side) for side in button.getAttribute("data-cell").split())
        asyncio.create_task(self._show_cell(truth, read))  # noqa: RUF006 - held by its loop

    async def _show_cell(self, truth, read):
        indices = self._cells[(truth, read)][:MOST_SHOWN]
        shown = list(await self._desk.bridge.call("thumbs", to_js(indices)))
        say(find("cell-name"), _cell_name(truth, read))
        digits = find("cell-digits")
        digits.textContent = ""
        for index, mask in zip(indices, shown):  # noqa: B905 - as above
            button = make("button", parent=make("li", parent=digits), type="button")
            button.setAttribute("data-index", str(index))
            name = translated("Lay MNIST test digit {index} on the pad", index=index)
            button.setAttribute("aria-label", name)
            canvas = make("canvas", parent=button, class_="pixels")
            paint.paint(canvas, mask.pixels, mask.width, mask.height)
        find("cell-part").hidden = False

    def _lay(self, button):
        self._samples.lay(int(button.getAttribute("data-index")))


def _cell_name(truth, read):
    if read == NOBODY:
        return translated("{truth}, not read", truth=truth)
    return translated("{truth}, read as {read}", truth=truth, read=read)

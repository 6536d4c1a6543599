"""Fill the view Measure: read MNIST's test digits here, and show the confusion matrix."""

import js
from pyscript.ffi import to_js

from ui.browser import masks, messages
from ui.browser.dom import find, find_all, make, on, on_click_within, reveal, set_text
from ui.browser.i18n import format_number, translate
from ui.browser.scheduling import start
from ui.browser.site_files import SiteFileError
from ui.sources.mnist import why_unavailable
from ui.worker.bridge import WorkerError

BATCH = 10  # digits to a call: the pad is read in between
REJECT = 10  # the confusion matrix's column of digits without an answer
MAX_SHOWN = 60  # digits of a cell: enough to see what they have in common


class Measure:
    """Reads the first 100, 1,000 or 10,000 test digits."""

    def __init__(self, bridge, samples):
        self._bridge = bridge
        self._samples = samples
        self._is_running = False
        self._cells = {}  # (label, read) -> indices of digits
        self._progress = None  # (digits read, milliseconds)
        on_click_within(find("run-choice"), "[data-run]", self._begin)
        on(find("stop"), "click", lambda _: self._stop())
        on_click_within(find("confusion"), "[data-cell]", self._open_cell)
        on_click_within(find("cell-digits"), "[data-index]", self._show_on_pad)

    def refresh(self) -> None:
        """Show how many have been read, and how many right."""
        if self._progress is None:
            return
        done, milliseconds = self._progress
        right = sum(len(self._cells.get((digit, digit), ())) for digit in range(10))
        find("run-progress").value = done
        facts = {
            "right": format_number(right),
            "done": format_number(done),
            "share": messages.percent(right / done, 2),
            "time": format_number(milliseconds / done, 1),
        }
        text = "{right} of {done} right: {share}. {time} ms a digit on this device."
        set_text(find("run-said"), translate(text, **facts))

    def _begin(self, button):
        self._forget()
        self._set_running(True)
        start(self._run(int(button.getAttribute("data-run"))))

    def _stop(self):
        self._is_running = False

    def _set_running(self, running):
        self._is_running = running
        for button in find_all("#run-choice [data-run]"):
            button.disabled = running
        find("stop").hidden = find("run-progress").hidden = not running

    def _forget(self):
        """Take away what the run before has found: its digits cannot be looked at any more."""
        self._cells, self._progress = {}, None
        set_text(find("run-said"), "")
        find("confusion-part").hidden = True
        find("confusion").textContent = ""

    async def _run(self, count):
        done, began = 0, js.performance.now()
        find("run-progress").max = count
        try:
            while done < count and self._is_running:
                indices = list(range(done, min(count, done + BATCH)))
                await self._samples.send(indices)
                read = await self._bridge.call("run", to_js(indices))
                self._count(indices, list(read.labels))
                done += len(indices)
                self._progress = (done, js.performance.now() - began)
                self.refresh()
        except (SiteFileError, WorkerError) as failure:
            set_text(find("run-said"), why_unavailable(failure))
        self._set_running(False)
        if done:
            self._show_confusion()

    def _count(self, indices, labels):
        for index, label in zip(indices, labels):  # noqa: B905 - MicroPython's has no `strict`
            cell = (int(self._samples.labels[index]), REJECT if label < 0 else int(label))
            self._cells.setdefault(cell, []).append(index)

    def _show_confusion(self):
        rows = find("confusion")
        rows.textContent = ""
        for truth in range(10):
            row = make("tr", parent=rows)
            make("th", str(truth), row, scope="row")
            for read in range(11):
                self._fill_cell(make("td", parent=row), truth, read)
        find("confusion-part").hidden = False
        find("cell-part").hidden = True

    def _fill_cell(self, cell, truth, read):
        count = len(self._cells.get((truth, read), ()))
        if not count:
            make("span", "·", cell, aria_hidden="true")
        elif truth == read:
            cell.textContent = format_number(count)
        else:
            text, data = format_number(count), f"{truth} {read}"
            button = make("button", text, cell, type="button", data_cell=data)
            button.setAttribute("aria-label", f"{_cell_name(truth, read)}: {count}")

    def _open_cell(self, button):
        truth, read = (int(side) for side in button.getAttribute("data-cell").split())
        start(self._show_cell(truth, read))

    async def _show_cell(self, truth, read):
        indices = self._cells[(truth, read)][:MAX_SHOWN]
        digits = list(await self._bridge.call("thumbs", to_js(indices)))
        set_text(find("cell-name"), _cell_name(truth, read))
        listed = find("cell-digits")
        listed.textContent = ""
        for index, mask in zip(indices, digits):  # noqa: B905 - as above
            button = make("button", parent=make("li", parent=listed), type="button")
            button.setAttribute("data-index", str(index))
            name = translate("Show MNIST test digit {index} on the pad", index=index)
            button.setAttribute("aria-label", name)
            canvas = make("canvas", parent=button, class_="pixels")
            masks.paint(canvas, mask.pixels, mask.width, mask.height)
        find("cell-part").hidden = False
        reveal(find("cell-name"), find("cell-part"))

    def _show_on_pad(self, button):
        self._samples.show(int(button.getAttribute("data-index")))


def _cell_name(truth, read):
    if read == REJECT:
        return translate("{truth}, not read", truth=truth)
    return translate("{truth}, read as {read}", truth=truth, read=read)

"""Read several pictures one after the other into a table.

The pad's content stays; a picture of the table can be shown on the pad.
"""

import js
from pyscript.ffi import to_js

from ui.batch.records import csv_rows
from ui.batch.table import as_record, show_row
from ui.browser import messages, router
from ui.browser.dom import find, on, on_click_within, prefers_less_motion, set_text
from ui.browser.i18n import translate
from ui.browser.mode import LETTER, NUMBER
from ui.browser.save_file import save_csv, save_json
from ui.browser.scheduling import start, yield_to_browser
from ui.browser.signal import Signal
from ui.browser.site_files import SiteFileError
from ui.pad.picture import picture_from_blob
from ui.worker.bridge import WorkerError


class Batch:
    """The table in the view Read, with progress, a stop button and downloads.

    open_picture: async function that has a Picture read and puts it on the pad.
    picture_read: emitted after each picture that the worker has answered.
    """

    def __init__(self, bridge, mode, open_picture, undo_notice, line_model, letter_model):
        self._bridge = bridge
        self._mode = mode
        self._open_picture = open_picture
        self._undo_notice = undo_notice
        self._line_model = line_model
        self._letter_model = letter_model
        self._rows = []
        self._waiting = []
        self._total = 0  # pictures given, whether read yet or not
        self._run = 0  # a stop begins a new run: what the last one still reads is dropped
        self._stopped = False
        self.picture_read = Signal()
        on(find("batch-stop"), "click", lambda _: self._stop())
        on(find("batch-forget"), "click", lambda _: self._delete())
        on(find("batch-csv"), "click", lambda _: self._save_csv())
        on(find("batch-json"), "click", lambda _: self._save_json())
        on_click_within(find("batch"), "[data-row]", self._show_on_pad)

    def add(self, rows: list) -> None:
        """Read more pictures, Rows without a reading, after those that wait already."""
        begin = not self._is_running
        if begin:
            self._stopped = False
            self._total = len(self._rows)
        self._total += len(rows)
        self._waiting += rows
        for row in rows:
            row.mode = self._mode.name
        self._scroll_into_view()
        self._show_progress()
        if begin:
            start(self._read_all(self._run))

    def refresh(self) -> None:
        """Show the table in the present language."""
        find("batch").textContent = ""
        for index, row in enumerate(self._rows):
            show_row(row, index)
        self._show_progress()

    @property
    def rows(self) -> list:
        """The Rows that have been read, or could not be."""
        return list(self._rows)

    @property
    def _is_running(self):
        return len(self._rows) < self._total and not self._stopped

    async def _read_all(self, run):
        while self._waiting and run == self._run:
            row = self._waiting.pop(0)
            if row.problem is None:
                await self._read(row)
            if run != self._run:
                return
            self._rows.append(row)
            show_row(row, len(self._rows) - 1)
            self._show_progress()
            await yield_to_browser()  # refused files take no time: let the pen draw in between

    async def _read(self, row):
        """Fill a row in, or give it the reason why that cannot be done."""
        if self._bridge.given_up:
            _set_failure(row, self._bridge.given_up)
            return
        try:
            encoded = js.Uint8Array.new(await row.blob.arrayBuffer())
        except Exception:  # the file has gone, or may not be read
            sentence = "{name} could not be opened; choose it again, or another file."
            row.problem = lambda: translate(sentence, name=row.name)
            return
        try:
            row.fill(await self._ask(encoded, row))
            self.picture_read.emit()
        except WorkerError as failure:
            _set_failure(row, self._bridge.given_up or failure)
        except SiteFileError as failure:
            _set_failure(row, failure)

    async def _ask(self, encoded, row):
        """Return the reading of a picture, as a number if it seems to hold several digits."""
        if row.mode == NUMBER:
            await self._line_model.send()
        if row.mode == LETTER:
            await self._letter_model.send()
        reading = await self._bridge.call("read_aside", encoded, row.mode)
        if hasattr(reading, "several"):
            row.mode = NUMBER
            await self._line_model.send()
            reading = await self._bridge.call("read_aside", encoded, NUMBER)
        return reading

    def _stop(self):
        self._run += 1
        self._waiting = []
        self._stopped = True
        self._show_progress()

    def _delete(self):
        self._stop()
        rows = self._rows
        self._rows, self._total = [], 0
        self.refresh()
        find("batch-part").hidden = True
        self._undo_notice.offer(lambda: self._restore(rows), "The table was deleted.")
        find("pad").focus()

    def _restore(self, rows):
        self._rows = rows + self._rows
        self._total += len(rows)
        find("batch-part").hidden = False
        self.refresh()

    def _show_on_pad(self, button):
        row = self._rows[int(button.getAttribute("data-row"))]
        self._mode.set(row.mode)
        start(self._open_picture(picture_from_blob(row.name, row.blob)))

    def _scroll_into_view(self):
        if router.current_view() != "read":
            js.location.hash = "#read"
        part = find("batch-part")
        part.hidden = False
        if not 0 <= part.getBoundingClientRect().top <= js.innerHeight / 2:  # on a telephone
            behavior = "auto" if prefers_less_motion() else "smooth"
            part.scrollIntoView(to_js({"behavior": behavior}))

    def _show_progress(self):
        done, running = len(self._rows), self._is_running
        find("batch-stop").hidden = find("batch-progress").hidden = not running
        find("batch-progress").max = max(self._total, 1)
        find("batch-progress").value = done
        counted = translate("{done} of {count} pictures", done=done, count=self._total)
        set_text(find("batch-count"), counted if running else "")
        set_text(find("batch-said"), "" if running or not self._total else self._outcome())
        for name in ("batch-csv", "batch-json", "batch-table"):
            find(name).disabled = not done

    def _outcome(self):
        done = len(self._rows)
        if self._stopped:
            sentence = "Stopped after {done} of {count} pictures."
            return translate(sentence, done=done, count=self._total)
        read = sum(row.problem is None for row in self._rows)
        return translate("{read} of {count} pictures read.", read=read, count=done)

    def _save_csv(self):
        save_csv("inkling-table.csv", csv_rows([as_record(row) for row in self._rows]))

    def _save_json(self):
        save_json("inkling-table.json", [as_record(row) for row in self._rows])


def _set_failure(row, failure):
    """Give a row the reason why the worker did not read it."""
    kind, facts = failure.kind, failure.facts
    row.problem = lambda: messages.failure(kind, facts)

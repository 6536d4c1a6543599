"""Several pictures at once: read one after the other into a table, to look through and take along.

What lies on the pad stays there; a picture of the table can be laid on it.
"""

import asyncio

import js
from pyscript.ffi import to_js

from ui import views, words
from ui.bridge import WorkerError
from ui.dom import calm, find, on, on_click_within, say
from ui.giving import give_csv, give_json
from ui.language import say as translated
from ui.picture import from_blob
from ui.rows import COLUMNS, as_cells, as_record, show
from ui.turns import browsers_turn


class Batch:
    """The table in the view Read, with its progress, a way to stop, and downloads."""

    def __init__(self, desk):
        self._desk = desk
        self._rows = []
        self._waiting = []
        self._all = 0  # pictures that were given, read or not
        self._run = 0  # a stop begins another one: what is still read of the last does not count
        self._stopped = False
        self.on_reading = lambda: None  # called with every picture that could be read
        on(find("batch-stop"), "click", lambda _: self._stop())
        on(find("batch-forget"), "click", lambda _: self._forget())
        on(find("batch-csv"), "click", lambda _: self._give_csv())
        on(find("batch-json"), "click", lambda _: self._give_json())
        on_click_within(find("batch"), "[data-row]", self._lay)

    def take(self, given: list) -> None:
        """Read what was given, Rows without a reading, after what is being read already."""
        begin = not self._is_running
        if begin:
            self._stopped = False
            self._all = len(self._rows)
        self._all += len(given)
        self._waiting += given
        for row in given:
            row.as_number = self._desk.mode.is_number
        self._bring_into_sight()
        self._say_progress()
        if begin:
            asyncio.create_task(self._read_all(self._run))  # noqa: RUF006 - held by its loop

    def again(self) -> None:
        """Say everything anew, in another language."""
        find("batch").textContent = ""
        for index, row in enumerate(self._rows):
            show(row, index)
        self._say_progress()

    @property
    def _is_running(self):
        return len(self._rows) < self._all and not self._stopped

    async def _read_all(self, run):
        while self._waiting and run == self._run:
            row = self._waiting.pop(0)
            if row.problem is None:
                await self._read(row)
            if run != self._run:
                return
            self._rows.append(row)
            show(row, len(self._rows) - 1)
            self._say_progress()
            await browsers_turn()  # files that are refused take no time: the pen comes in between

    async def _read(self, row):
        """Fill a row in, or say in it why that cannot be done."""
        given_up = self._desk.bridge.given_up
        if given_up:
            _miss(row, given_up)
            return
        try:
            encoded = js.Uint8Array.new(await row.blob.arrayBuffer())
        except Exception:  # the file has gone, or may not be read
            sentence = "{name} could not be opened; choose it again, or another file."
            row.problem = lambda: translated(sentence, name=row.name)
            return
        try:
            row.take(await self._ask(encoded, row))
            self.on_reading()
        except WorkerError as failure:
            _miss(row, self._desk.bridge.given_up or failure)

    async def _ask(self, encoded, row):
        """A reading of a picture: as a number, too, if there seem to be several digits."""
        call = self._desk.bridge.call
        reading = await call("read_aside", encoded, row.as_number)
        if hasattr(reading, "several"):
            row.as_number = True
            reading = await call("read_aside", encoded, True)
        return reading

    def _stop(self):
        self._run += 1
        self._waiting = []
        self._stopped = True
        self._say_progress()

    def _forget(self):
        self._stop()
        self._rows, self._all = [], 0
        find("batch").textContent = ""
        find("batch-part").hidden = True
        find("pad").focus()

    def _lay(self, button):
        row = self._rows[int(button.getAttribute("data-row"))]
        self._desk.mode.set(row.as_number)
        find("pad").scrollIntoView(to_js({"block": "nearest"}))
        picture = from_blob(row.name, row.blob)
        asyncio.create_task(self._desk.open(picture))  # noqa: RUF006 - held by its loop

    def _bring_into_sight(self):
        if views.current() != "read":
            js.location.hash = "#read"
        part = find("batch-part")
        part.hidden = False
        if part.getBoundingClientRect().top > js.innerHeight / 2:  # on a telephone
            part.scrollIntoView(to_js({"behavior": "auto" if calm() else "smooth"}))

    def _say_progress(self):
        done, running = len(self._rows), self._is_running
        find("batch-stop").hidden = find("batch-progress").hidden = not running
        find("batch-progress").max = max(self._all, 1)
        find("batch-progress").value = done
        counted = translated("{done} of {count} pictures", done=done, count=self._all)
        say(find("batch-count"), counted if running else "")
        say(find("batch-said"), "" if running or not self._all else self._outcome())
        for name in ("batch-csv", "batch-json"):
            find(name).disabled = not done

    def _outcome(self):
        done = len(self._rows)
        if self._stopped:
            return translated(
                "Stopped after {done} of {count} pictures.", done=done, count=self._all
            )
        read = sum(row.problem is None for row in self._rows)
        sentence = "{count} pictures: {read} read, {unread} not."
        return translated(sentence, count=done, read=read, unread=done - read)

    def _give_csv(self):
        give_csv("inkling-table.csv", [COLUMNS] + [as_cells(row) for row in self._rows])

    def _give_json(self):
        give_json("inkling-table.json", [as_record(row) for row in self._rows])


def _miss(row, failure):
    """Say in a row why the worker has not read it."""
    kind, facts = failure.kind, failure.facts
    row.problem = lambda: words.failure(kind, facts)

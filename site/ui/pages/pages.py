"""Read pages into tables, one after the other, and keep them.

A page is a dict that JSON can hold: {id, source, name, number, count, quarters, part, state,
sentence, rows, left_out, ruled, problem, width, height}. source: the id of its file. number: of the
page in that file, from 1, of `count`. left_out: how many lines of text lie around the table. width,
height: of the picture that is shown, in pixels. A scan of a form has `form`, the id of its
template, and `names`, of its fields, besides.
"""

import gc

import js
from pyscript import document

from ui.browser import masks, messages
from ui.browser.i18n import translate
from ui.browser.scheduling import start, yield_to_browser
from ui.browser.signal import Signal
from ui.pad.picture import blob_from_canvas
from ui.pages.cells import new_cell
from ui.pages.documents import GONE, DocumentError, open_document
from ui.pages.page_store import PageStore
from ui.worker.bridge import WorkerError

WAITING, READ, FAILED = "waiting", "read", "failed"


class Pages:
    """All pages, and the reading of those that wait.

    changed: emitted with the page that has been read, or None when pages came or went.
    """

    def __init__(self, later, bridge, line_model):
        self._later = later
        self.all = []
        self.changed = Signal()
        self.is_reading = False
        self.store = PageStore()
        self._bridge = bridge
        self._line_model = line_model
        self._blobs = {}  # that the store does not hold, by their names in it
        self._document = None  # the one that is open
        self._source = None  # the id of its file
        self._run = 0  # a stop begins a new run: what the last one still reads is dropped

    # ---- What comes and goes ----

    async def restore(self) -> None:
        """Take over the pages of the last visit, and go on reading."""
        kept = await self.store.load()
        self.all = kept + self.all
        self.changed.emit(None)
        self.read_waiting()

    async def keep_form(self, form: str, blob) -> None:
        """Keep a form's template, given as a blob of JSON, under an id."""
        await self._keep(f"form-{form}", blob)

    async def add_file(self, name: str, blob, quarters: int = 0, part=(), form="", names=()):
        """Add the pages of a file, to be read after those that wait; return its first page.

        form: the id of a template that is kept, if they are scans of a form. names: of its fields.
        """
        source = f"{js.Date.now():.0f}-{len(self.all)}"
        self._blobs[f"source-{source}"] = blob
        count, sentence = 1, ""
        try:
            await self._later.send()
            count = (await self._opened(source, name)).count
        except (DocumentError, WorkerError) as failure:
            sentence = sentence_of(failure)
        for number in range(1, count + 1):
            page = _new_page(source, str(name), number, count)
            page["quarters"], page["part"] = quarters, list(part)
            if form:
                page["form"], page["names"] = form, list(names)
            if sentence:
                page["state"], page["sentence"] = FAILED, sentence
            self.all.append(page)
        await self._keep(f"source-{source}", blob)
        self.changed.emit(None)
        await self.save()
        self.read_waiting()
        return self.all[-count]

    async def remove_all(self):
        """Forget all pages, here and in the browser; return a function that brings them back."""
        self.stop()
        self._close()
        pages = self.all
        names = {f"source-{page['source']}" for page in pages}
        names |= {f"picture-{page['id']}" for page in pages if page["state"] == READ}
        names |= {f"form-{page['form']}" for page in pages if "form" in page} | {"form-draft"}
        kept = []
        for name in list(names):  # MicroPython knows no await inside a comprehension
            kept.append((name, self._blobs.get(name) or await self.store.blob(name)))
        self.all, self._blobs = [], {}
        self.changed.emit(None)
        await self.save()
        await self.store.remove(list(names))

        async def restore():
            for name, blob in kept:
                if blob is not None:
                    await self._keep(name, blob)
            self.all = pages + self.all
            self.changed.emit(None)
            await self.save()

        return restore

    async def save(self) -> None:
        """Keep all pages with their cells."""
        await self.store.save(self.all)

    async def _keep(self, name, blob):
        """Keep a blob in the browser's store, and here only where that fails."""
        self._blobs[name] = blob
        if await self.store.put(name, blob):
            self._blobs.pop(name, None)

    async def picture(self, page: dict):
        """Return the picture of a page that has been read as a blob, or None."""
        name = f"picture-{page['id']}"
        return self._blobs.get(name) or await self.store.blob(name)

    async def blob(self, page: dict):
        """Return a page as it was opened, as the blob of a picture file. Raises DocumentError."""
        opened = await self._opened(page["source"], page["name"])
        return await opened.page(page["number"] - 1)

    # ---- Reading ----

    @property
    def waiting(self) -> list:
        """The pages that have not been read yet."""
        return [page for page in self.all if page["state"] == WAITING]

    def read_waiting(self) -> None:
        """Begin to read the pages that wait, unless that is under way."""
        if not self.is_reading and self.waiting:
            self.is_reading = True
            self._run += 1
            self.changed.emit(None)
            start(self._read_waiting(self._run))

    def stop(self) -> None:
        """End the reading; the page under way waits again."""
        if self.is_reading:
            self.is_reading = False
            self._run += 1
            self._bridge.stop()
            self.changed.emit(None)

    async def _read_waiting(self, run):
        while run == self._run and self.waiting:
            page = self.waiting[0]
            try:
                told = await self._ask(page)
                if run != self._run:
                    return
                await self._fill(page, told)
            except (DocumentError, WorkerError) as failure:
                if run != self._run:
                    return
                page["state"], page["sentence"] = FAILED, sentence_of(failure)
            told = None
            gc.collect()  # of the answer's megabytes MicroPython sees a reference of a few bytes
            self.changed.emit(page)
            await self.save()
            await yield_to_browser()
        if run == self._run:
            self.is_reading = False
            self._close()
            self.changed.emit(None)

    async def _ask(self, page):
        """Return what the worker reads on a page. Raises DocumentError and WorkerError."""
        await self._later.send()
        encoded = js.Uint8Array.new(await (await self.blob(page)).arrayBuffer())
        await self._line_model.send()
        if "form" in page:
            return await self._later.call("read_forms", "read", encoded, await self._template(page))
        whole = None  # in place of corners, and of expectations of the columns
        call = self._bridge.call
        return await call("read_table", encoded, page["quarters"], whole, whole, page["part"])

    async def _template(self, page):
        """Return the template of a form's scan as JSON. Raises DocumentError."""
        name = f"form-{page['form']}"
        blob = self._blobs.get(name) or await self.store.blob(name)
        if blob is None:
            raise DocumentError(lambda: translate(GONE, name=page["name"]))
        return str(await blob.text())

    async def _fill(self, page, told):
        if hasattr(told, "error"):
            page["state"], page["sentence"] = FAILED, messages.refusal(told.error)
            return
        canvas = document.createElement("canvas")
        masks.show_picture(canvas, told.page)
        picture = await blob_from_canvas(canvas)
        await self._keep(f"picture-{page['id']}", picture)
        page["state"] = READ
        page["width"], page["height"] = canvas.width, canvas.height
        canvas.width = canvas.height = 0  # else its pixels stay until Python lets go of it
        page["ruled"] = bool(told.ruled)
        page["problem"] = str(told.problem) if hasattr(told, "problem") else ""
        page["left_out"] = len(told.left_out) if hasattr(told, "left_out") else 0
        page["rows"] = [[_cell(its) for its in row] for row in told.rows]
        for row in page["rows"] if "names" in page else ():
            for cell in row:
                cell["field"] = page["names"][cell["column"]]

    # ---- Files ----

    async def _opened(self, source, name):
        """Return the document of a source; it stays open until another one is asked for."""
        if self._source != source:
            self._close()
            blob = self._blobs.get(f"source-{source}") or await self.store.blob(f"source-{source}")
            if blob is None:
                raise DocumentError(lambda: translate(GONE, name=name))
            self._document = await open_document(name, blob, self._bridge)
            self._source = source
        return self._document

    def _close(self):
        if self._document is not None:
            self._document.close()
        self._document = self._source = None


def _new_page(source, name, number, count):
    return {
        "id": f"{source}-{number}",
        "source": source,
        "name": name,
        "number": number,
        "count": count,
        "state": WAITING,
        "sentence": "",
        "rows": [],
        "left_out": 0,
        "ruled": False,
        "problem": "",
        "width": 0,
        "height": 0,
    }


def _cell(told):
    problem = str(told.problem) if hasattr(told, "problem") else ""
    place = int(told.row), int(told.column)
    text = str(told.text)
    return new_cell(*place, text, float(told.confidence), problem, list(told.box), list(told.crop))


def sentence_of(failure) -> str:
    """Say why a file or the worker has failed."""
    if isinstance(failure, DocumentError):
        return failure.say()
    return messages.failure(failure.kind, failure.facts)

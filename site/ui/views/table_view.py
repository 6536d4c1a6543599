"""Open the view Table: its modules are fetched when pages are first read, or were kept."""

from ui.browser import messages, router, storage
from ui.browser.dom import find, on
from ui.browser.scheduling import start
from ui.reading import answer
from ui.worker.bridge import WorkerError

DOCUMENTS = (".pdf", ".tif", ".tiff")  # files of pages, which the pad cannot show


class TableView:
    """The view Table, while it is not needed; then `Review` does the work.

    parts: what Review is given.
    """

    def __init__(self, later, pad, *parts):
        self._later = later
        self._pad = pad
        self._parts = parts
        self._review = None
        self._opening = None
        find("table-link").hidden = not storage.load("pages", 0)
        on(find("as-table"), "click", lambda _: start(self._read_picture()))
        router.on_open("table", lambda: start(self._open()))

    def refresh(self) -> None:
        """Show the view in the present language."""
        if self._review is not None:
            self._review.refresh()

    def has_documents(self, rows: list) -> bool:
        """Return whether there is a PDF or a TIFF among the rows of files."""
        return any(row.name.lower().endswith(DOCUMENTS) for row in rows)

    def add_files(self, rows: list) -> None:
        """Read files, Rows with a blob, as pages."""
        start(self._add_files([(row.name, row.blob) for row in rows if row.blob is not None]))

    async def _add_files(self, named):
        if await self._open():
            await self._review.add_files(named)

    async def _read_picture(self):
        picture = self._pad.content
        if await self._open():
            await self._review.add_picture(picture)

    async def _open(self) -> bool:
        """Have the view ready; return False after saying why it is not."""
        if self._opening is None:
            self._opening = start(self._make())
        if not await self._opening:
            self._opening = None
            return False
        return True

    async def _make(self):
        try:
            await self._later.load()
        except WorkerError as failure:
            answer.set_remark(messages.failure(failure.kind, failure.facts))
            return False
        from ui.pages.review import Review

        self._review = Review(self._later, *self._parts)
        await self._review.restore()
        return True

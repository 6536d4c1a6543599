"""The view Table: a page's picture beside its cells, the pages, progress and downloads."""

import js
from pyscript import document
from pyscript.ffi import to_js

from ui.browser import router
from ui.browser.dom import find, make, on, set_text
from ui.browser.i18n import translate, translate_count
from ui.browser.mode import NUMBER
from ui.browser.scheduling import start
from ui.pad.picture import picture_from_blob
from ui.pages.cells import Edits, is_doubtful
from ui.pages.forms import Forms
from ui.pages.grid import Grid, describe
from ui.pages.pages import FAILED, READ, Pages
from ui.pages.review_layout import make_layout
from ui.pages.table_downloads import TableDownloads
from ui.pages.table_files import page_name

NOT_KEPT = "This browser does not keep the table; download it before you leave the page."


class Review:
    """The pages that were read, one in sight, and what a person does with them."""

    def __init__(self, later, bridge, line_model, app, mode, undo_notice):
        self._app = app
        self._bridge = bridge
        self._mode = mode
        self._undo_notice = undo_notice
        self._pages = Pages(later, bridge, line_model)
        self._page = None  # in sight
        self._address = ""  # of its picture, as a blob
        self._edits = Edits()
        make_layout(find("table"))
        self._grid = Grid(find("cells"), self._edits)
        self._downloads = TableDownloads(self._pages)
        self._forms = Forms(later, self._pages, lambda: self._page, self._go_to)
        self._connect()

    def _connect(self):
        self._pages.changed.connect(self._on_pages)
        self._bridge.cells_read.connect(self._on_cells)
        self._grid.selected.connect(self._on_selected)
        self._grid.edited.connect(self._on_edited)
        self._grid.left.connect(lambda: find("table-undo").focus())
        self._downloads.mark_changed.connect(self._grid.show_totals)
        on(find("table-stop"), "click", lambda _: self._pages.stop())
        on(find("table-go-on"), "click", lambda _: self._pages.read_waiting())
        on(find("table-page"), "change", lambda event: self._show(int(event.target.value)))
        on(find("table-sorted"), "change", lambda _: self._show_page())
        on(find("table-undo"), "click", lambda _: self._step(self._edits.undo))
        on(find("table-redo"), "click", lambda _: self._step(self._edits.redo))
        on(find("table-next"), "click", lambda _: self._go_to_doubtful())
        on(find("table-open"), "click", lambda _: start(self._open_on_pad()))
        on(find("table-forget"), "click", lambda _: start(self._forget()))
        on(find("table"), "keydown", self._on_key)
        on(find("page-sheet"), "click", self._on_picture)
        router.opened.connect(self._on_view)
        self._on_view(router.current_view())

    # ---- What comes in ----

    async def restore(self) -> None:
        """Show the pages of the last visit."""
        await self._pages.restore()
        await self._forms.look_for_draft()

    async def add_files(self, named: list) -> None:
        """Add files, pairs of name and blob, and show the view."""
        js.location.hash = "#table"
        first = None
        for name, blob in named:
            page = await self._pages.add_file(name, blob)
            first = first or page
        self._go_to(first)

    async def add_picture(self, picture) -> None:
        """Add the picture that lies on the pad, or the part of it that is read."""
        js.location.hash = "#table"
        name, content = await picture.question()
        if name == "read_file":
            blob = js.Blob.new(to_js([content]))
            part = picture.quarters, picture.part
            self._go_to(await self._pages.add_file(picture.name, blob, *part))

    def _go_to(self, page):
        if page in self._pages.all:
            self._show(self._pages.all.index(page))

    # ---- The page on the screen ----

    def refresh(self) -> None:
        """Show everything in the present language."""
        self._list_pages()
        self._say()
        self._show_page()
        self._forms.refresh()

    def _on_view(self, view):
        document.documentElement.classList.toggle("on-table", view == "table")

    def _on_pages(self, page):
        """Show the pages' count and progress, and the first page that has been read."""
        pages = self._pages
        read = [its for its in pages.all if its["state"] != "waiting"]
        find("table-link").hidden = not pages.all
        find("table-part").hidden = not pages.all
        find("table-none").hidden = bool(pages.all)
        find("form-begin").hidden = not pages.all
        find("table-progress").max = max(1, len(pages.all))
        find("table-progress").value = len(read)
        find("table-progress").hidden = find("table-stop").hidden = not pages.is_reading
        find("table-go-on").hidden = pages.is_reading or not pages.waiting
        self._list_pages()
        self._say()
        if self._page not in pages.all:
            self._page = None
            self._edits.clear()
        if self._page is None and read:
            self._show(pages.all.index(read[0]))
        elif (page is not None and page is self._page) or not read:
            self._show_page()

    def _on_cells(self, done, count):
        """Show how far the page under way has come."""
        whole = len(self._pages.all) - len(self._pages.waiting)
        find("table-progress").value = whole + done / count

    def _list_pages(self):
        chooser = find("table-page")
        chooser.textContent = ""
        for index, page in enumerate(self._pages.all):
            count = sum(map(is_doubtful, _cells(page)))
            facts = {"page": page_name(page), "count": count}
            text = translate("{page}: {count} doubtful", **facts) if count else page_name(page)
            option = make("option", text, chooser, value=index)
            option.selected = page is self._page
        chooser.parentElement.hidden = len(self._pages.all) < 2

    def _say(self):
        """Say how far the reading and the review have come."""
        pages = self._pages
        done = sum(page["state"] != "waiting" for page in pages.all)
        cells = [cell for page in pages.all for cell in _cells(page)]
        facts = {"done": done, "count": len(pages.all)}
        if pages.is_reading:
            said = translate("{done} of {count} pages read.", **facts)
        elif done < len(pages.all):
            said = translate("Stopped after {done} of {count} pages.", **facts)
        else:
            doubtful = sum(map(is_doubtful, cells))
            one, many = "{count} cell, {doubtful} doubtful.", "{count} cells, {doubtful} doubtful."
            facts = {"count": len(cells), "doubtful": doubtful}
            said = translate_count(one, many, len(cells), **facts)
        set_text(find("table-said"), said)
        if not pages.store.works:
            set_text(find("table-kept"), translate(NOT_KEPT))
        find("table-undo").disabled = not self._edits.can_undo
        find("table-redo").disabled = not self._edits.can_redo
        find("table-next").disabled = not any(map(is_doubtful, cells))

    def _show(self, index):
        self._page = self._pages.all[index]
        self._list_pages()
        self._show_page()

    def _show_page(self):
        start(self._show_page_soon())

    async def _show_page_soon(self):
        page = self._page
        find("page-cell").hidden = True
        has_cells = page is not None and bool(page["rows"])
        find("page-sheet").hidden = find("cells-part").hidden = not has_cells
        set_text(find("page-problem"), _problem_of(page) if page is not None else "")
        if not has_cells:
            return
        blob = await self._pages.picture(page)
        if page is not self._page:
            return
        js.URL.revokeObjectURL(self._address)
        self._address = str(js.URL.createObjectURL(blob)) if blob is not None else ""
        find("page-picture").src = self._address
        as_list = find("table-sorted").checked
        await self._grid.show(page, self._address, as_list, self._downloads.mark)

    def _on_selected(self, cell):
        """Mark a cell in the picture, and say how it was read."""
        left, top, right, bottom = cell["crop"]
        width, height = self._page["width"], self._page["height"]
        mark, sheet = find("page-cell"), find("page-sheet")
        mark.hidden = False
        mark.style.left, mark.style.top = f"{100 * left / width}%", f"{100 * top / height}%"
        mark.style.width = f"{100 * (right - left) / width}%"
        mark.style.height = f"{100 * (bottom - top) / height}%"
        middle = (top + bottom) / 2 / height * find("page-picture").clientHeight
        sheet.scrollTop = middle - sheet.clientHeight / 2
        set_text(find("cell-said"), describe(cell))

    def _on_edited(self, cell):
        self._grid.update(cell)
        set_text(find("cell-said"), describe(cell))
        self._list_pages()
        self._say()
        start(self._pages.save())

    # ---- What a person does ----

    def _on_key(self, event):
        """Undo and redo cells; the browser undoes typing in a field."""
        if not (event.ctrlKey or event.metaKey) or event.altKey:
            return
        event.stopPropagation()  # else the pad would undo, too
        key = str(event.key).lower()
        if key not in ("z", "y") or self._grid.is_typing(event.target):
            return
        event.preventDefault()
        self._step(self._edits.redo if key == "y" or event.shiftKey else self._edits.undo)

    def _step(self, step):
        cell = step()
        if cell is None:
            return
        page = next(its for its in self._pages.all if any(c is cell for c in _cells(its)))
        self._on_edited(cell)
        if page is not self._page:
            self._show(self._pages.all.index(page))
        self._grid.focus(cell)

    def _go_to_doubtful(self):
        """Move to the next doubtful cell, of this page or of another one."""
        cell = self._grid.first_doubtful() if self._page else None
        if cell is not None:
            self._grid.focus(cell)
            return
        for index, page in enumerate(self._pages.all):
            if any(map(is_doubtful, _cells(page))):
                self._show(index)
                return

    def _on_picture(self, event):
        """Move to the cell that was clicked in the picture."""
        frame = find("page-picture").getBoundingClientRect()
        x = (event.clientX - frame.left) / frame.width * self._page["width"]
        y = (event.clientY - frame.top) / frame.height * self._page["height"]
        for cell in _cells(self._page):
            left, top, right, bottom = cell["crop"]
            if left <= x <= right and top <= y <= bottom:
                self._grid.focus(cell)
                return

    async def _open_on_pad(self):
        """Put the page on the pad, where a part of it can be chosen."""
        page = self._page
        blob = await self._pages.blob(page)
        self._mode.set(NUMBER)
        js.location.hash = "#read"
        picture = picture_from_blob(page_name(page), blob)
        picture.quarters = page["quarters"]
        await self._app.open_picture(picture)

    async def _forget(self):
        restore = await self._pages.remove_all()
        await self._forms.look_for_draft()
        js.location.hash = "#read"
        self._undo_notice.offer(lambda: start(restore()), "The pages were deleted.")
        find("pad").focus()


def _cells(page):
    return [cell for row in page["rows"] for cell in row]


def _problem_of(page):
    if page["rows"]:
        count = page.get("left_out", 0)  # pages kept by an earlier version have none
        outside = "Outside of the table, lines that were not read: {count}"
        return translate(outside, count=count) if count else ""
    if page["state"] == FAILED:
        return page["sentence"]
    if page["state"] == READ:
        if "form" in page:
            return translate("The form was not found on this page: its printed marks are missing.")
        return translate("No table was found on this page.")
    return translate("This page is waiting to be read.")

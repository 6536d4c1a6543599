"""Give the reviewed pages away: as CSV, as a workbook, as JSON, and to the clipboard."""

import js
from pyscript import document

from ui.browser import storage
from ui.browser.dom import find, make, on, set_text
from ui.browser.i18n import language, translate
from ui.browser.save_file import save_csv, save_json
from ui.browser.scheduling import start
from ui.browser.signal import Signal
from ui.pages import table_files
from ui.pages.excel import problem_of, save_workbook
from ui.pages.pages import READ
from ui.pages.review_layout import fill_choice
from ui.pages.workbook import cells_sheet, table_sheet
from ui.worker.bridge import WorkerError

POINT_OR_COMMA = ((".", "point: 1,234.5"), (",", "comma: 1.234,5"))
MARKS_WRITTEN = ((table_files.AS_WRITTEN, "as on the page"), (".", "point"), (",", "comma"))
SEPARATORS = ((",", "comma"), (";", "semicolon"), ("\t", "tab"))


class TableDownloads:
    """The buttons below the table, and the choices that go with them.

    mark: the decimal mark on the pages. mark_changed: emitted with it when another is chosen.
    """

    def __init__(self, pages):
        self._pages = pages
        self.mark_changed = Signal()
        comma = language() == "de"
        kept = storage.load("table-files", {})
        fill_choice("mark-read", POINT_OR_COMMA, kept.get("mark-read", "," if comma else "."))
        fill_choice("separator", SEPARATORS, kept.get("separator", ";" if comma else ","))
        fill_choice("mark-written", MARKS_WRITTEN, kept.get("mark-written", ""))
        for name in ("mark-read", "separator", "mark-written"):
            on(find(name), "change", self._on_choice)
        on(find("table-csv"), "click", lambda _: self._save_csv("inkling-table.csv", self._rows()))
        on(find("table-xlsx"), "click", lambda _: start(self._save_workbook()))
        on(find("cells-csv"), "click", lambda _: self._save_cells())
        on(find("table-json"), "click", lambda _: self._save_json())
        on(find("table-copy"), "click", lambda _: start(self._copy()))

    @property
    def mark(self) -> str:
        return str(find("mark-read").value)

    def _on_choice(self, event):
        names = ("mark-read", "separator", "mark-written")
        storage.save("table-files", {name: str(find(name).value) for name in names})
        if event.target.id == "mark-read":
            self.mark_changed.emit(self.mark)

    def _read(self):
        return [page for page in self._pages.all if page["state"] == READ]

    def _rows(self):
        written = str(find("mark-written").value)
        return table_files.table_rows(self._read(), self.mark, written)

    def _save_csv(self, name, rows):
        save_csv(name, rows, str(find("separator").value), find("with-bom").checked)

    def _save_cells(self):
        self._save_csv("inkling-cells.csv", table_files.cell_rows(self._read()))

    async def _save_workbook(self):
        """Save two sheets: the table, and all cells with what was read."""
        table, cells = table_sheet(self._read(), self.mark), cells_sheet(self._read())
        sheets = [(translate("Table"), table), (translate("Cells"), cells)]
        try:
            await save_workbook("inkling-table.xlsx", sheets)
            set_text(find("table-copied"), "")
        except WorkerError as failure:
            set_text(find("table-copied"), problem_of(failure))

    def _save_json(self):
        save_json("inkling-pages.json", table_files.tables_json(self._read()))

    async def _copy(self):
        """Copy the table; where that is refused, copy it out of a field of its own."""
        text = table_files.tab_separated(self._rows())
        try:
            await js.navigator.clipboard.writeText(text)
        except Exception:  # not allowed, or not on a secure page
            field = make("textarea", text, document.body, class_="unseen")
            field.select()
            copied = document.execCommand("copy")
            field.remove()
            find("table-copy").focus()
            if not copied:
                sentence = "The browser denies access to the clipboard; download the table."
                set_text(find("table-copied"), translate(sentence))
                return
        set_text(find("table-copied"), translate("Copied."))

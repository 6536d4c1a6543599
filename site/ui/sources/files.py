"""Open picture files: chosen, dropped or pasted."""

import js
from pyscript import document

from ui.batch.table import Row
from ui.browser.dom import find, on
from ui.browser.i18n import translate
from ui.browser.scheduling import start
from ui.pad.picture import picture_from_blob
from ui.reading import answer

MAX_MEGABYTES = 100  # of a file, which is copied into the worker's memory
NO_PICTURE = "The clipboard holds no picture; copy one first."


class Files:
    """Opens one picture on the pad, several in the batch, and documents in the view Table.

    open_picture: async function that has a Picture read and puts it on the pad.
    table_view: reads documents, which have pages, and whatever is opened with them.
    """

    def __init__(self, open_picture, batch, table_view):
        self._open_picture = open_picture
        self._batch = batch
        self._table_view = table_view
        on(find("open"), "change", self._on_choice)
        on(document, "dragover", self._on_drag)
        on(document, "dragleave dragend", lambda _: _mark_drop_target(False))
        on(document, "drop", self._on_drop)
        on(document, "paste", self._on_paste)
        on(find("paste"), "click", self._paste)

    def _open(self, rows):
        if self._table_view.has_documents(rows) and all(row.problem is None for row in rows):
            self._table_view.add_files(rows)
        elif len(rows) > 1:
            self._batch.add(rows)
        elif rows[0].problem is not None:
            answer.set_remark(rows[0].problem())
        else:
            start(self._open_picture(picture_from_blob(rows[0].name, rows[0].blob)))

    def _on_choice(self, event):
        files = list(event.target.files)
        if files:
            self._open([row_for_file(file) for file in files])
        event.target.value = ""  # so that the same file can be chosen again

    def _on_drag(self, event):
        event.preventDefault()
        _mark_drop_target(True)

    def _on_drop(self, event):
        event.preventDefault()
        _mark_drop_target(False)
        rows = []
        for item in event.dataTransfer.items:
            if item.kind == "file":
                entry = item.webkitGetAsEntry()
                is_folder = entry and entry.isDirectory
                row = _row_for_folder(entry) if is_folder else row_for_file(item.getAsFile())
                rows.append(row)
        if rows:
            self._open(rows)
        else:
            answer.set_remark(translate("That was not a picture file; drop one from your files."))

    def _on_paste(self, event):
        files = list(event.clipboardData.files)
        if files:
            event.preventDefault()
            self._open([row_for_file(file) for file in files])
        else:
            answer.set_remark(translate(NO_PICTURE))

    async def _paste(self, _):
        try:
            items = list(await js.navigator.clipboard.read())
        except Exception:  # not allowed, or not on a secure page
            sentence = "The browser denies access to the clipboard; press Ctrl+V instead."
            answer.set_remark(translate(sentence))
            return
        for item in items:
            for kind in item.types:
                if str(kind).startswith("image/"):
                    name = translate("Picture from the clipboard")
                    blob = await item.getType(kind)
                    await self._open_picture(picture_from_blob(name, blob))
                    return
        answer.set_remark(translate(NO_PICTURE))


def _mark_drop_target(dragging):
    document.body.classList.toggle("dropping", dragging)


def row_for_file(file) -> Row:
    """Return a row of the table for a file; a problem if it is too large."""
    if file.size <= MAX_MEGABYTES * 1e6:
        return Row(file.name, file)
    sentence = "{name} has more than {megabytes} MB; choose a smaller picture."
    facts = {"name": file.name, "megabytes": MAX_MEGABYTES}
    return Row(file.name, problem=lambda: translate(sentence, **facts))


def _row_for_folder(entry):
    sentence = "{name} is a folder; open it and drop the pictures themselves."
    return Row(entry.name, problem=lambda: translate(sentence, name=entry.name))

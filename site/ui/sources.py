"""Pictures from elsewhere: files, chosen or dropped, and the clipboard."""

import asyncio

import js
from pyscript import document

from ui import answer
from ui.dom import find, on
from ui.language import say
from ui.picture import from_blob
from ui.rows import Row

MAX_MEGABYTES = 100  # of a picture file; it is copied into the worker's memory
NO_PICTURE = "The clipboard holds no picture; copy one first."


class Sources:
    """Opens whatever pictures a person brings: one on a desk, several in a batch."""

    def __init__(self, desk, batch):
        self._desk = desk
        self._batch = batch
        on(find("open"), "change", self._chosen)
        on(document, "dragover", self._over)
        on(document, "dragleave dragend", lambda _: self._mark(False))
        on(document, "drop", self._dropped)
        on(document, "paste", self._pasted)
        on(find("paste"), "click", self._paste)

    def open(self, files: list) -> None:
        """Read one file on the pad, or several in the table."""
        self._begin([_given(file) for file in files])

    def _begin(self, given):
        if len(given) > 1:
            self._batch.take(given)
        elif given[0].problem is not None:
            answer.remark(given[0].problem())
        else:
            picture = from_blob(given[0].name, given[0].blob)
            asyncio.create_task(self._desk.open(picture))  # noqa: RUF006 - held by its loop

    def _chosen(self, event):
        files = list(event.target.files)
        if files:
            self.open(files)
        event.target.value = ""  # so that the same file can be chosen again

    def _over(self, event):
        event.preventDefault()
        self._mark(True)

    def _dropped(self, event):
        event.preventDefault()
        self._mark(False)
        given = []
        for item in event.dataTransfer.items:
            if item.kind == "file":
                entry = item.webkitGetAsEntry()
                is_folder = entry and entry.isDirectory
                given.append(_folder(entry.name) if is_folder else _given(item.getAsFile()))
        if given:
            self._begin(given)
        else:
            answer.remark(say("That was no picture file; drop one from your files."))

    def _mark(self, dropping):
        document.body.classList.toggle("dropping", dropping)

    def _pasted(self, event):
        files = list(event.clipboardData.files)
        if files:
            event.preventDefault()
            self.open(files)
        else:
            answer.remark(say(NO_PICTURE))

    async def _paste(self, _):
        try:
            items = list(await js.navigator.clipboard.read())
        except Exception:  # not allowed, or not on this kind of page
            answer.remark(say("The browser keeps the clipboard closed; press Ctrl+V instead."))
            return
        for item in items:
            for kind in item.types:
                if str(kind).startswith("image/"):
                    name = say("Picture from the clipboard")
                    await self._desk.open(from_blob(name, await item.getType(kind)))
                    return
        answer.remark(say(NO_PICTURE))


def _given(file):
    """A file as a row of the table, with the problem that it is too large."""
    if file.size <= MAX_MEGABYTES * 1e6:
        return Row(file.name, file)
    sentence = "{name} has more than {megabytes} MB; choose a smaller picture."
    return Row(file.name, problem=lambda: say(sentence, name=file.name, megabytes=MAX_MEGABYTES))


def _folder(name):
    sentence = "{name} is a folder; open it and drop the pictures themselves."
    return Row(name, problem=lambda: say(sentence, name=name))

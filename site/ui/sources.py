"""Pictures from elsewhere: files, chosen or dropped, and the clipboard."""

import asyncio

import js
from pyscript import document

from ui import answer
from ui.dom import find, on
from ui.language import say
from ui.picture import from_blob

MAX_MEGABYTES = 100  # of a picture file; it is copied into the worker's memory
NO_PICTURE = "The clipboard holds no picture; copy one first."


class Sources:
    """Opens on a desk whatever pictures a person brings."""

    def __init__(self, desk):
        self._desk = desk
        on(find("open"), "change", self._chosen)
        on(document, "dragover", self._over)
        on(document, "dragleave dragend", lambda _: self._mark(False))
        on(document, "drop", self._dropped)
        on(document, "paste", self._pasted)
        on(find("paste"), "click", self._paste)

    async def open(self, files: list) -> None:
        """Read files one after the other; the last stays on the pad."""
        read = 0
        for file in files:
            if self._desk.broken:
                return
            if file.size > MAX_MEGABYTES * 1e6:
                sentence = "{name} has more than {megabytes} MB; choose a smaller picture."
                answer.remark(say(sentence, name=file.name, megabytes=MAX_MEGABYTES))
                continue
            read += await self._desk.open(from_blob(file.name, file))
        if read > 1:
            answer.remark(say("{count} pictures read; the history has them all.", count=read))

    def _begin(self, files):
        asyncio.create_task(self.open(files))  # noqa: RUF006 - this interpreter holds its tasks

    def _chosen(self, event):
        files = list(event.target.files)
        self._begin(files)
        event.target.value = ""  # so that the same file can be chosen again

    def _over(self, event):
        event.preventDefault()
        self._mark(True)

    def _dropped(self, event):
        event.preventDefault()
        self._mark(False)
        files = []
        for item in event.dataTransfer.items:
            entry = item.webkitGetAsEntry() if item.kind == "file" else None
            if entry and entry.isDirectory:
                sentence = "{name} is a folder; open it and drop the pictures themselves."
                answer.remark(say(sentence, name=entry.name))
                return
            if item.kind == "file":
                files.append(item.getAsFile())
        if files:
            self._begin(files)
        else:
            answer.remark(say("That was no picture file; drop one from your files."))

    def _mark(self, dropping):
        document.body.classList.toggle("dropping", dropping)

    def _pasted(self, event):
        files = list(event.clipboardData.files)
        if files:
            event.preventDefault()
            self._begin(files)
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

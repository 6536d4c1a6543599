"""Puts the number that was read into the clipboard."""

import asyncio

import js
from pyscript import document

from ui import answer
from ui.dom import find, on
from ui.language import say


class Copying:
    """The button beside the number."""

    def __init__(self):
        on(find("copy"), "click", lambda _: self._begin())

    def _begin(self):
        asyncio.create_task(self._copy())  # noqa: RUF006 - this interpreter holds its tasks

    async def _copy(self):
        try:
            await js.navigator.clipboard.writeText(find("answer").textContent)
        except Exception:  # not allowed, or not on this kind of page
            js.getSelection().selectAllChildren(find("answer"))
            if not document.execCommand("copy"):
                answer.remark(say("The number is marked; press Ctrl+C to copy it."))
                return
        answer.remark(say("Copied."))

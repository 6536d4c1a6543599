"""The desk: has what lies on the pad read, and shows the answer."""

import asyncio

from ui import answer, words
from ui.ahead import Ahead
from ui.asking import RefusedError, ask
from ui.bridge import WorkerError
from ui.chosen import Chosen, is_number
from ui.dom import find
from ui.language import say
from ui.memory import Memory
from ui.pad import Pad
from ui.picture import Picture
from ui.sheet import Drawing
from ui.shown import Shown
from ui.turns import painted


class Desk:
    """Pad, worker and answer together: what is on the pad is read, the reading is `shown`, one of
    its digits is `chosen` to be looked at closely."""

    def __init__(self, canvas, bridge, mode):
        self.mode = mode
        self.pad = Pad(canvas, self._begun, self.changed, mode)
        self.bridge = bridge
        self.chosen = Chosen(bridge)
        self.shown = Shown(self.pad, self.chosen)
        self._opening = 0
        self.broken = ""  # why nothing can be read; it stays in sight until the page is reloaded
        self.after_change = []  # called when the content of the pad has changed
        self._memory = Memory(self.pad)
        self.pad.on_move = Ahead(self.pad, bridge, mode).moved
        mode.listeners.append(self._switched)

    @property
    def content(self):
        """The Drawing or Picture on the pad."""
        return self.pad.sheet.content

    # ---- What a person does ----

    def clear(self) -> None:
        """Begin anew."""
        if self.content:
            self.pad.put(Drawing())
        self.changed()

    def undo(self) -> None:
        """Go back one step and read what was there."""
        self.pad.undo()
        self.changed()

    def redo(self) -> None:
        """Take back an undo and read what is there again."""
        self.pad.redo()
        self.changed()

    def lay(self, drawing) -> None:
        """Put a drawing onto the pad and have it read."""
        self.pad.put(drawing)
        self.changed()

    async def open(self, picture) -> bool:
        """Have a picture read, and lay it on the pad if that worked; else all stays as it was."""
        if self.broken:
            return False
        answer.wait()
        answer.remark(say("Reading {name}.", name=picture.name))
        self._opening += 1
        reading = await self._ask(picture)
        while reading is not None and is_number(reading) != self.mode.is_number:
            reading = await self._ask(picture)  # the mode was switched meanwhile
        self._opening -= 1
        if reading is None:
            await self._catch_up()
            return False
        self.pad.put(picture.take(reading))
        self._memory.keep()
        self._tell_change()
        await self._show(reading)
        return True

    def remember(self, written):
        """Lay down the drawing that was on the pad before the page was left, and add the strokes
        that were written since.

        Returns the entry of the history that was there if it was a picture instead, or None.
        """
        drawing = self._memory.recall()
        if drawing:
            self.pad.put(drawing)
        for stroke in written:
            self.pad.sheet.add(stroke, self.mode.is_number)
        if not self.content:
            return drawing.entry
        self.pad.redraw()
        self.changed()
        return None

    async def read_again(self) -> None:
        """Have what is on the pad read by a new worker; what is being said stays."""
        sentence = find("remark").textContent
        answer.wait()
        await self._read()
        if not self.broken:
            answer.remark(sentence)

    # ---- What follows ----

    def changed(self) -> None:
        """Have read what is on the pad now, and keep it."""
        if self.content:
            self._memory.note()
            self._read_anew()
            asyncio.create_task(self._follow())  # noqa: RUF006 - this interpreter holds its tasks
            return
        self._memory.keep()
        self._tell_change()
        self.bridge.forget()
        answer.wait(False)
        answer.empty(self.broken)
        self.shown.forget()

    def _begun(self):
        answer.wait(not self.broken)

    def _switched(self):
        if not self._opening:
            self._read_anew()

    def _read_anew(self):
        """Read what is on the pad as what the mode says now."""
        if self.content:
            answer.wait(not self.broken)
            asyncio.create_task(self._read())  # noqa: RUF006 - this interpreter holds its tasks

    async def _read(self):
        content = self.content
        reading = await self._ask(content)
        if reading is not None:
            if isinstance(content, Picture):
                content.take(reading)
                self.pad.redraw()
            await self._show(reading)

    async def _catch_up(self):
        """Read the drawing whose turn a picture had taken that could then not be opened."""
        stale = not self.shown.is_of(self.content, self.mode.is_number)
        if self.content and stale and not self.bridge.is_busy:
            sentence = find("remark").textContent
            await self._read()
            answer.remark(sentence)

    async def _ask(self, content):
        """A reading of a drawing or picture; None if there is none, and then that has been said."""
        try:
            return await ask(self.bridge, content, self.pad, self.mode)
        except RefusedError as refusal:
            answer.wait(False)
            answer.remark(refusal.sentence)
        except WorkerError as failure:
            self._miss(failure)
        return None

    async def _show(self, reading):
        newest = await self.shown.show(reading)
        changing = self.shown.content is not self.content or self.pad.is_down
        if newest and not changing:
            answer.wait(False)

    def _miss(self, failure):
        """Say why there is no reading this time; the next one may well succeed."""
        answer.wait(False)
        answer.empty(self.broken or words.failure(failure.kind, failure.facts))
        self.shown.forget()

    async def _follow(self):
        """What a change entails; but first the ink is shown, and the answer if it is quick."""
        await painted()
        self._tell_change()
        await self._memory.keep_soon()

    def _tell_change(self):
        for listener in self.after_change:
            listener()

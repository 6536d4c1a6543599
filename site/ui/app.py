"""Have the pad's content read by the worker, and show the answer."""

from ui.browser import messages
from ui.browser.dom import find
from ui.browser.i18n import translate
from ui.browser.mode import LETTER, NUMBER
from ui.browser.scheduling import next_paint, start
from ui.browser.signal import Signal
from ui.browser.site_files import SiteFileError
from ui.pad.autosave import Autosave
from ui.pad.picture import Picture
from ui.pad.strokes import Drawing
from ui.reading import answer
from ui.reading.readings import kind_of
from ui.worker.bridge import DEADLY, STOPPED, WorkerError

NOT_AGAIN = "{name} is not read again by itself; crop it, or open it again."

HIDDEN_CANVAS = (
    "This browser hides drawings from the page, as a protection against fingerprinting. "
    "Allow this site to read its canvas, or open a picture instead."
)


class RefusedError(Exception):
    """A picture cannot be opened; `sentence` says why, in the page's language."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


class App:
    """Connects the pad, the worker and the answer.

    content_changed: emitted when the pad's content has changed, and that has been painted.
    outage: why nothing can be read, "" normally; it is shown until the page is reloaded.
    """

    def __init__(self, pad, bridge, mode, current, line_model, letter_model):
        self._pad = pad
        self._bridge = bridge
        self._mode = mode
        self._current = current
        self._line_model = line_model
        self._letter_model = letter_model
        self._autosave = Autosave(pad)
        self._pictures_opening = 0
        self._stops = 0
        self.outage = ""
        self.content_changed = Signal()
        pad.stroke_begun.connect(lambda: answer.set_busy(not self.outage))
        pad.stroke_ended.connect(self.update)
        pad.stroke_dropped.connect(self.update)
        mode.changed.connect(self._on_mode)

    @property
    def has_content(self) -> bool:
        """Whether there is a drawing or a picture on the pad."""
        return bool(self._pad.content)

    @property
    def _is_deadly(self):
        """Whether the pad holds a picture that the last worker did not survive."""
        return isinstance(self._pad.content, Picture) and self._pad.content.deadly

    # ---- What a person does ----

    def stop(self) -> None:
        """End the reading under way, also one that the worker has not been asked for yet."""
        self._stops += 1
        self._bridge.stop()

    def clear(self) -> None:
        """Empty the pad."""
        if self.has_content:
            self._pad.put(Drawing())
        self.update()

    def undo(self) -> None:
        """Go back one step and read what was there."""
        self._pad.undo()
        self.update()

    def redo(self) -> None:
        """Take back an undo and read the pad again."""
        self._pad.redo()
        self.update()

    def turn(self) -> None:
        """Turn the picture on the pad by a quarter, and have it read."""
        if isinstance(self._pad.content, Picture):
            start(self.open_picture(self._pad.content.turned()))

    def read_with_ink(self, ink: str) -> None:
        """Read the picture on the pad again, with "dark" or "light" ink."""
        if isinstance(self._pad.content, Picture):
            start(self.open_picture(self._pad.content.inked(ink)))

    def show_drawing(self, drawing) -> None:
        """Put a drawing on the pad and have it read."""
        self._pad.put(drawing)
        self._pad.reveal()
        self.update()

    async def open_picture(self, picture) -> bool:
        """Have a picture read, and put it on the pad if that worked; return whether it did."""
        if self.outage:
            return False
        self._begin_reading(translate("Reading {name}.", name=picture.name))
        self._pictures_opening += 1
        reading = await self._ask(picture)
        while reading is not None and kind_of(reading) != self._mode.name:
            reading = await self._ask(picture)  # the mode was switched meanwhile
        self._pictures_opening -= 1
        if reading is None:
            await self._read_skipped_drawing()
            return False
        picture.keep_preview(reading)
        self._pad.put(picture)
        self._pad.reveal()
        self._autosave.save()
        self.content_changed.emit()
        await self._show(reading)
        return True

    def restore(self, early_strokes):
        """Put the drawing of the last visit on the pad, with the strokes drawn since.

        Return the id of its entry in the history if it was a picture instead, else None.
        """
        drawing = self._autosave.load()
        if drawing:
            self._pad.put(drawing)
        self._pad.add_strokes(early_strokes)
        if not self.has_content:
            return drawing.entry
        self.update()
        return None

    # ---- What follows from it ----

    def update(self) -> None:
        """Read and keep the pad's content, which has changed."""
        if self.has_content:
            self._autosave.note_change()
            self._start_reading()
            start(self._follow_up())
            return
        self._autosave.save()
        self.content_changed.emit()
        self._bridge.cancel_readings()
        answer.set_busy(False)
        answer.clear(self.outage)
        self._current.clear()

    async def read_again(self) -> None:
        """Have the content read by a new worker; the remark that is shown stays.

        A picture that ended the last worker is left alone: it would end this one, too.
        """
        if self._is_deadly:
            answer.set_busy(False)
            return
        remark = find("remark").textContent
        answer.set_busy()
        await self._read()
        if not self.outage:
            answer.set_remark(remark)

    def _begin_reading(self, remark):
        """Take the answer, the boxes and Copy away at once: they are of another reading."""
        self._current.clear()
        answer.clear(remark)
        answer.set_busy()

    def _on_mode(self):
        if self._pictures_opening:
            return
        content = self._pad.content
        if isinstance(content, Picture) and not self.outage:
            self._begin_reading(translate("Reading {name}.", name=content.name))
        self._start_reading()

    def _start_reading(self):
        if self.has_content:
            answer.set_busy(not self.outage)
            start(self._read())

    async def _read(self):
        content = self._pad.content
        reading = await self._ask(content)
        if reading is not None:
            if isinstance(content, Picture):
                content.keep_preview(reading)
                self._pad.redraw()
            await self._show(reading)

    async def _read_skipped_drawing(self):
        """Read the drawing whose reading was cancelled for a picture that could not be opened."""
        is_stale = not self._current.is_of(self._pad.content, self._mode.name)
        if self.has_content and is_stale and not self._is_deadly and not self._bridge.is_reading:
            remark = find("remark").textContent
            answer.set_busy()
            await self._read()
            answer.refuse(remark)

    async def _ask(self, content):
        """Return the worker's reading; None if there is none, after saying why."""
        question, stops = None, self._stops
        try:
            question = await self._question(content)
            if self._stops > stops:
                raise WorkerError(STOPPED)
            reading = await self._bridge.read(*question)
            if reading is not None and hasattr(reading, "error"):
                raise RefusedError(messages.refusal(reading.error))
            if reading is not None and isinstance(content, Picture):
                content.deadly = False
            return reading
        except RefusedError as refusal:
            answer.set_busy(False)
            self._show_refusal(content, refusal.sentence)
        except (SiteFileError, WorkerError) as failure:
            self._miss(failure, content, question is not None)
        return None

    def _show_refusal(self, content, sentence):
        """Say why content was refused; no other picture's answer stays beside that.

        A picture that lay on the pad goes, and can be had back by undo; a drawing stays.
        """
        lying = self._pad.content
        if lying is not content and not isinstance(lying, Picture):
            answer.refuse(sentence)
            return
        if lying is not content:
            self._pad.put(Drawing())
            self._autosave.save()
            self.content_changed.emit()
        self._current.clear()
        answer.clear(sentence)

    def _miss(self, failure, content, was_asked):
        """Say why there is no reading this time; the next one may well succeed.

        Only a picture that the worker was asked to read, `was_asked`, can have ended it.
        """
        answer.set_busy(False)
        sentence = messages.failure(failure.kind, failure.facts)
        is_to_blame = was_asked and isinstance(content, Picture)
        if is_to_blame and failure.kind in DEADLY + (STOPPED,):
            content.deadly = True
        if is_to_blame and failure.kind in DEADLY:
            sentence += " " + translate(NOT_AGAIN, name=content.name)
        answer.clear(self.outage or sentence)
        self._current.clear()

    async def _question(self, content):
        """Return the worker's function to call, and its arguments."""
        mode = await self._ready_mode()
        if not isinstance(content, Picture):
            if not self._pad.is_readable():
                raise RefusedError(translate(HIDDEN_CANVAS))
            return "read_canvas", self._pad.pixels(), mode
        try:
            return await content.question() + (mode, content.quarters, content.part, content.ink)
        except Exception:  # the file has gone, or may not be read
            sentence = "{name} could not be opened; choose it again, or another file."
            raise RefusedError(translate(sentence, name=content.name)) from None

    async def _ready_mode(self):
        """Return the mode once the worker has its network; it may be switched meanwhile."""
        mode = None
        while mode != self._mode.name:
            mode = self._mode.name
            if mode == NUMBER:
                await self._line_model.send()
            elif mode == LETTER:
                await self._letter_model.send()
        return mode

    async def _show(self, reading):
        is_newest = await self._current.show(reading)
        is_changing = self._current.content is not self._pad.content or self._pad.is_down
        if is_newest and not is_changing:
            answer.set_busy(False)

    async def _follow_up(self):
        """Tell of the change and keep it, after the ink and a quick answer have been shown."""
        await next_paint()
        self.content_changed.emit()
        await self._autosave.save_soon()

"""The session's readings: a picture of each, its answer, and a way back to it."""

import asyncio

import js
from pyscript import document

from ui import answer, ink, store, words
from ui.dom import find, make, on_click_within, style_of
from ui.language import say
from ui.picture import Picture, blob_of, canvas_of, from_blob
from ui.sheet import SIDE, drawing_from

THUMB = 96  # pixels: as shown, with two to the point
KEPT_PICTURE = 280  # pixels: a picture that outlives a reload is kept at this size
MOST = 60  # entries: beyond that the browser's room for a page would fill up


class History:
    """Entries, the newest first; each is plain, so that it outlives a reload."""

    def __init__(self, desk):
        self._desk = desk
        self._entries = store.load("history", [])
        self._pictures = {}  # by entry: those whose file is still at hand, in full size
        desk.listeners.append(self._record)
        on_click_within(find("history"), "[data-revisit]", self._revisit)
        on_click_within(find("history"), "[data-delete]", self._delete)
        on_click_within(find("history-tools"), "#forget", lambda _: self._forget())
        self.show()

    @property
    def entries(self) -> list:
        """{id, label, confidence, reason, milliseconds, name, when, drawing or picture}."""
        return self._entries

    def show(self) -> None:
        """List all entries."""
        rows = find("history")
        rows.textContent = ""
        for entry in self._entries:
            rows.appendChild(self._row(entry))
        find("history-part").hidden = not self._entries

    def _record(self, reading):
        if reading is None or not hasattr(reading, "box"):
            return
        content = self._desk.content
        if content.entry is None:
            content.entry = str(js.Date.now())
        entry = self._entry(content, reading)
        row = find("history").querySelector(f'[data-entry="{entry["id"]}"]')
        if row is None:
            self._entries.insert(0, entry)
            del self._entries[MOST:]
            find("history").prepend(self._row(entry))
        else:  # the same drawing, a stroke later
            self._entries[self._entries.index(self._find(entry["id"]))] = entry
            row.replaceWith(self._row(entry))
        self._keep()
        find("history-part").hidden = False

    def _entry(self, content, reading):
        entry = {
            "id": content.entry,
            "label": answer.label_of(reading),
            "confidence": reading.confidence,
            "milliseconds": reading.milliseconds,
            "when": js.Date.new().toISOString(),
        }
        if isinstance(content, Picture):
            entry["name"] = str(content.name)
            entry["truth"] = content.truth
            entry["picture"] = _kept(content)
            self._pictures[content.entry] = content
        else:
            entry["drawing"] = content.plain()
        return entry

    def _keep(self):
        while not store.save("history", self._entries) and self._entries:
            self._entries.pop()  # there is no room for the oldest

    def _row(self, entry):
        row = make("li", data_entry=entry["id"])
        label = "?" if entry["label"] is None else str(entry["label"])
        name = say("Back to the {label}, {share}", label=label, share=self._share(entry))
        button = make("button", parent=row, type="button", data_revisit=entry["id"])
        button.setAttribute("aria-label", name)
        _draw_thumb(make("canvas", parent=button, width=THUMB, height=THUMB), entry)
        make("span", label, button, class_="label")
        make("span", self._share(entry), button, class_="share")
        sign = make("button", "×", row, type="button", class_="delete", data_delete=entry["id"])
        sign.setAttribute("aria-label", say("Delete the {label}", label=label))
        return row

    def _share(self, entry):
        return words.percent(entry["confidence"])

    def _find(self, name):
        return next(entry for entry in self._entries if entry["id"] == name)

    def _revisit(self, button):
        entry = self._find(button.getAttribute("data-revisit"))
        if "drawing" in entry:
            drawing = drawing_from(entry["drawing"])
            drawing.entry = entry["id"]
            self._desk.lay(drawing)
        else:
            asyncio.create_task(self._open(entry))  # noqa: RUF006 - held by its loop

    async def _open(self, entry):
        picture = self._pictures.get(entry["id"])
        if picture is None:
            blob = await blob_of(await canvas_of(entry["picture"]))
            picture = from_blob(entry["name"], blob, entry["id"])
            picture.truth = entry["truth"]
        await self._desk.open(picture)

    def _delete(self, button):
        entry = self._find(button.getAttribute("data-delete"))
        row = button.closest("li")
        beside = row.nextElementSibling or row.previousElementSibling
        self._entries.remove(entry)
        self._keep()
        row.remove()
        find("history-part").hidden = not self._entries
        (beside.querySelector("button") if beside else find("pad")).focus()

    def _forget(self):
        self._entries = []
        self._pictures = {}
        self._keep()
        self.show()
        find("pad").focus()


def _kept(picture) -> str:
    """A picture as a data address small enough to be kept."""
    side = max(picture.canvas.width, picture.canvas.height)
    scale = min(1, KEPT_PICTURE / side)
    canvas = document.createElement("canvas")
    canvas.width = max(4, round(picture.canvas.width * scale))
    canvas.height = max(4, round(picture.canvas.height * scale))
    canvas.getContext("2d").drawImage(picture.canvas, 0, 0, canvas.width, canvas.height)
    return str(canvas.toDataURL("image/png" if side <= KEPT_PICTURE else "image/jpeg"))


def _draw_thumb(canvas, entry):
    context = canvas.getContext("2d")
    context.setTransform(THUMB / SIDE, 0, 0, THUMB / SIDE, 0, 0)
    if "drawing" in entry:
        ink.use_ink(context, style_of("--ink"))
        for stroke in drawing_from(entry["drawing"]).strokes:
            ink.draw_stroke(context, stroke)
        return
    asyncio.create_task(_draw_kept(context, entry["picture"]))  # noqa: RUF006 - held by its loop


async def _draw_kept(context, address):
    picture = await canvas_of(address)
    scale = SIDE / max(picture.width, picture.height)
    width, height = picture.width * scale, picture.height * scale
    context.drawImage(picture, (SIDE - width) / 2, (SIDE - height) / 2, width, height)

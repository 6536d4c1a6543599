"""The session's readings: a picture of each, its answer, and a way back to it."""

import asyncio

import js

from ui import thumbs, words
from ui.archive import Archive
from ui.chosen import digits_of, has_ink, is_number, text_of
from ui.dom import find, make, on_click_within
from ui.language import say
from ui.picture import Picture, blob_of, canvas_of, from_blob
from ui.sheet import drawing_from
from ui.turns import browsers_turn


class History:
    """Entries, the newest first; each is plain, so that it outlives a reload."""

    def __init__(self, desk):
        self._desk = desk
        self._archive = Archive()
        self._filling = 0
        self._pictures = {}  # by entry: those whose file is still at hand, in full size
        desk.shown.listeners.append(self._record)
        on_click_within(
            find("history"),
            "[data-revisit]",
            lambda button: self.revisit(button.getAttribute("data-revisit")),
        )
        on_click_within(find("history"), "[data-delete]", self._delete)
        on_click_within(find("history-tools"), "#forget", lambda _: self._forget())
        self.again()

    @property
    def entries(self) -> list:
        """{id, label, confidence, number, milliseconds, name, when, drawing or picture}; label is
        the text that was read, None if none was, and number whether it was read as one."""
        return self._archive.entries

    def again(self) -> None:
        """List all entries anew."""
        find("history").textContent = ""
        self._filling += 1
        asyncio.create_task(self._fill(self._filling))  # noqa: RUF006 - held by its loop
        self._show_part()

    async def _fill(self, number):
        for entry in list(self.entries):
            if number != self._filling:
                return
            if self._archive.find(entry["id"]) is entry and _row_of(entry) is None:
                find("history").appendChild(self._row(entry))
            await browsers_turn()  # sixty pictures at once would hold up the pen

    def _show_part(self):
        find("history-part").hidden = not self.entries

    def _record(self, reading):
        if reading is None or not any(map(has_ink, digits_of(reading))):
            return
        content = self._desk.shown.content
        entry = self._entry(content, reading)
        row = _row_of(entry)
        self._archive.put(entry)
        if row is None:
            find("history").prepend(self._row(entry))
        else:  # the same drawing, a stroke later
            row.replaceWith(self._row(entry))
        self._show_part()

    def _entry(self, content, reading):
        entry = {
            "id": content.entry,
            "label": text_of(reading) or None,
            "number": is_number(reading),
            "confidence": reading.confidence,
            "milliseconds": reading.milliseconds,
            "when": js.Date.new().toISOString(),
        }
        if isinstance(content, Picture):
            entry["name"] = str(content.name)
            entry["truth"] = content.truth
            entry["picture"] = thumbs.kept(content, is_number(reading))
            self._pictures[content.entry] = content
        else:
            entry["drawing"] = content.plain()
            entry["wide"] = content.wide
        return entry

    def _row(self, entry):
        row = make("li", data_entry=entry["id"])
        row.classList.toggle("wide-entry", thumbs.is_wide(entry))
        label = "?" if entry["label"] is None else " ".join(str(entry["label"]).split())
        name = say("Back to the {label} {share}", label=label, share=self._share(entry))
        button = make("button", parent=row, type="button", data_revisit=entry["id"])
        button.setAttribute("aria-label", name)
        thumbs.draw(make("canvas", parent=button), entry)
        make("span", label, button, class_="label")
        button.append(" ")  # else who hears the page would hear one long number
        make("span", self._share(entry), button, class_="share")
        sign = make("button", "×", row, type="button", class_="delete", data_delete=entry["id"])
        sign.setAttribute("aria-label", say("Delete the {label}", label=label))
        return row

    def _share(self, entry):
        return words.chance(entry["confidence"])

    def revisit(self, name) -> None:
        """Lay on the pad what the entry with an id holds, if there is one."""
        entry = self._archive.find(name)
        if entry is None:
            return
        self._desk.mode.set(entry.get("number", False))
        if "drawing" in entry:
            wide = entry.get("wide", False)
            self._desk.lay(drawing_from(entry["drawing"], entry["id"], wide))
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
        entry = self._archive.find(button.getAttribute("data-delete"))
        row = button.closest("li")
        beside = row.nextElementSibling or row.previousElementSibling
        self._archive.remove(entry)
        row.remove()
        self._show_part()
        (beside.querySelector("button") if beside else find("pad")).focus()

    def _forget(self):
        for entry in list(self.entries):
            self._archive.remove(entry)
        self._pictures = {}
        self.again()
        find("pad").focus()


def _row_of(entry):
    return find("history").querySelector(f'[data-entry="{entry["id"]}"]')

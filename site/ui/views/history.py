"""List the earlier readings: a picture of each, its answer, and a way back to it."""

import js

from ui.browser import messages
from ui.browser.dom import find, make, on, on_click_within
from ui.browser.i18n import translate
from ui.browser.mode import DIGIT, NUMBER
from ui.browser.scheduling import start, yield_to_browser
from ui.pad import thumbnails
from ui.pad.picture import Picture, blob_from_canvas, canvas_from_address, picture_from_blob
from ui.pad.strokes import drawing_from_json
from ui.reading.readings import digits_of, has_ink, is_number, kind_of, text_of
from ui.views.history_store import HistoryStore

UNREAD = "?"  # in place of a text


class History:
    """Readings, the newest first; each is kept across reloads."""

    def __init__(self, app, mode, current, undo_notice):
        self._app = app
        self._mode = mode
        self._current = current
        self._undo_notice = undo_notice
        self._store = HistoryStore()
        self._filling = 0
        self._pictures = {}  # by entry: the Pictures in full size, until the page is left
        current.changed.connect(self._add)
        listed = find("history")
        on_click_within(listed, "[data-revisit]", lambda b: self.revisit(b.dataset.revisit))
        on_click_within(listed, "[data-delete]", self._delete)
        on(find("forget"), "click", lambda _: self._delete_all())
        self.refresh()

    @property
    def entries(self) -> list:
        """{id, label, confidence, number, milliseconds, name, when, drawing or picture}.

        label: the text that was read, None if there is none; number: whether it was read as one.
        left_out: how many marks are not in the text.
        """
        return self._store.entries

    def refresh(self) -> None:
        """List all entries anew."""
        find("history").textContent = ""
        self._filling += 1
        start(self._fill(self._filling))
        self._show_or_hide()

    def revisit(self, name) -> None:
        """Put on the pad what the entry with an id holds, if there is one."""
        entry = self._store.find(name)
        if entry is None:
            return
        number = NUMBER if entry.get("number", False) else DIGIT  # of an earlier version
        self._mode.set(entry.get("mode", number))
        if "drawing" in entry:
            wide = entry.get("wide", False)
            self._app.show_drawing(drawing_from_json(entry["drawing"], entry["id"], wide))
        else:
            start(self._open_picture(entry))

    async def _open_picture(self, entry):
        picture = self._pictures.get(entry["id"])
        if picture is None:
            blob = await blob_from_canvas(await canvas_from_address(entry["picture"]))
            picture = picture_from_blob(entry["name"], blob, entry["id"])
            picture.truth = entry["truth"]
            picture.ink = entry.get("ink", "")  # an earlier version kept none
        await self._app.open_picture(picture)

    def _add(self, reading):
        if reading is None or not any(map(has_ink, digits_of(reading))):
            return
        entry = self._entry(self._current.content, reading)
        row = _row_of(entry)
        self._store.put(entry)
        if row is None:
            find("history").prepend(self._make_row(entry))
        else:  # the same drawing, a stroke later
            row.replaceWith(self._make_row(entry))
        self._show_or_hide()

    def _entry(self, content, reading):
        entry = {
            "id": content.entry,
            "label": text_of(reading) or None,
            "number": is_number(reading),
            "mode": kind_of(reading),
            "confidence": reading.confidence,
            "milliseconds": reading.milliseconds,
            "left_out": messages.count_left_out(reading) if text_of(reading) else 0,
            "when": js.Date.new().toISOString(),
        }
        if isinstance(content, Picture):
            entry["name"] = str(content.name)
            entry["truth"] = content.truth
            entry["ink"] = content.ink
            entry["picture"] = thumbnails.to_data_address(content, is_number(reading))
            self._pictures[content.entry] = content
        else:
            entry["drawing"] = content.to_json()
            entry["wide"] = content.wide
        known = self._store.find(content.entry)
        if known is not None and _is_same(known, entry):  # gone back to
            entry["when"], entry["milliseconds"] = known["when"], known["milliseconds"]
        return entry

    async def _fill(self, filling):
        for entry in list(self.entries):
            if filling != self._filling:
                return
            if self._store.find(entry["id"]) is entry and _row_of(entry) is None:
                find("history").appendChild(self._make_row(entry))
            await yield_to_browser()  # sixty pictures at once would block the pen

    def _make_row(self, entry):
        row = make("li", data_entry=entry["id"])
        row.classList.toggle("wide-entry", thumbnails.is_wide(entry))
        label, name, remove = _names_of(entry)
        share = "" if entry["label"] is None else messages.probability(entry["confidence"])
        button = make("button", parent=row, type="button", data_revisit=entry["id"])
        left_out = messages.left_out(entry.get("left_out", 0), False)
        button.setAttribute("aria-label", " ".join([name] + [left_out] * bool(left_out)))
        button.title = left_out
        thumbnails.draw_entry(make("canvas", parent=button), entry)
        make("span", label, button, class_="label")
        button.append(" ")  # else screen readers would read both numbers as one
        make("span", share + ("*" if left_out else ""), button, class_="share")
        delete = make("button", "×", row, type="button", class_="delete", data_delete=entry["id"])
        delete.setAttribute("aria-label", remove)
        return row

    def _show_or_hide(self):
        find("history-part").hidden = not self.entries

    def _delete(self, button):
        entry = self._store.find(button.dataset.delete)
        row = button.closest("li")
        neighbour = row.nextElementSibling or row.previousElementSibling
        self._store.remove(entry)
        row.remove()
        self._show_or_hide()
        label = _names_of(entry)[0]
        sentence = "{label} was deleted."
        if entry["label"] is None:
            sentence = "The unread entry was deleted."
        self._undo_notice.offer(lambda: self._restore([entry]), sentence, label=label)
        (neighbour.querySelector("button") if neighbour else find("pad")).focus()

    def _delete_all(self):
        entries = list(self.entries)
        for entry in entries:
            self._store.remove(entry)
        self.refresh()
        self._undo_notice.offer(lambda: self._restore(entries), "The history was deleted.")
        find("pad").focus()

    def _restore(self, entries):
        self._store.restore(entries)
        self.refresh()


def _names_of(entry):
    """Return an entry's label in the list, and what its two buttons do."""
    if entry["label"] is None:
        return UNREAD, translate("Back to the unread entry"), translate("Delete the unread entry")
    label = " ".join(str(entry["label"]).split())
    share = messages.probability(entry["confidence"])
    name = translate("Back to {label}, {share}", label=label, share=share)
    return label, name, translate("Delete {label}", label=label)


def _is_same(known, entry):
    """Return whether two entries hold the same drawing or picture, read in the same mode."""
    is_drawing = "drawing" in entry
    same = known.get("drawing") == entry["drawing"] if is_drawing else "picture" in known
    alike = known.get("mode", entry["mode"]) == entry["mode"]
    return (
        same and alike and known["number"] == entry["number"] and known["label"] == entry["label"]
    )


def _row_of(entry):
    return find("history").querySelector(f'[data-entry="{entry["id"]}"]')

"""Keep the entries of the history in the browser.

Each has a key of its own, so that a new stroke does not write all of them anew.
"""

from ui.browser import storage

MAX_ENTRIES = 60  # more would fill the browser's room for a page
ORDER = "history"


class HistoryStore:
    """Entries as JSON can hold them, each with an `id`, the newest first."""

    def __init__(self):
        order = storage.load(ORDER, [])
        found = [storage.load(_key(name)) for name in order]
        self.entries = [entry for entry in found if entry is not None]
        self._kept = {entry["id"] for entry in self.entries}

    def find(self, name: str):
        """Return the entry with an id, or None."""
        return next((entry for entry in self.entries if entry["id"] == name), None)

    def put(self, entry: dict) -> None:
        """Add an entry, or replace the one with the same id."""
        self._merge_other_tabs()
        known = self.find(entry["id"])
        if known is None:
            self.entries.insert(0, entry)
        else:
            self.entries[self.entries.index(known)] = entry
        while len(self.entries) > MAX_ENTRIES:
            self.remove(self.entries[-1])
        while not storage.save(_key(entry["id"]), entry) and len(self.entries) > 1:
            self.remove(self.entries[-1])  # make room
        self._save_order()

    def remove(self, entry: dict) -> None:
        """Delete an entry."""
        self._merge_other_tabs()
        self.entries = [other for other in self.entries if other["id"] != entry["id"]]
        storage.remove(_key(entry["id"]))
        self._save_order()

    def restore(self, entries: list) -> None:
        """Put deleted entries back in their places."""
        for entry in entries:
            self.put(entry)
        self.entries.sort(key=lambda entry: -float(entry["id"]))  # ids are times
        self._save_order()

    def _merge_other_tabs(self):
        """Take over what another tab with this page has kept or removed."""
        order = storage.load(ORDER, [])
        here = {entry["id"]: entry for entry in self.entries}
        unkept = [entry for entry in self.entries if entry["id"] not in self._kept]
        kept = [here.get(name) or storage.load(_key(name)) for name in order]
        self.entries = unkept + [entry for entry in kept if entry is not None]

    def _save_order(self):
        order = [entry["id"] for entry in self.entries]
        if storage.save(ORDER, order):
            self._kept = set(order)


def _key(name):
    return f"{ORDER}.{name}"

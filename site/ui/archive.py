"""The entries of the history, as the browser keeps them: each under a key of its own, so that a
new stroke does not write them all anew."""

from ui import store

MOST = 60  # entries: beyond that the browser's room for a page would fill up
ORDER = "history"


class Archive:
    """Plain entries with an `id`, the newest first."""

    def __init__(self):
        order = store.load(ORDER, [])
        found = [store.load(_key(name)) for name in order]
        self.entries = [entry for entry in found if entry is not None]

    def find(self, name: str):
        """The entry with an id, or None."""
        return next((entry for entry in self.entries if entry["id"] == name), None)

    def put(self, entry: dict) -> None:
        """Add an entry, or put it in place of the one with the same id."""
        known = self.find(entry["id"])
        if known is None:
            self.entries.insert(0, entry)
        else:
            self.entries[self.entries.index(known)] = entry
        while len(self.entries) > MOST:
            self.remove(self.entries[-1])
        while not store.save(_key(entry["id"]), entry) and len(self.entries) > 1:
            self.remove(self.entries[-1])  # there is no room for the oldest
        self._keep_order()

    def remove(self, entry: dict) -> None:
        """Forget an entry."""
        self.entries.remove(entry)
        store.remove(_key(entry["id"]))
        self._keep_order()

    def _keep_order(self):
        store.save(ORDER, [entry["id"] for entry in self.entries])


def _key(name):
    return f"{ORDER}.{name}"

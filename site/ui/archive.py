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
        self._kept = {entry["id"] for entry in self.entries}

    def find(self, name: str):
        """The entry with an id, or None."""
        return next((entry for entry in self.entries if entry["id"] == name), None)

    def put(self, entry: dict) -> None:
        """Add an entry, or put it in place of the one with the same id."""
        self._join()
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
        self._join()
        self.entries = [other for other in self.entries if other["id"] != entry["id"]]
        store.remove(_key(entry["id"]))
        self._keep_order()

    def _join(self):
        """Take over what another tab with this page has kept or removed meanwhile."""
        order = store.load(ORDER, [])
        here = {entry["id"]: entry for entry in self.entries}
        unkept = [entry for entry in self.entries if entry["id"] not in self._kept]
        kept = [here.get(name) or store.load(_key(name)) for name in order]
        self.entries = unkept + [entry for entry in kept if entry is not None]

    def _keep_order(self):
        order = [entry["id"] for entry in self.entries]
        if store.save(ORDER, order):
            self._kept = set(order)


def _key(name):
    return f"{ORDER}.{name}"

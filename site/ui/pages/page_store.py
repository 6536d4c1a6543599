"""Keep pages across reloads, in this browser on this device.

Files are too large for localStorage, and IndexedDB may throw where MicroPython cannot catch it. So
the browser's Cache Storage is used, whose functions return promises.
"""

import json

import js
from pyscript.ffi import to_js

from ui.browser import storage

STATE = "pages.json"
COUNT = "pages"  # in localStorage: how many pages are kept, for the link in the navigation


def kept_count() -> int:
    """Return how many pages are kept."""
    return storage.load(COUNT, 0)


class PageStore:
    """Keeps named blobs, and one value as JSON. A browser that keeps nothing loses them."""

    def __init__(self):
        self._base = str(js.URL.new("./", js.document.baseURI).href)
        self.works = hasattr(js, "caches")  # only on secure pages

    async def load(self) -> list:
        """Return the pages that are kept, as `save` was given them; [] if there are none."""
        blob = await self.blob(STATE)
        return json.loads(str(await blob.text())) if blob is not None else []

    async def save(self, pages: list) -> bool:
        """Keep the pages; return whether that worked."""
        text = json.dumps(pages)
        storage.save(COUNT, len(pages))
        return await self.put(STATE, js.Blob.new(to_js([text])))

    async def put(self, name: str, blob) -> bool:
        """Keep a blob under a name; return whether that worked."""
        try:
            cache = await self._open()
            await cache.put(self._address(name), js.Response.new(blob))
        except Exception as error:  # no room, or not allowed
            js.console.info(str(error))
            self.works = False
        return self.works

    async def blob(self, name: str):
        """Return the blob kept under a name; None if there is none."""
        try:
            cache = await self._open()
            response = await cache.match(self._address(name))
            return await response.blob() if hasattr(response, "blob") else None
        except Exception as error:
            js.console.info(str(error))
            return None

    async def remove(self, names: list) -> None:
        """Forget some blobs."""
        try:
            cache = await self._open()
            for name in names:
                await cache.delete(self._address(name))
        except Exception as error:
            js.console.info(str(error))

    async def _open(self):
        return await js.caches.open(f"inkling pages {self._base}")

    def _address(self, name):
        return f"{self._base}kept/{name}"

"""Say whether the page works offline, and offer a new version. service-worker.js does the work.

A new version replaces the page only when the person says so. No stroke is lost by that, as the
drawing outlives a reload.
"""

import js
from pyscript.ffi import to_js

from ui.browser import storage
from ui.browser.dom import find, on, set_text
from ui.browser.i18n import translate
from ui.browser.scheduling import start
from ui.browser.site_files import CHECKS, SiteFileError, fetch_file

WORKER = "service-worker.js"
# Compare with the host's service-worker.js, not with the browser's cached copy.
FROM_HOST = to_js({"updateViaCache": "none"})

# Files whose compiled form a browser can cache.
COMPILED = ("./runtime/pyodide/pyodide.asm.wasm", "./runtime/micropython/micropython.wasm")

COPYING = "Saving a copy for offline use."
COPIED = "Works offline."
NOT_COPIED = {
    "insecure": "Not available offline: the address of this site is not secure (https).",
    "forbidden": "Not available offline: this browser does not allow it here, "
    "as in a private window.",
    "full": "Not available offline: this device has no room for it.",
    "broken": "Not available offline: {file} did not arrive intact. The next visit tries again.",
}
NOT_STORED = (
    "This browser has no room for drawings, or keeps none: "
    "the drawing on the pad may be gone after a reload."
)
NEW_VERSION = "A new version is ready."
OTHER_TABS = "A new version is ready: close the other tabs with this page, then reload."


class Offline:
    """The line that says whether the page works offline, and the button for a new version."""

    def __init__(self):
        self._shown = {}  # element's id -> (text, facts), for a change of language
        self._registration = None
        self._is_updating = False
        on(find("renew"), "click", lambda _: self._update())
        storage.refused.connect(lambda: self._show_text("storage", NOT_STORED))

    def begin(self, version: str) -> None:
        """Have the page kept; version: of the files that this page was loaded from."""
        start(self._register(version))

    def refresh(self) -> None:
        """Show the same in the present language."""
        for name, (text, facts) in self._shown.items():
            set_text(find(name), translate(text, **facts))

    async def _register(self, version):
        if not js.isSecureContext:
            self._show_text("offline", NOT_COPIED["insecure"])
            return
        try:
            container = js.navigator.serviceWorker
            on(container, "message", self._on_message)
            on(container, "controllerchange", lambda _: self._on_controller())
            if not container.controller:  # later the browser checks for updates by itself
                for script in (WORKER, CHECKS):
                    await fetch_file(script, "text")
            self._registration = await container.register("./" + WORKER, FROM_HOST)
            on(self._registration, "updatefound", lambda _: self._watch_install())
        except SiteFileError as failure:
            self._show_text("offline", NOT_COPIED["broken"], file=failure.facts["file"])
            return
        except Exception as error:  # this browser has no service workers, or allows none
            js.console.info(str(error))
            self._show_text("offline", NOT_COPIED["forbidden"])
            return
        self._show_state()
        self._watch_install()
        ready = await container.ready
        if not container.controller:  # a first visit: from now on its files come from the copy
            ready.active.postMessage(version)

    def _watch_install(self):
        worker = self._registration.installing
        if worker:
            on(worker, "statechange", lambda _: self._show_state())

    def _show_state(self):
        if not self._registration.active:
            if self._registration.installing:
                self._show_text("offline", COPYING)
            return
        self._show_text("offline", COPIED)
        if self._registration.waiting:  # on a first visit too, but then none is active yet
            self._show_text("renewal-said", NEW_VERSION)
            find("renew").hidden = False

    def _on_message(self, event):
        if not hasattr(event.data, "offline"):
            return
        problem = event.data.offline
        if problem.kind == "others":
            self._show_text("renewal-said", OTHER_TABS)
        elif not self._registration.active:  # else the older copy is still in use
            self._show_text("offline", NOT_COPIED[problem.kind], file=str(problem.file))

    def _update(self):
        self._is_updating = True
        waiting = self._registration.waiting
        if waiting:
            waiting.postMessage("take over")
        else:  # another tab has made it take over already
            js.location.reload()

    def _on_controller(self):
        if self._is_updating:
            js.location.reload()
        elif hasattr(js.navigator, "userAgentData"):  # only in Chromium
            start(_compile_from_copy())

    def _show_text(self, name, text, **facts):
        self._shown[name] = (text, facts)
        set_text(find(name), translate(text, **facts))


async def _compile_from_copy():
    """Have Chromium cache the compiled form of the copied files for the next visit.

    Otherwise it does so on the second visit, for the third. Python then starts in less than half
    the time.
    """
    try:
        for address in COMPILED:
            await js.WebAssembly.compileStreaming(js.fetch(address))
    except Exception as error:  # the next visit is only slower
        js.console.debug(str(error))

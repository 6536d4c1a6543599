"""Keeping the page for use without a connection: says how that stands, and offers a new version.

service-worker.js does the keeping. A new version is only ever offered: it takes the page's place
when the person says so, and no stroke is lost by that, as the drawing outlives a reload.
"""

import asyncio

import js
from pyscript.ffi import to_js

from ui import store
from ui.dom import find, on, say
from ui.language import say as translated
from ui.whole import NotWholeError, fetched

WORKER = "service-worker.js"
# Ask the host itself whether there is something new, not the browser's memory of it.
ANEW = to_js({"updateViaCache": "none"})

# What a browser can keep compiled beside the copy of its bytes.
COMPILED = ("./runtime/pyodide/pyodide.asm.wasm", "./runtime/micropython/micropython.wasm")

KEEPING = "Keeping a copy for use offline."
KEPT = "Ready to be used offline."
NOT_KEPT = {
    "insecure": "Cannot be kept for use offline: the address of this site is not secure (https).",
    "forbidden": "Cannot be kept for use offline: this browser does not allow it here, "
    "as in a private window.",
    "full": "Cannot be kept for use offline: there is no room for it on this device.",
    "broken": "Not kept for use offline: {file} did not arrive as it should. "
    "The next visit tries again.",
}
FORGETFUL = (
    "This browser has no room for drawings, or keeps none: "
    "what is on the pad may be gone after a reload."
)
OFFERED = "A new version is ready."
OTHERS = "A new version is ready: close the other tabs with this page, then reload."


class Offline:
    """The line that says whether the page works offline, and the offer of a new version."""

    def __init__(self):
        self._said = {}  # element's id -> (text, facts), to be said anew in another language
        self._registration = None
        self._renewing = False
        on(find("renew"), "click", lambda _: self._renew())
        store.refusals.append(lambda: self._say("storage", FORGETFUL))

    def begin(self, version: str) -> None:
        """Have the page kept; version: of the files that this page was loaded from."""
        asyncio.create_task(self._begin(version))  # noqa: RUF006 - held by its loop

    def again(self) -> None:
        """Say everything anew, as when the language has changed."""
        for name, (text, facts) in self._said.items():
            say(find(name), translated(text, **facts))

    async def _begin(self, version):
        if not js.isSecureContext:
            self._say("offline", NOT_KEPT["insecure"])
            return
        try:
            keeper = js.navigator.serviceWorker
            on(keeper, "message", self._hear)
            on(keeper, "controllerchange", lambda _: self._changed())
            if not keeper.controller:  # later on the browser asks for a new one by itself
                await fetched(WORKER, "text")
            self._registration = await keeper.register("./" + WORKER, ANEW)
            on(self._registration, "updatefound", lambda _: self._watch())
        except NotWholeError as failure:
            self._say("offline", NOT_KEPT["broken"], file=failure.facts["file"])
            return
        except Exception as error:  # none in this browser, or none allowed
            js.console.info(str(error))
            self._say("offline", NOT_KEPT["forbidden"])
            return
        self._show()
        self._watch()
        ready = await keeper.ready
        if not keeper.controller:  # a first visit: from now on its files, too, come from the copy
            ready.active.postMessage(version)

    def _watch(self):
        coming = self._registration.installing
        if coming:
            on(coming, "statechange", lambda _: self._show())

    def _show(self):
        """Say how the registration stands."""
        if not self._registration.active:
            if self._registration.installing:
                self._say("offline", KEEPING)
            return
        self._say("offline", KEPT)
        if self._registration.waiting:  # on a first visit, too, but then nothing is active yet
            self._say("renewal-said", OFFERED)
            find("renew").hidden = False

    def _hear(self, event):
        if not hasattr(event.data, "offline"):
            return
        problem = event.data.offline
        if problem.kind == "others":
            self._say("renewal-said", OTHERS)
        elif not self._registration.active:  # else the copy that there is goes on being used
            self._say("offline", NOT_KEPT[problem.kind], file=str(problem.file))

    def _renew(self):
        self._renewing = True
        waiting = self._registration.waiting
        if waiting:
            waiting.postMessage("take over")
        else:  # it has taken over since, as by another tab's doing
            js.location.reload()

    def _changed(self):
        if self._renewing:
            js.location.reload()
        elif hasattr(js.navigator, "userAgentData"):  # Chromium alone has it
            asyncio.create_task(_have_compiled())  # noqa: RUF006 - held by its loop

    def _say(self, name, text, **facts):
        self._said[name] = (text, facts)
        say(find(name), translated(text, **facts))


async def _have_compiled():
    """From now on files come from the copy: have Chromium compile them from there, too.

    It knows that they are compiled already, and puts that beside the copy; else it would do so at
    the second visit only, for the third. Python starts in less than half of the time then.
    """
    try:
        for address in COMPILED:
            await js.WebAssembly.compileStreaming(js.fetch(address))
    except Exception as error:  # it was for the next visit's sake alone
        js.console.debug(str(error))

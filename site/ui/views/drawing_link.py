"""Share a drawing as a link that holds it, and open such a link.

What follows the # in an address stays in the browser: the drawing is sent nowhere.
"""

import js

from ui.browser import messages
from ui.browser.dom import find, on
from ui.browser.i18n import translate
from ui.browser.scheduling import start
from ui.pad.strokes import Drawing
from ui.reading import answer
from ui.worker.bridge import WorkerError

INK = "#ink="


class DrawingLink:
    """The button that copies a link, and the link in the address."""

    def __init__(self, later, app, pad):
        self._later = later
        self._app = app
        self._pad = pad
        on(find("copy-link"), "click", lambda _: start(self._copy()))
        on(js.window, "hashchange", lambda _: self.open())
        app.content_changed.connect(self._update)

    def open(self) -> None:
        """Put the drawing of the address on the pad, if it holds one."""
        link = str(js.location.hash)
        if link.startswith(INK):
            # The link has done its part: a reload shows what was drawn since.
            js.history.replaceState(None, "", "#read")
            start(self._open(link[len(INK) :]))

    def _update(self):
        content = self._pad.content
        find("copy-link").disabled = not (isinstance(content, Drawing) and content)

    async def _open(self, text):
        codec = await self._codec()
        drawing = codec.decode(text) if codec else None
        if drawing is not None:
            self._app.show_drawing(drawing)
        elif codec:
            answer.set_remark(translate("The link does not hold a drawing of this page."))

    async def _copy(self):
        codec = await self._codec()
        if not codec:
            return
        address = str(js.location.href).split("#")[0] + INK + codec.encode(self._pad.content)
        try:
            await js.navigator.clipboard.writeText(address)
            answer.set_remark(translate("The link is copied. It holds the drawing itself."))
        except Exception:  # not allowed, or not on a secure page: it can be copied from there
            js.history.replaceState(None, "", address)
            answer.set_remark(translate("The link is in the address bar."))

    async def _codec(self):
        """Return the module that writes and reads links; None, after saying why, without it."""
        try:
            await self._later.load()
        except WorkerError as failure:
            answer.set_remark(messages.failure(failure.kind, failure.facts))
            return None
        from ui.learn import ink_link

        return ink_link

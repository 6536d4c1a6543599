"""Open the frame around a part of the picture on the pad; its modules come on first use."""

import js
from pyscript.ffi import create_proxy

from ui.browser import messages
from ui.browser.dom import find, on
from ui.browser.scheduling import start
from ui.reading import answer
from ui.worker.bridge import WorkerError


class PartChooser:
    """The button that opens the frame, and the frame while it is open."""

    def __init__(self, later, app, pad):
        self._later = later
        self._app = app
        self._pad = pad
        self._frame = None
        on(find("crop"), "click", lambda _: start(self._open()))
        app.content_changed.connect(self._close_if_gone)
        js.ResizeObserver.new(create_proxy(lambda *_: self.refresh())).observe(pad.canvas)

    def refresh(self) -> None:
        """Show the frame at the pad's present size."""
        if self._frame is not None and self._frame.is_open:
            self._frame.refresh()

    async def _open(self):
        picture = self._pad.content
        try:
            await self._later.load()
        except WorkerError as failure:
            answer.set_remark(messages.failure(failure.kind, failure.facts))
            return
        if self._pad.content is not picture:
            return
        from ui.pages.crop_frame import CropFrame

        self._close()
        self._frame = CropFrame(picture, self._app.open_picture)

    def _close_if_gone(self):
        if self._frame is not None and self._frame.picture is not self._pad.content:
            self._close()

    def _close(self):
        if self._frame is not None:
            self._frame.close()
            self._frame = None

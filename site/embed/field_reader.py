"""Read what the number fields of another page ask: the program of the hidden frame, embed.html.

guard.js has checked who asks. The worker is the page's. It is started at once, as the frame is made
when a person begins to write.
"""

import js
from pyscript.ffi import create_proxy

import ui.unpack  # noqa: F401 - it unpacks the modules imported below
from ui.browser.scheduling import start
from ui.reading.line_model import LineModel
from ui.worker.bridge import Bridge, WorkerError

MAX_DEATHS = 2  # in a row, without a reading in between: then a restart does not help


class Frame:
    """Starts the worker, and again when it has died; answers one question after another."""

    def __init__(self):
        self._bridge = Bridge()
        self._line_model = LineModel(self._bridge)
        self._deaths = 0
        self._bridge.died.connect(self._restart)

    async def begin(self) -> None:
        """Start the worker, then tell the page that it can ask."""
        self._bridge.listen(self._on_boot)
        try:
            await self._bridge.start()
            await self._line_model.send()
        except WorkerError as failure:
            self._fail(failure)
            return
        js.embed.tell("ready")

    async def answer(self, number, image) -> None:
        """Read an image; its text is "" if nothing was read."""
        text, confidence = "", 0
        try:
            reading = await self._bridge.call("read_canvas", image, "number")
            self._deaths = 0
            if hasattr(reading, "text"):
                text, confidence = reading.text, reading.confidence
        except WorkerError as failure:
            js.console.info(str(failure))
        js.embed.answer(number, text, confidence)

    def _on_boot(self, boot):
        if boot.problem:
            self._fail(WorkerError(boot.problem.kind))

    def _restart(self, failure):
        self._deaths += 1
        if self._deaths > MAX_DEATHS:
            self._bridge.end()
            self._fail(failure)
            return
        self._bridge.restart()
        start(self.begin())

    def _fail(self, failure):
        js.console.info(str(failure))
        self._bridge.give_up(failure)
        js.embed.tell("failed")


if hasattr(js, "embed"):  # else the document was opened by itself
    frame = Frame()
    js.embed.begin(create_proxy(lambda number, image: start(frame.answer(number, image))))
    start(frame.begin())

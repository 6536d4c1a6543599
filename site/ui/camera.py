"""Takes a photograph with the device's camera."""

import asyncio

import js
from pyscript import document
from pyscript.ffi import to_js

from ui import answer
from ui.dom import find, on
from ui.language import say
from ui.picture import blob_of, from_blob

WANTED = {"video": {"facingMode": "environment", "width": {"ideal": 1280}}}
NONE_FOUND = "No camera was found; open a photo instead."
REFUSALS = {
    "NotAllowedError": "The camera was not allowed; allow it in the browser's settings for this "
    "page, or open a photo.",
    "NotFoundError": NONE_FOUND,
    "OverconstrainedError": NONE_FOUND,  # WebKit says so though all is but wished for
    "NotReadableError": "Another program is using the camera; close it, or open a photo.",
}
NO_CAMERA = "The camera cannot be used here; open a photo instead."


class Camera:
    """A dialog with what the camera sees; the camera is on only while it is open."""

    def __init__(self, desk):
        self._desk = desk
        self._stream = None
        self._dialog = find("viewfinder")
        self._video = self._dialog.querySelector("video")
        on(find("camera"), "click", self._begin)
        on(find("take"), "click", lambda _: self._run(self._take()))
        on(find("no-photo"), "click", lambda _: self._dialog.close())
        on(self._dialog, "close", lambda _: self._stop())

    def _begin(self, _):
        self._run(self._open())

    def _run(self, doing):
        asyncio.create_task(doing)  # noqa: RUF006 - this interpreter holds its tasks

    async def _open(self):
        if not hasattr(js.navigator, "mediaDevices"):  # not a secure page
            answer.remark(say(NO_CAMERA))
            return
        try:
            self._stream = await js.navigator.mediaDevices.getUserMedia(to_js(WANTED))
        except Exception as error:
            answer.remark(say(_refusal(str(error))))
            return
        self._video.srcObject = self._stream
        self._dialog.showModal()
        await self._video.play()

    async def _take(self):
        canvas = document.createElement("canvas")
        canvas.width = self._video.videoWidth
        canvas.height = self._video.videoHeight
        canvas.getContext("2d").drawImage(self._video, 0, 0)
        self._dialog.close()
        blob = await blob_of(canvas)
        await self._desk.open(from_blob(say("Photo"), blob))

    def _stop(self):
        if self._stream is not None:
            for track in self._stream.getTracks():
                track.stop()
            self._stream = None


def _refusal(error):
    return next((REFUSALS[name] for name in REFUSALS if name in error), NO_CAMERA)

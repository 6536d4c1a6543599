"""Take a photograph with the device's camera."""

import js
from pyscript import document
from pyscript.ffi import to_js

from ui.browser.dom import find, on
from ui.browser.i18n import translate
from ui.browser.scheduling import start
from ui.pad.picture import blob_from_canvas, picture_from_blob
from ui.reading import answer

WANTED = {"video": {"facingMode": "environment", "width": {"ideal": 1280}}}
NONE_FOUND = "No camera was found; open a photo instead."
REFUSALS = {
    "NotAllowedError": "The camera was not allowed; allow it in the browser's settings for this "
    "page, or open a photo.",
    "NotFoundError": NONE_FOUND,
    "OverconstrainedError": NONE_FOUND,  # from WebKit, though WANTED demands nothing
    "NotReadableError": "Another program is using the camera; close it, or open a photo.",
}
NO_CAMERA = "The camera cannot be used here; open a photo instead."


class Camera:
    """A dialog that shows the camera's picture; the camera is on only while it is open.

    open_picture: async function that has a Picture read and puts it on the pad.
    """

    def __init__(self, open_picture):
        self._open_picture = open_picture
        self._stream = None
        self._dialog = find("viewfinder")
        self._video = self._dialog.querySelector("video")
        on(find("camera"), "click", lambda _: start(self._open()))
        on(find("take"), "click", lambda _: start(self._take()))
        on(find("no-photo"), "click", lambda _: self._dialog.close())
        on(self._dialog, "close", lambda _: self._stop())

    async def _open(self):
        if not hasattr(js.navigator, "mediaDevices"):  # not a secure page
            answer.set_remark(translate(NO_CAMERA))
            return
        try:
            self._stream = await js.navigator.mediaDevices.getUserMedia(to_js(WANTED))
        except Exception as error:
            answer.set_remark(translate(_refusal(str(error))))
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
        blob = await blob_from_canvas(canvas)
        await self._open_picture(picture_from_blob(translate("Photo"), blob))

    def _stop(self):
        if self._stream is not None:
            for track in self._stream.getTracks():
                track.stop()
            self._stream = None


def _refusal(error):
    return next((REFUSALS[name] for name in REFUSALS if name in error), NO_CAMERA)

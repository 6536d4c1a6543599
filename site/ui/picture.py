"""A picture that lies on the sheet in place of a drawing."""

import js
from pyscript import document
from pyscript.ffi import create_proxy

from ui import paint


class Picture:
    """name: of the file, or where it comes from. question: an async function that gives what the
    worker is asked to read it: a function's name and the arguments. truth: the digit that it is
    known to be, or None. entry: which entry of the history is its."""

    def __init__(self, name: str, question, truth=None, entry=None):
        self.name = name
        self.question = question
        self.truth = truth
        self.entry = entry
        self.canvas = None
        self.box = None

    def __bool__(self):
        return True

    def take(self, reading) -> "Picture":
        """Keep what a reading has brought: the picture itself, and the box of what was read."""
        self.canvas = _as_canvas(reading.preview)
        self._scale = reading.preview.scale
        self.box = list(reading.box) if hasattr(reading, "box") else None
        return self

    def draw(self, context, accent: str, window: tuple) -> None:
        """Draw it as large as fits a window, with a frame around the one digit that was read."""
        left, top, scale = self._place(window)
        width, height = self.canvas.width * scale, self.canvas.height * scale
        context.imageSmoothingEnabled = scale < 2  # 28 pixels are shown as 28 pixels
        context.drawImage(self.canvas, left, top, width, height)
        if self.box:
            x0, y0, x1, y1 = self.on_sheet(self.box, window)
            context.strokeStyle = accent
            context.lineWidth = 2
            context.strokeRect(x0, y0, x1 - x0, y1 - y0)

    def on_sheet(self, box, window: tuple) -> list:
        """A box of the picture as it was read, in the sheet's units."""
        left, top, scale = self._place(window)
        x0, y0, x1, y1 = (edge * self._scale * scale for edge in box)
        return [left + x0, top + y0, left + x1, top + y1]

    def _place(self, window):
        left, top, width, height = window
        scale = min(width / self.canvas.width, height / self.canvas.height)
        left += (width - self.canvas.width * scale) / 2
        top += (height - self.canvas.height * scale) / 2
        return left, top, scale


def from_blob(name: str, blob, entry=None) -> Picture:
    """A picture from a file or a blob, whose bytes are fetched when they are needed."""

    async def question():
        return "read_file", js.Uint8Array.new(await blob.arrayBuffer())

    return Picture(name, question, entry=entry)


async def canvas_of(address: str):
    """A canvas with the picture at an address, of its own size."""
    image = document.createElement("img")
    image.src = address
    await image.decode()
    canvas = document.createElement("canvas")
    canvas.width = image.naturalWidth
    canvas.height = image.naturalHeight
    canvas.getContext("2d").drawImage(image, 0, 0)
    return canvas


async def blob_of(canvas):
    """What is on a canvas as a PNG file."""
    return await js.Promise.new(create_proxy(lambda resolve, _: canvas.toBlob(resolve)))


def _as_canvas(preview):
    canvas = document.createElement("canvas")
    paint.put(canvas, preview)
    return canvas

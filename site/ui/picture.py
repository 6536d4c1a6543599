"""A picture that lies on the sheet in place of a drawing."""

import js
from pyscript import document

from ui.sheet import SIDE


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
        preview = reading.preview
        if self.canvas is None:
            self.canvas = _as_canvas(preview)
        box = reading.box if hasattr(reading, "box") else None
        self.box = [edge * preview.scale for edge in box] if box else None
        return self

    def draw(self, context, accent: str) -> None:
        """Draw it as large as fits a square of SIDE, with a frame around what was read."""
        scale = SIDE / max(self.canvas.width, self.canvas.height)
        width, height = self.canvas.width * scale, self.canvas.height * scale
        left, top = (SIDE - width) / 2, (SIDE - height) / 2
        context.imageSmoothingEnabled = scale < 2  # 28 pixels are shown as 28 pixels
        context.drawImage(self.canvas, left, top, width, height)
        if self.box:
            x0, y0, x1, y1 = (edge * scale for edge in self.box)
            context.strokeStyle = accent
            context.lineWidth = 2
            context.strokeRect(left + x0, top + y0, x1 - x0, y1 - y0)


def from_blob(name: str, blob, entry=None) -> Picture:
    """A picture from a file or a blob, whose bytes are fetched when they are needed."""

    async def question():
        return "read_file", js.Uint8Array.new(await blob.arrayBuffer())

    return Picture(name, question, entry=entry)


def _as_canvas(preview):
    canvas = document.createElement("canvas")
    canvas.width = preview.width
    canvas.height = preview.height
    pixels = js.Uint8ClampedArray.new(preview.pixels)
    image = js.ImageData.new(pixels, preview.width, preview.height)
    canvas.getContext("2d").putImageData(image, 0, 0)
    return canvas

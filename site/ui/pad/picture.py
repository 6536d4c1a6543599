"""Hold a picture that lies on the pad in place of a drawing."""

import js
from pyscript import document
from pyscript.ffi import create_proxy

from ui.browser import masks


class Picture:
    """A picture to be read, and after its reading its preview.

    name: of the file, or where it comes from.
    question: async function; returns the worker's function to call and its argument.
    truth: the known digit, or None.
    entry: id of its entry in the history, or None.
    quarters: by how many quarters it is turned clockwise, 0 to 3.
    part: the part to read, [degrees, left, top, right, bottom]: after the quarters it is turned
        clockwise by the degrees about its middle; the edges are shares, 0 to 1, of the upright
        rectangle that then encloses it. Or x and y of a page's four corners, clockwise from the
        top left, as shares of the picture after the quarters. [] for all of it.
    ink: "dark" or "light" against its paper, as a person has said; "" as it seems.
    whole: its preview before a part was cut out, as (canvas, quarters); None if there is no part.
    """

    def __init__(self, name: str, question, truth=None, entry=None, quarters=0):
        self.name = name
        self.question = question
        self.truth = truth
        self.entry = entry
        self.quarters = quarters
        self.part = []
        self.whole = None
        self.ink = ""
        self.deadly = False
        self.canvas = None
        self.box = None

    def __bool__(self):
        return True

    def turned(self) -> "Picture":
        """Return the same picture, or the same part of it, turned clockwise by a quarter more."""
        quarters = (self.quarters + 1) % 4
        picture = Picture(self.name, self.question, self.truth, self.entry, quarters)
        picture.whole = self.whole
        picture.ink = self.ink
        if len(self.part) == 8:  # x becomes 1 - y, y becomes x; the lower left corner comes first
            x = self.part[::2]
            y = self.part[1::2]
            for corner in (3, 0, 1, 2):
                picture.part += [1 - y[corner], x[corner]]
        elif self.part:
            degrees, left, top, right, bottom = self.part
            picture.part = [degrees, 1 - bottom, left, 1 - top, right]
        return picture

    def cut(self, part: list, quarters: int) -> "Picture":
        """Return the picture turned and with another part to be read, [] for all of it."""
        picture = Picture(self.name, self.question, self.truth, quarters=quarters)
        picture.part = part
        picture.ink = self.ink
        picture.whole = (self.whole or (self.canvas, self.quarters)) if part else None
        return picture

    def inked(self, ink: str) -> "Picture":
        """Return the same picture, to be read with "dark" or "light" ink."""
        picture = self.cut(self.part, self.quarters)
        picture.entry = self.entry
        picture.whole = self.whole
        picture.ink = ink
        return picture

    def keep_preview(self, reading) -> None:
        """Keep the preview in a reading, and the box of the one digit that was read."""
        self.canvas = document.createElement("canvas")
        masks.show_picture(self.canvas, reading.preview)
        self._scale = reading.preview.scale
        self.box = list(reading.box) if hasattr(reading, "box") else None

    def draw(self, context, accent: str, viewport: tuple) -> None:
        """Draw it as large as fits a viewport, with a frame around the one digit read."""
        left, top, scale = self._place(viewport)
        width, height = self.canvas.width * scale, self.canvas.height * scale
        context.imageSmoothingEnabled = scale < 2  # else single pixels are to be seen
        context.drawImage(self.canvas, left, top, width, height)
        if self.box:
            x0, y0, x1, y1 = self.to_pad_units(self.box, viewport)
            context.strokeStyle = accent
            context.lineWidth = 2
            context.strokeRect(x0, y0, x1 - x0, y1 - y0)

    def to_pad_units(self, box, viewport: tuple) -> list:
        """Convert a box (left, top, right, bottom) from picture pixels to the pad's units."""
        left, top, scale = self._place(viewport)
        x0, y0, x1, y1 = (edge * self._scale * scale for edge in box)
        return [left + x0, top + y0, left + x1, top + y1]

    def _place(self, viewport):
        left, top, width, height = viewport
        scale = min(width / self.canvas.width, height / self.canvas.height)
        left += (width - self.canvas.width * scale) / 2
        top += (height - self.canvas.height * scale) / 2
        return left, top, scale


def picture_from_blob(name: str, blob, entry=None) -> Picture:
    """Return a picture from a file or a blob; its bytes are read when the worker is asked."""

    async def question():
        return "read_file", js.Uint8Array.new(await blob.arrayBuffer())

    return Picture(name, question, entry=entry)


async def canvas_from_address(address: str):
    """Return a canvas with the picture at an address, in its own size."""
    image = document.createElement("img")
    image.src = address
    await image.decode()
    canvas = document.createElement("canvas")
    canvas.width = image.naturalWidth
    canvas.height = image.naturalHeight
    canvas.getContext("2d").drawImage(image, 0, 0)
    return canvas


async def blob_from_canvas(canvas):
    """Return a canvas's content as the blob of a PNG file."""
    return await js.Promise.new(create_proxy(lambda resolve, _: canvas.toBlob(resolve)))

"""A pad for notebooks: draw in Jupyter, and get what was read in Python. No network is needed.

pad = Pad()
pad            # shows it; then, in a later cell:
pad.digit, pad.reading.text

It needs anywidget: `pip install 'inkling-reader[widget]'`.
"""

from pathlib import Path
from typing import Any

import anywidget
import traitlets
from PIL import Image, ImageDraw

from .output import said
from .reader import Reader
from .results import Digit, Reading

WIDTH, HEIGHT = 320, 280  # pixels of the pad
PEN = 14  # pixels: of the width that the network has seen most, in a digit as high as the pad
PAPER, INK = 255, 17  # lightness


class Pad(anywidget.AnyWidget):  # type: ignore[misc]  # the library's class has no hints
    """A pad that reads the drawing on it after each stroke.

    strokes: the drawing, lists of points [x, y] in pixels of the pad; setting them draws them.
    reading, digit: what `Reader.read` and `Reader.read_digit` give for it; None while it is empty.
    Both are traits: `pad.observe(function, "reading")` tells of each new one. answer: what the pad
    says below itself.
    """

    _esm = Path(__file__).with_name("widget.js")
    width = traitlets.Int(WIDTH).tag(sync=True)
    height = traitlets.Int(HEIGHT).tag(sync=True)
    pen = traitlets.Int(PEN).tag(sync=True)
    strokes: Any = traitlets.List().tag(sync=True)
    answer = traitlets.Unicode("").tag(sync=True)
    reading = traitlets.Instance(Reading, allow_none=True, read_only=True)
    digit = traitlets.Instance(Digit, allow_none=True, read_only=True)

    def __init__(self, reader: Reader | None = None, **traits: Any) -> None:
        self._reader = reader or Reader.load()
        super().__init__(**traits)
        self.observe(self._read, "strokes")
        self._read()

    def clear(self) -> None:
        """Take everything off the pad."""
        self.strokes = []

    def picture(self) -> Image.Image:
        """Return the drawing, in mode L, (width, height) as the pad."""
        picture = Image.new("L", (self.width, self.height), PAPER)
        drawing = ImageDraw.Draw(picture)
        for stroke in self.strokes:
            points = [(float(x), float(y)) for x, y in stroke]
            drawing.line(points, INK, self.pen, joint="curve")
            for x, y in (points[0], points[-1]):  # round ends, as on the pad; and a dot is one
                radius = self.pen / 2
                drawing.ellipse((x - radius, y - radius, x + radius, y + radius), INK)
        return picture

    def _read(self, _change: Any = None) -> None:
        picture = self.picture()
        drawn = bool(self.strokes)
        reading = self._reader.read(picture) if drawn else None
        self.set_trait("reading", reading)
        self.set_trait("digit", self._reader.read_digit(picture) if drawn else None)
        self.answer = said(reading) if reading else ""

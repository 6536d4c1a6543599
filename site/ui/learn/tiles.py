"""Paint maps laid out in rows, find the value under a pointer, and mark tiles and patches.

A picture comes from worker/learn/layer_values.py: {count, height, width, across, scale, positive,
negative}, its tiles one pixel apart.
"""

import js
from pyscript import document

from ui.browser.dom import css_value

COLOURS = (("positive", "--ink"), ("negative", "--accent"))
GAP = 1


def paint(canvas, picture) -> None:
    """Paint positive values in the ink's colour and negative ones in the accent's."""
    width, height = picture.positive.width, picture.positive.height
    if canvas.width != width or canvas.height != height:
        canvas.width, canvas.height = width, height
    context = canvas.getContext("2d")
    context.clearRect(0, 0, width, height)
    for name, colour in COLOURS:
        context.drawImage(_coloured(getattr(picture, name), colour), 0, 0)


def at(picture, across: float, down: float) -> tuple:
    """Return (tile, row, column) at a point from 0 to 1 across a picture and down it."""
    width, height = picture.positive.width, picture.positive.height
    x = min(max(int(across * width), 0), width - 1)
    y = min(max(int(down * height), 0), height - 1)
    tile = y // (picture.height + GAP) * picture.across + x // (picture.width + GAP)
    row = min(y % (picture.height + GAP), picture.height - 1)
    column = min(x % (picture.width + GAP), picture.width - 1)
    return min(tile, picture.count - 1), row, column


def mark(marker, picture, tile: int, corner=(0, 0), size=None) -> None:
    """Lay an outline over a tile, or over a part of it: corner and size in rows and columns."""
    marker.hidden = size is None and picture.count == 1
    rows, columns = size or (picture.height, picture.width)
    top = tile // picture.across * (picture.height + GAP) + corner[0]
    left = tile % picture.across * (picture.width + GAP) + corner[1]
    width, height = picture.positive.width, picture.positive.height
    for name, part, whole in (
        ("left", left, width),
        ("top", top, height),
        ("width", columns, width),
        ("height", rows, height),
    ):
        marker.style.setProperty(name, f"{100 * part / whole}%")


def _coloured(mask, colour):
    layer = document.createElement("canvas")
    layer.width, layer.height = mask.width, mask.height
    context = layer.getContext("2d")
    pixels = js.Uint8ClampedArray.new(mask.pixels)
    context.putImageData(js.ImageData.new(pixels, mask.width, mask.height), 0, 0)
    context.globalCompositeOperation = "source-in"
    context.fillStyle = css_value(colour)
    context.fillRect(0, 0, mask.width, mask.height)
    return layer

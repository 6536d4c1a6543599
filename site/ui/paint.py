"""Masks from the worker, put onto canvases in the theme's colours."""

import js
from pyscript import document

from ui.dom import style_of


def paint(canvas, mask, width: int, height: int, colour: str = "--ink") -> None:
    """Paint a mask, flat RGBA bytes whose opacity is the ink, over whatever is on the canvas."""
    if canvas.width != width or canvas.height != height:
        canvas.width = width
        canvas.height = height
    layer = document.createElement("canvas")
    layer.width = width
    layer.height = height
    context = layer.getContext("2d")
    image = js.ImageData.new(js.Uint8ClampedArray.new(mask), width, height)
    context.putImageData(image, 0, 0)
    # The mask is black; the theme's colour takes its place wherever there is any.
    context.globalCompositeOperation = "source-in"
    context.fillStyle = style_of(colour)
    context.fillRect(0, 0, width, height)
    canvas.getContext("2d").drawImage(layer, 0, 0)


def put(canvas, picture) -> None:
    """Put a picture {width, height, pixels} of its own colours on a canvas."""
    canvas.width = picture.width
    canvas.height = picture.height
    pixels = js.Uint8ClampedArray.new(picture.pixels)
    image = js.ImageData.new(pixels, picture.width, picture.height)
    canvas.getContext("2d").putImageData(image, 0, 0)


def wipe(canvas) -> None:
    """Make a canvas clear."""
    canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height)

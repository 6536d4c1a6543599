"""Paint masks from the worker onto canvases, in the theme's colours.

A mask is {width, height, pixels}: RGBA bytes, black, with the ink as opacity.
"""

import js
from pyscript import document

from ui.browser.dom import css_value


def paint(canvas, mask, width: int, height: int, colour: str = "--ink") -> None:
    """Paint the pixels of a mask, width x height, over the canvas's content."""
    if canvas.width != width or canvas.height != height:
        canvas.width = width
        canvas.height = height
    layer = document.createElement("canvas")
    layer.width = width
    layer.height = height
    context = layer.getContext("2d")
    image = js.ImageData.new(js.Uint8ClampedArray.new(mask), width, height)
    context.putImageData(image, 0, 0)
    # The theme's colour replaces the mask's black; the opacity stays.
    context.globalCompositeOperation = "source-in"
    context.fillStyle = css_value(colour)
    context.fillRect(0, 0, width, height)
    canvas.getContext("2d").drawImage(layer, 0, 0)


def show_picture(canvas, picture) -> None:
    """Show a picture {width, height, pixels} in its own colours, at its own size."""
    canvas.width = picture.width
    canvas.height = picture.height
    pixels = js.Uint8ClampedArray.new(picture.pixels)
    image = js.ImageData.new(pixels, picture.width, picture.height)
    canvas.getContext("2d").putImageData(image, 0, 0)


def wipe(canvas) -> None:
    """Clear a canvas."""
    canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height)

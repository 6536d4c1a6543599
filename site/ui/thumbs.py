"""Small pictures of what was read, for the history."""

import asyncio

from pyscript import document

from ui import ink
from ui.dom import style_of
from ui.picture import canvas_of
from ui.sheet import SIDE, drawing_from

THUMB = 96  # pixels: as shown, with two to the point
KEPT_PICTURE = 280  # pixels: a picture that outlives a reload is kept at this size


def kept(picture) -> str:
    """A picture as a data address small enough to be kept."""
    side = max(picture.canvas.width, picture.canvas.height)
    scale = min(1, KEPT_PICTURE / side)
    canvas = document.createElement("canvas")
    canvas.width = max(4, round(picture.canvas.width * scale))
    canvas.height = max(4, round(picture.canvas.height * scale))
    canvas.getContext("2d").drawImage(picture.canvas, 0, 0, canvas.width, canvas.height)
    return str(canvas.toDataURL("image/png" if side <= KEPT_PICTURE else "image/jpeg"))


def draw(canvas, entry: dict) -> None:
    """Draw an entry of the history on a canvas of THUMB x THUMB."""
    context = canvas.getContext("2d")
    context.setTransform(THUMB / SIDE, 0, 0, THUMB / SIDE, 0, 0)
    if "drawing" in entry:
        ink.use_ink(context, style_of("--ink"))
        for stroke in drawing_from(entry["drawing"]).strokes:
            ink.draw_stroke(context, stroke)
        return
    asyncio.create_task(_draw_kept(context, entry["picture"]))  # noqa: RUF006 - held by its loop


async def _draw_kept(context, address):
    picture = await canvas_of(address)
    scale = SIDE / max(picture.width, picture.height)
    width, height = picture.width * scale, picture.height * scale
    context.drawImage(picture, (SIDE - width) / 2, (SIDE - height) / 2, width, height)

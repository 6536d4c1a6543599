"""Small pictures of what was read, for the history."""

import asyncio

from pyscript import document

from ui import ink
from ui.dom import style_of
from ui.picture import canvas_of
from ui.sheet import drawing_from
from ui.window import look_through, window_on

THUMB = 96  # pixels of a square's side: as shown, with two to the point
# Pixels: a picture that outlives a reload is kept at this size, of one digit or of a number.
KEPT_SIDES = {False: 280, True: 560}


def is_wide(entry: dict) -> bool:
    """Whether an entry of the history is of what fills a wide pad."""
    return entry.get("number", False) and "drawing" in entry


def kept(picture, as_number: bool) -> str:
    """A picture as a data address small enough to be kept."""
    side = max(picture.canvas.width, picture.canvas.height)
    most = KEPT_SIDES[as_number]
    scale = min(1, most / side)
    canvas = document.createElement("canvas")
    canvas.width = max(4, round(picture.canvas.width * scale))
    canvas.height = max(4, round(picture.canvas.height * scale))
    canvas.getContext("2d").drawImage(picture.canvas, 0, 0, canvas.width, canvas.height)
    return str(canvas.toDataURL("image/png" if side <= most else "image/jpeg"))


def draw(canvas, entry: dict) -> None:
    """Draw an entry of the history on a canvas, THUMB high and as wide as a pad would be."""
    canvas.width = canvas.height = THUMB
    if "drawing" not in entry:
        asyncio.create_task(_draw_kept(canvas, entry["picture"]))  # noqa: RUF006 - held by its loop
        return
    drawing = drawing_from(entry["drawing"], wide=entry.get("wide", False))
    window = window_on(drawing, is_wide(entry))
    canvas.width = round(THUMB * window[2] / window[3])
    context = canvas.getContext("2d")
    look_through(context, window, canvas.width)
    ink.use_ink(context, style_of("--ink"))
    for stroke in drawing.strokes:
        ink.draw_stroke(context, stroke)


async def _draw_kept(canvas, address):
    show(canvas, await canvas_of(address))


def show(canvas, picture) -> None:
    """Draw a picture, on a canvas of its own, as large as fits a canvas of THUMB x THUMB."""
    scale = THUMB / max(picture.width, picture.height)
    width, height = picture.width * scale, picture.height * scale
    left, top = (THUMB - width) / 2, (THUMB - height) / 2
    canvas.getContext("2d").drawImage(picture, left, top, width, height)

"""Draw small pictures for the history and the table."""

from pyscript import document

from ui.browser.dom import css_value
from ui.browser.scheduling import start
from ui.pad import brush
from ui.pad.picture import canvas_from_address
from ui.pad.strokes import drawing_from_json
from ui.pad.viewport import set_viewport, viewport_of

THUMBNAIL = 96  # pixels of a square's side: twice its size in CSS pixels
# Pixels of the longer side at which a picture is kept across reloads: of a digit, of a number.
KEPT_SIDES = {False: 280, True: 560}


def is_wide(entry: dict) -> bool:
    """Return whether an entry of the history shows a wide pad."""
    return entry.get("number", False) and "drawing" in entry


def to_data_address(picture, as_number: bool) -> str:
    """Return a picture as a data: address small enough to be kept."""
    side = max(picture.canvas.width, picture.canvas.height)
    max_side = KEPT_SIDES[as_number]
    scale = min(1, max_side / side)
    canvas = document.createElement("canvas")
    canvas.width = max(4, round(picture.canvas.width * scale))
    canvas.height = max(4, round(picture.canvas.height * scale))
    canvas.getContext("2d").drawImage(picture.canvas, 0, 0, canvas.width, canvas.height)
    return str(canvas.toDataURL("image/png" if side <= max_side else "image/jpeg"))


def draw_entry(canvas, entry: dict) -> None:
    """Draw an entry of the history, THUMBNAIL pixels high and as wide as its pad."""
    canvas.width = canvas.height = THUMBNAIL
    if "drawing" not in entry:
        start(_draw_address(canvas, entry["picture"]))
        return
    drawing = drawing_from_json(entry["drawing"], wide=entry.get("wide", False))
    viewport = viewport_of(drawing, is_wide(entry))
    canvas.width = round(THUMBNAIL * viewport[2] / viewport[3])
    context = canvas.getContext("2d")
    set_viewport(context, viewport, canvas.width)
    brush.use_ink(context, css_value("--ink"))
    for stroke in drawing.strokes:
        brush.draw_stroke(context, stroke)


def draw_fitted(canvas, picture) -> None:
    """Draw a picture as large as fits a canvas of THUMBNAIL x THUMBNAIL pixels."""
    scale = THUMBNAIL / max(picture.width, picture.height)
    width, height = picture.width * scale, picture.height * scale
    left, top = (THUMBNAIL - width) / 2, (THUMBNAIL - height) / 2
    canvas.getContext("2d").drawImage(picture, left, top, width, height)


async def _draw_address(canvas, address):
    draw_fitted(canvas, await canvas_from_address(address))

"""The worker's part of forms: a blank form's picture, its template checked, and scans read.

A template is JSON with its picture in it, as `inkling.tables.form_template` describes it.
"""

import base64
import io

import numpy as np
from PIL import Image

from inkling import PictureError
from inkling.errors import TooDenseError
from inkling.image.lightness import lightness, upright
from inkling.results import FormReading, Table
from inkling.tables.form_template import parse_form
from inkling.tables.page import SIDE
from inkling.tables.read_form import Blank, prepared
from worker import serialize
from worker.parts import cut_out
from worker.session import Pad
from worker.tables import WHOLE

__export__ = ["blank_picture", "check", "read"]

QUALITY = 90  # of the blank form's JPEG, which the template carries
DENSE = "The blank form has too many marks; use a clean scan."

_last: tuple[str, Blank] | None = None  # a template, and what it was prepared to


def blank_picture(pad: Pad, encoded, quarters: int, part=None) -> dict:
    """Return a picture file, upright and in grey, as {"picture": data URL, "width", "height"}.

    quarters, part: see `parts.cut_out`. It is no larger than what scans are laid over. {"error"}
    for a bad picture.
    """
    try:
        chosen = part.to_py() if part else []
        cut = cut_out(encoded.to_bytes(), quarters, chosen or (WHOLE if quarters else []))
        picture, _ = upright(cut, SIDE)
    except PictureError as error:
        return serialize.failure("picture", error)
    file = io.BytesIO()
    grey = np.rint(255 * lightness(picture)).astype(np.uint8)
    Image.fromarray(grey).save(file, "JPEG", quality=QUALITY)
    data = base64.b64encode(file.getvalue()).decode()
    width, height = picture.size
    return {"picture": "data:image/jpeg;base64," + data, "width": width, "height": height}


def check(pad: Pad, template: str) -> dict:
    """Check a template: {"width", "height"} of its blank form, or {"error"}."""
    try:
        width, height = parse_form(str(template)).size
    except PictureError as error:
        return serialize.failure("picture", error)
    return {"width": width, "height": height}


def read(pad: Pad, encoded, template: str) -> dict:
    """Read a scan, given as a picture file's bytes: `serialize.table` of one row, or {"error"}.

    There are no rows where the blank form's marks were not found.
    """
    try:
        reading = pad.reader.read_form(encoded.to_bytes(), _prepared(str(template)))
    except PictureError as error:
        return serialize.failure("picture", error)
    return serialize.table(_as_table(reading))


def _as_table(reading: FormReading) -> Table:
    rows = [] if reading.problem else [reading.cells]
    return Table(rows, reading.page, reading.corners, True, reading.problem)


def _prepared(template: str) -> Blank:
    """Return the blank form of a template; that of the last one is kept. Raises PictureError."""
    global _last
    if _last is None or _last[0] != template:
        try:
            _last = template, prepared(parse_form(template))
        except TooDenseError:
            raise PictureError(DENSE) from None
    return _last[1]

"""The template of a form: a picture of the blank form, and named boxes with what each holds.

A template is a JSON object:

    {"inkling_form": 1,
     "blank": "blank.png",
     "fields": [{"name": "age", "box": [310, 82, 420, 130], "kind": "integer", "count": 2}]}

blank: a picture file beside the template, or its bytes as "data:image/png;base64,...". box: left,
top, right, bottom in pixels of the upright blank form. kind: see expected.py; without, a field may
hold any number. count: of the digits, if that is known.
"""

import base64
import binascii
import json
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import PictureError
from ..image.lightness import upright
from .expected import Expected, expectation

VERSION = 1
KEYS = {"inkling_form", "blank", "fields"}
FIELD_KEYS = {"name", "box", "kind", "count"}
MAX_FIELDS = 500
MIN_SIDE = 4  # pixels of a box
DATA = "data:"

Box = tuple[float, float, float, float]


class Field(NamedTuple):
    """A place of a form that is filled in."""

    name: str
    box: Box  # left, top, right, bottom, in pixels of the upright blank form
    expected: Expected | None


class Form(NamedTuple):
    """A checked template."""

    blank: Any  # the blank form, a picture in any form that Reader takes
    size: tuple[int, int]  # its width and height, upright
    fields: list[Field]

    @property
    def names(self) -> list[str]:
        """The fields' names, in order."""
        return [field.name for field in self.fields]


def load_form(path: str | Path) -> Form:
    """Read a template from a file. Raises PictureError and OSError."""
    path = Path(path)
    return parse_form(path.read_text(encoding="utf-8-sig", errors="replace"), path.parent)


def parse_form(text: str, folder: Path | None = None) -> Form:
    """Check a template, given as JSON. Raises PictureError, and OSError for its picture.

    folder: where the blank form's file lies; None lets only one within the template do.
    """
    try:
        told = json.loads(text)
    except ValueError as error:
        raise PictureError(
            "The template is no JSON ({error}); save it again, or correct it.", error=error
        ) from None
    if not isinstance(told, dict) or told.get("inkling_form") != VERSION:
        raise PictureError(
            'The file is no form\'s template; it has to say "inkling_form": {version}.',
            version=VERSION,
        )
    _check_keys(told, KEYS, "The template has {unknown}, which is not known; it may have {known}.")
    blank = _blank(told.get("blank"), folder)
    size = upright(blank)[1]
    fields = told.get("fields")
    if not isinstance(fields, list) or not 1 <= len(fields) <= MAX_FIELDS:
        raise PictureError(
            "A template has 1 to {most} fields in a list; add or correct them.", most=MAX_FIELDS
        )
    checked = [_field(field, number, size) for number, field in enumerate(fields, 1)]
    names = [field.name for field in checked]
    for name in names:
        if names.count(name) > 1:
            raise PictureError("Two fields are called {name}; rename one.", name=name)
    return Form(blank, size, checked)


def _blank(told: Any, folder: Path | None) -> Any:
    """Return the blank form's picture: a path or bytes."""
    if not isinstance(told, str) or not told:
        raise PictureError('The template names no picture of the blank form; add it as "blank".')
    if told.startswith(DATA):
        try:
            return base64.b64decode(told.partition(",")[2], validate=True)
        except (binascii.Error, ValueError):
            raise PictureError(
                "The picture in the template is damaged; save the template again."
            ) from None
    if folder is None:
        raise PictureError(
            "The template's picture, {name}, is in another file; save the template with it.",
            name=told,
        )
    return folder / told


def _field(told: Any, number: int, size: tuple[int, int]) -> Field:
    """Return a checked field. number: its place among the fields, from 1."""
    name = told.get("name") if isinstance(told, dict) else None
    if not isinstance(name, str) or not name.strip():
        raise PictureError("Field {number} has no name; give it one.", number=number)
    _check_keys(
        told,
        FIELD_KEYS,
        "Field {name} has {unknown}, which is not known; it may have {known}.",
        name=name,
    )
    box = told.get("box")
    numbers = isinstance(box, list) and len(box) == 4 and all(map(_is_number, box))
    if not numbers or box[2] - box[0] < MIN_SIDE or box[3] - box[1] < MIN_SIDE:
        raise PictureError(
            "The box of field {name} is not left, top, right, bottom in pixels; correct it.",
            name=name,
        )
    if box[0] < 0 or box[1] < 0 or box[2] > size[0] or box[3] > size[1]:
        raise PictureError(
            "The box of field {name} reaches beyond the blank form of {width} x {height} pixels; "
            "move it.",
            name=name,
            width=size[0],
            height=size[1],
        )
    kind, count = told.get("kind"), told.get("count")
    if kind is None and count is not None:
        raise PictureError(
            "Field {name} has a count but no kind; give it one, such as digits.", name=name
        )
    left, top, right, bottom = map(float, box)
    expected = None if kind is None else expectation(kind, count)
    return Field(name, (left, top, right, bottom), expected)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value == value


def _check_keys(told: dict, known: set[str], sentence: str, **facts: str) -> None:
    if unknown := sorted(map(str, set(told) - known)):
        raise PictureError(
            sentence,
            **facts,
            unknown=", ".join(unknown),
            known=", ".join(sorted(known)),
        )

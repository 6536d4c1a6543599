"""Hold the fields of a form: their boxes, names and what each holds. Pure, for CPython's tests.

A field is {name, box, kind, count}, as in a template (inkling/tables/form_template.py). box: left,
top, right, bottom in pixels of the blank form. kind: "" for any number. count: of digits, 0 if
unknown.
"""

from collections import OrderedDict

KINDS = (
    ("", "any number"),
    ("digits", "digits"),
    ("integer", "whole number"),
    ("decimal", "decimal number"),
    ("date", "date"),
)
VERSION = 1  # of templates
MIN_SIDE = 8  # pixels of a box
FIRST_BOX = (0.35, 0.1, 0.65, 0.16)  # shares of the form: where a box begins that keys have made
MAX_FIELDS = 500  # as many as a template may have


def new_field(name: str, box) -> dict:
    """Return a field that may hold any number."""
    return {"name": name, "box": list(box), "kind": "", "count": 0}


def free_name(fields: list, word: str) -> str:
    """Return a word and the first number that make a name which no field has."""
    names = [field["name"] for field in fields]
    number = len(fields) + 1
    while f"{word} {number}" in names:
        number += 1
    return f"{word} {number}"


def first_box(size: tuple) -> list:
    """Return the box of a field that is added by a button. size: width, height of the form."""
    return [round(share * size[place % 2]) for place, share in enumerate(FIRST_BOX)]


def between(start: tuple, end: tuple, size: tuple):
    """Return the box between two points, within the form; None while it is too small."""
    left, right = (min(max(round(x), 0), size[0]) for x in sorted((start[0], end[0])))
    top, bottom = (min(max(round(y), 0), size[1]) for y in sorted((start[1], end[1])))
    if right - left < MIN_SIDE or bottom - top < MIN_SIDE:
        return None
    return [left, top, right, bottom]


def moved(box, right: float, down: float, size: tuple) -> list:
    """Return a box moved by some pixels, as far as it stays within the form."""
    x0, y0, x1, y1 = box
    right = round(min(max(right, -x0), size[0] - x1))
    down = round(min(max(down, -y0), size[1] - y1))
    return [x0 + right, y0 + down, x1 + right, y1 + down]


def resized(box, right: float, down: float, size: tuple) -> list:
    """Return a box with its lower right corner moved by some pixels."""
    x0, y0, x1, y1 = box
    x1 = round(min(max(x1 + right, x0 + MIN_SIDE), size[0]))
    y1 = round(min(max(y1 + down, y0 + MIN_SIDE), size[1]))
    return [x0, y0, x1, y1]


def problem_of(fields: list):
    """Return what has to be mended, as (sentence, facts); None if nothing has."""
    names = [field["name"].strip() for field in fields]
    if not names:
        return "Draw a box around each place that is filled in.", {}
    if "" in names:
        return "Field {number} has no name; give it one.", {"number": names.index("") + 1}
    for name in names:
        if names.count(name) > 1:
            return "Two fields are called {name}; rename one.", {"name": name}
    return None


def to_template(picture: str, fields: list) -> dict:
    """Return the template of a form. picture: the blank form as a data URL."""
    told = [_told(field) for field in fields]
    return OrderedDict((("inkling_form", VERSION), ("fields", told), ("blank", picture)))


def from_template(template: dict) -> list:
    """Return the fields of a template that has been checked."""
    fields = []
    for told in template["fields"]:
        field = new_field(told["name"], told["box"])
        field["kind"], field["count"] = told.get("kind") or "", told.get("count") or 0
        fields.append(field)
    return fields


def _told(field):
    told = OrderedDict((("name", field["name"].strip()), ("box", field["box"])))
    if field["kind"]:
        told["kind"] = field["kind"]
        if field["count"]:
            told["count"] = field["count"]
    return told

"""Take over the strokes that early.js has drawn before this Python was there.

A module of its own, though short: it is the counterpart of early.js.
"""

import json

import js

from ui.pad.strokes import drawing_from_json


def take_early_strokes() -> tuple:
    """Return the finished strokes, the one under way, and whether a pen was seen.

    The one under way is (stroke, began, pointer's id, pointer's type) or None; began: milliseconds
    on the clock of `performance.now()`.
    """
    if not hasattr(js, "earlyInk"):  # early.js did not load, or left the pad to this Python
        return (), None, False
    kept = json.loads(str(js.earlyInk()))
    strokes = drawing_from_json(kept["strokes"]).strokes
    if strokes and kept["underway"]:
        pointer = kept["underway"]
        under_way = (strokes[-1], kept["began"], pointer["id"], pointer["type"])
        return strokes[:-1], under_way, kept["pen"]
    return strokes, None, kept["pen"]

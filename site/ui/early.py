"""What was written before this Python was there: early.js has held it until now."""

import json

import js

from ui.sheet import drawing_from


def taken_over() -> tuple:
    """The finished strokes, and (stroke, beginning) of the one under way, or None if the pen is up.

    The beginning is in milliseconds on the clock of `performance.now()`.
    """
    if not hasattr(js, "earlyInk"):  # it did not come, or left what is on the pad to us
        return (), None
    held = json.loads(str(js.earlyInk()))
    strokes = drawing_from(held["strokes"]).strokes
    if strokes and held["underway"]:
        return strokes[:-1], (strokes[-1], held["began"])
    return strokes, None

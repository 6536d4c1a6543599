"""Offer the remedy for what is in the way of a picture that was not read.

The module is short because it is part of the first visit.
"""

from inkling.record_format import CROP, DARK_INK, LIGHT_INK, REMEDIES, SMALL
from ui.browser.dom import find, on, set_text
from ui.browser.i18n import translate

POLARITIES = {LIGHT_INK: "light", DARK_INK: "dark"}
BUTTONS = {"light": "Read light ink on dark", "dark": "Read dark ink on light"}

_obstacle = None  # that the button is shown for


def connect(app) -> None:
    """Connect the button: it opens the frame around a part, or has `app` read other ink."""
    on(find("remedy"), "click", lambda _: _apply(app))


def show(obstacle) -> None:
    """Show the button that removes an obstacle, a key of REMEDIES; None: there is none."""
    global _obstacle
    _obstacle = obstacle
    button = find("remedy")
    button.hidden = not (obstacle in POLARITIES or _is_cropped(obstacle))
    if not button.hidden:
        ink = POLARITIES.get(obstacle)
        set_text(button, translate(BUTTONS[ink] if ink else "Choose a part"))


def _apply(app):
    if _obstacle in POLARITIES:
        app.read_with_ink(POLARITIES[_obstacle])
    elif _obstacle is not None:
        find("crop").click()


def _is_cropped(obstacle):
    return obstacle == SMALL or (obstacle is not None and REMEDIES[obstacle] == CROP)

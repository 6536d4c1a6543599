"""What outlives a reload, kept by the browser on this device and nowhere else."""

import json

import js
from pyscript import document

from ui.attempt import attempt, method

PREFIX = "inkling."  # one origin may serve several pages
# Kept for each tab by itself as well, so that two tabs do not take each other's drawing away.
OF_A_TAB = ("drawing",)

refusals = []  # called when something can be kept nowhere


def load(name: str, default=None):
    """What was kept under a name, as JSON reads it; the default if there is nothing usable."""
    for place in _places(name):
        kept = place.getItem(PREFIX + name)
        if kept:
            try:
                return json.loads(str(kept))
            except ValueError as error:  # somebody else wrote there
                js.console.debug(str(error))
    return default


def save(name: str, value) -> bool:
    """Keep a value; False where the browser has no room or does not allow it."""
    text = json.dumps(value)
    kept = [_put(place, PREFIX + name, text) for place in _places(name)]
    if not any(kept):
        for listener in refusals:
            listener()
    return any(kept)


def remove(name: str) -> None:
    """Keep nothing under a name any more."""
    for place in _places(name):
        place.removeItem(PREFIX + name)


def _put(place, key, text):
    attempt(method(place, "setItem").bind(place), key, text)
    return place.getItem(key) == text


def _places(name):
    names = ("sessionStorage", "localStorage") if name in OF_A_TAB else ("localStorage",)
    # A browser that denies storage throws at the mere mention of it.
    places = [attempt(method(js.Reflect, "get"), document.defaultView, name) for name in names]
    return [place for place in places if place is not None]

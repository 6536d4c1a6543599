"""What outlives a reload, kept by the browser on this device and nowhere else."""

import json

import js

PREFIX = "inkling."  # one origin may serve several pages
# Kept for each tab by itself as well, so that two tabs do not take each other's drawing away.
OF_A_TAB = ("drawing",)

refusals = []  # called when something can be kept nowhere


def load(name: str, default=None):
    """What was kept under a name, as JSON reads it; the default if there is nothing usable."""
    for place in _places(name):
        try:
            kept = getattr(js, place).getItem(PREFIX + name)
            if kept is not None:
                return json.loads(str(kept))
        except Exception as error:  # storage is switched off, or somebody else wrote there
            js.console.debug(str(error))
    return default


def save(name: str, value) -> bool:
    """Keep a value; False where the browser has no room or does not allow it."""
    kept = 0
    for place in _places(name):
        try:
            getattr(js, place).setItem(PREFIX + name, json.dumps(value))
            kept += 1
        except Exception as error:
            js.console.debug(str(error))
    if not kept:
        for listener in refusals:
            listener()
    return kept > 0


def remove(name: str) -> None:
    """Keep nothing under a name any more."""
    for place in _places(name):
        try:
            getattr(js, place).removeItem(PREFIX + name)
        except Exception as error:  # storage is switched off: then there is nothing to remove
            js.console.debug(str(error))


def _places(name):
    return ("sessionStorage", "localStorage") if name in OF_A_TAB else ("localStorage",)

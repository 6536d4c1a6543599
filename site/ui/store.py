"""What outlives a reload, kept by the browser on this device and nowhere else."""

import json

import js

PREFIX = "inkling."  # one origin may serve several pages


def load(name: str, default=None):
    """What was kept under a name, as JSON reads it; the default if there is nothing usable."""
    try:
        kept = js.localStorage.getItem(PREFIX + name)
        return default if kept is None else json.loads(str(kept))
    except Exception:  # storage is switched off, or somebody else wrote there
        return default


def save(name: str, value) -> bool:
    """Keep a value; False where the browser has no room or does not allow it."""
    try:
        js.localStorage.setItem(PREFIX + name, json.dumps(value))
    except Exception:
        return False
    return True


def remove(name: str) -> None:
    """Keep nothing under a name any more."""
    try:
        js.localStorage.removeItem(PREFIX + name)
    except Exception as error:  # storage is switched off: then there is nothing to remove
        js.console.debug(str(error))

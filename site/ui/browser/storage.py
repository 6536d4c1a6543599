"""Keep values across reloads, in this browser on this device."""

import json

import js
from pyscript import document
from pyscript.ffi import to_js

from ui.browser.signal import Signal

PREFIX = "inkling."  # one origin may serve several pages
# Kept for each tab as well, so that two tabs do not overwrite each other's drawing.
KEPT_BY_TAB = ("drawing",)

refused = Signal()  # emitted when a value could not be kept anywhere


def load(name: str, default=None):
    """Return the value kept under a name; the default if there is none that is valid JSON."""
    for place in _places(name):
        kept = place.getItem(PREFIX + name)
        if kept:
            try:
                return json.loads(str(kept))
            except ValueError as error:  # another program wrote it
                js.console.debug(str(error))
    return default


def save(name: str, value) -> bool:
    """Keep a value; return False if the browser has no room or does not allow it."""
    text = json.dumps(value)
    kept = [_put(place, PREFIX + name, text) for place in _places(name)]
    if not any(kept):
        refused.emit()
    return any(kept)


def remove(name: str) -> None:
    """Forget the value kept under a name."""
    for place in _places(name):
        place.removeItem(PREFIX + name)


def _put(place, key, text):
    _attempt(_method(place, "setItem").bind(place), key, text)
    return place.getItem(key) == text


def _places(name):
    names = ("sessionStorage", "localStorage") if name in KEPT_BY_TAB else ("localStorage",)
    # A browser that denies storage throws when the property is read.
    places = [_attempt(_method(js.Reflect, "get"), document.defaultView, name) for name in names]
    return [place for place in places if place is not None]


def _attempt(function, *arguments):
    """Return what a JavaScript function returns; None if it throws.

    MicroPython cannot catch an exception thrown by JavaScript, but a promise can. The promise
    runs Object.assign at once, which reads a property whose getter is the function.
    """
    getter = {"get": function.bind(None, *arguments), "enumerable": True}
    source = js.Object.defineProperty(js.Object.new(), "value", to_js(getter))
    target = js.Object.new()
    assign = _method(js.Object, "assign").bind(None, target, source)
    js.Promise.new(assign).catch(_method(js.console, "debug").bind(js.console))
    return target.value if hasattr(target, "value") else None


def _method(owner, name):
    """Return a method of a JavaScript object as a function that has `bind`."""
    return js.Reflect.get(owner, name)

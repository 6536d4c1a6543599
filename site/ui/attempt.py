"""Calls to the browser that may throw, which MicroPython by itself cannot catch."""

import js
from pyscript.ffi import to_js


def attempt(function, *arguments):
    """What a JavaScript function returns; None if it throws.

    A promise does catch, and runs what it is given at once: here Object.assign, which asks for the
    one property of an object, whose getter is the function.
    """
    getter = {"get": function.bind(None, *arguments), "enumerable": True}
    asked = js.Object.defineProperty(js.Object.new(), "value", to_js(getter))
    answered = js.Object.new()
    assign = method(js.Object, "assign").bind(None, answered, asked)
    js.Promise.new(assign).catch(method(js.console, "debug").bind(js.console))
    return answered.value if hasattr(answered, "value") else None


def method(owner, name: str):
    """A method of a JavaScript object as a function, whose own `bind` can be called."""
    return js.Reflect.get(owner, name)

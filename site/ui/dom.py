"""The few things that every part of the page does with the document."""

import js
from pyscript import document
from pyscript.ffi import create_proxy


def find(name: str):
    """The element with an id."""
    return document.getElementById(name)


def find_all(selector: str, within=document) -> list:
    """All elements that a CSS selector matches."""
    return list(within.querySelectorAll(selector))


def make(tag: str, text: str = "", parent=None, **attributes):
    """A new element; `class_` and `aria_label` stand for class and aria-label."""
    element = document.createElement(tag)
    if text:
        element.textContent = text
    for name, value in attributes.items():
        element.setAttribute(name.rstrip("_").replace("_", "-"), str(value))
    if parent is not None:
        parent.appendChild(element)
    return element


def say(element, text: str) -> None:
    """Set an element's text; the same again is left alone, else it would be announced again."""
    if element.textContent != text:
        element.textContent = text


def on(element, names: str, listener) -> None:
    """Have `listener(event)` called at each of the events named, for as long as the page lives."""
    proxy = create_proxy(listener)
    for name in names.split():
        element.addEventListener(name, proxy)


def on_click_within(element, selector: str, listener) -> None:
    """Have `listener(descendant)` called when one that matches is clicked, now or later there."""

    def clicked(event):
        chosen = event.target.closest(selector)
        if chosen is not None:
            listener(chosen)

    on(element, "click", clicked)


def calm() -> bool:
    """Whether the person has asked for less motion."""
    return js.matchMedia("(prefers-reduced-motion: reduce)").matches


def style_of(name: str, element=None) -> str:
    """The value of a custom property such as --ink."""
    style = js.getComputedStyle(document.documentElement if element is None else element)
    return style.getPropertyValue(name).strip()

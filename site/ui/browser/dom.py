"""Find, make and change elements of the document."""

import js
from pyscript import document
from pyscript.ffi import create_proxy, to_js


def find(name: str):
    """Return the element with an id; None if there is none."""
    return document.getElementById(name)


def find_all(selector: str, within=document) -> list:
    """Return all elements that match a CSS selector."""
    return list(within.querySelectorAll(selector))


def make(tag: str, text: str = "", parent=None, **attributes):
    """Return a new element; `class_` and `aria_label` stand for class and aria-label."""
    element = document.createElement(tag)
    if text:
        element.textContent = text
    for name, value in attributes.items():
        element.setAttribute(name.rstrip("_").replace("_", "-"), str(value))
    if parent is not None:
        parent.appendChild(element)
    return element


def set_text(element, text: str) -> None:
    """Set an element's text, unless it is the same: screen readers would announce it again."""
    if element.textContent != text:
        element.textContent = text


def on(element, names: str, listener) -> None:
    """Call `listener(event)` at each of the space-separated events, until the page is left."""
    proxy = create_proxy(listener)
    for name in names.split():
        element.addEventListener(name, proxy)


def on_click_within(element, selector: str, listener) -> None:
    """Call `listener(descendant)` when a matching descendant is clicked, even one added later."""

    def clicked(event):
        descendant = event.target.closest(selector)
        if descendant is not None:
            listener(descendant)

    on(element, "click", clicked)


def prefers_less_motion() -> bool:
    """Return whether the person has asked their system for less motion."""
    return js.matchMedia("(prefers-reduced-motion: reduce)").matches


def reveal(heading, part) -> None:
    """Bring a part that a click has produced into view, and the focus to its heading."""
    heading.tabIndex = -1
    heading.focus(to_js({"preventScroll": True}))
    behavior = "auto" if prefers_less_motion() else "smooth"
    part.scrollIntoView(to_js({"block": "nearest", "behavior": behavior}))


def css_value(name: str, element=None) -> str:
    """Return the value of a custom property such as --ink, by default the page's."""
    style = js.getComputedStyle(document.documentElement if element is None else element)
    return style.getPropertyValue(name).strip()

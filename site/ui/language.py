"""The page in the reader's language.

English stands in the code and in index.html, and is the key: words/de.json maps each English text
to its German one. What has no translation stays English.
"""

import js
from pyscript import document

from ui import store

LANGUAGES = ("en", "de")
NAMED = ("aria-label", "title", "alt")  # attributes that hold words

_words = {}
_listeners = []


def say(english: str, **facts) -> str:
    """A text in the page's language, with facts in place of its {names}."""
    text = _words.get(english, english)
    return text.format(**facts) if facts else text


def number(value: float, places: int = 0) -> str:
    """12345.67, 1 -> "12,345.7", or "12.345,7" where people write it so."""
    whole, _, fraction = f"{value:.{places}f}".partition(".")
    comma, point = (".", ",") if current() == "de" else (",", ".")
    groups = []
    while len(whole) > 3:
        groups.append(whole[-3:])
        whole = whole[:-3]
    grouped = comma.join([whole] + groups[::-1])
    return grouped + (point + fraction if places else "")


def current() -> str:
    """The language of the page: en, de."""
    return document.documentElement.lang


def wanted() -> str:
    """The language chosen earlier, else the first of the browser's that there is."""
    for name in [store.load("language")] + [str(name)[:2] for name in js.navigator.languages]:
        if name in LANGUAGES:
            return name
    return LANGUAGES[0]


def on_change(listener) -> None:
    """Have a part of the page told that it has to say everything anew."""
    _listeners.append(listener)


def choose(language: str) -> None:
    """Remember a language for the next visit."""
    store.save("language", language)


async def use(language: str) -> None:
    """Put the page into a language; if its words cannot be fetched, it stays as it is."""
    global _words
    words = {}
    if language != "en":
        try:
            response = await js.fetch(f"./words/{language}.json")
            words = dict(_pairs(await response.json()))
        except Exception as error:
            js.console.info(str(error))
            return
    _words = words
    document.documentElement.lang = language
    translate(document)
    for button in document.querySelectorAll("[data-language]"):
        button.setAttribute("aria-pressed", str(button.dataset.language == language).lower())
    for listener in _listeners:
        listener()


def translate(root) -> None:
    """Put the texts written in index.html into the page's language."""
    for element in root.querySelectorAll("[data-say]"):
        english = element.getAttribute("data-say")
        if not english:
            english = " ".join(element.textContent.split())
            element.setAttribute("data-say", english)
        element.textContent = say(english)
    for name in NAMED:
        for element in root.querySelectorAll(f"[{name}]"):
            _translate_attribute(element, name)


def _translate_attribute(element, name):
    key = f"data-say-{name}"
    english = element.getAttribute(key)
    if english is None:
        english = element.getAttribute(name)
        element.setAttribute(key, english)
    element.setAttribute(name, say(english))


def _pairs(words):
    return [(str(pair[0]), str(pair[1])) for pair in js.Object.entries(words)]

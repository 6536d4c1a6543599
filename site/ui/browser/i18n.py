"""Show the page in the reader's language.

English stands in the code and in index.html, and is the key. The file words/de.json maps each
English text to its German one. A text without a translation stays English.
"""

import js
from pyscript import document

from ui.browser import storage
from ui.browser.signal import Signal

LANGUAGES = ("en", "de")
TRANSLATED_ATTRIBUTES = ("aria-label", "title", "alt")

changed = Signal()  # emitted once the page is in another language

_words = {}
_more_words = {}  # of modules that are fetched on first use, by language


def translate(english: str, **facts) -> str:
    """Return a text in the page's language, with the facts in place of its {names}."""
    text = _words.get(english, english)
    return text.format(**facts) if facts else text


def format_number(value: float, places: int = 0) -> str:
    """12345.67, 1 -> "12,345.7", or "12.345,7" in German."""
    whole, _, fraction = f"{value:.{places}f}".partition(".")
    comma, point = (".", ",") if language() == "de" else (",", ".")
    groups = []
    while len(whole) > 3:
        groups.append(whole[-3:])
        whole = whole[:-3]
    grouped = comma.join([whole] + groups[::-1])
    return grouped + (point + fraction if places else "")


def translate_count(one: str, many: str, how_many: int, **facts) -> str:
    """Translate the sentence for one thing, or the one for none or several of them."""
    return translate(one if how_many == 1 else many, **facts)


def language() -> str:
    """Return the language that the page is in: "en" or "de"."""
    return document.documentElement.lang


def preferred_language() -> str:
    """Return the language chosen earlier, else the first of the browser's that there is."""
    for name in [storage.load("language")] + [str(name)[:2] for name in js.navigator.languages]:
        if name in LANGUAGES:
            return name
    return LANGUAGES[0]


def remember(name: str) -> None:
    """Keep a language for the next visit."""
    storage.save("language", name)


def add_words(by_language: dict) -> None:
    """Add translations, by language and by English text, of modules that came later."""
    for name, words in by_language.items():
        _more_words.setdefault(name, {}).update(words)
    _words.update(_more_words.get(language(), {}))


async def switch_to(name: str) -> None:
    """Put the page into a language; it stays as it is if the words cannot be fetched."""
    global _words
    words = {}
    if name != "en":
        try:
            response = await js.fetch(f"./words/{name}.json")
            words = dict(_pairs(await response.json()))
        except Exception as error:
            js.console.info(str(error))
            return
    words.update(_more_words.get(name, {}))
    _words = words
    document.documentElement.lang = name
    translate_document(document)
    for button in document.querySelectorAll("[data-language]"):
        button.setAttribute("aria-pressed", str(button.dataset.language == name).lower())
    changed.emit()


def translate_document(root) -> None:
    """Translate the texts and attributes that were written in index.html."""
    for element in root.querySelectorAll("[data-i18n]"):
        english = element.getAttribute("data-i18n")
        if not english:
            english = " ".join(element.textContent.split())
            element.setAttribute("data-i18n", english)
        element.textContent = translate(english)
    for name in TRANSLATED_ATTRIBUTES:
        for element in root.querySelectorAll(f"[{name}]"):
            _translate_attribute(element, name)


def _translate_attribute(element, name):
    key = f"data-i18n-{name}"
    english = element.getAttribute(key)
    if english is None:
        english = element.getAttribute(name)
        element.setAttribute(key, english)
    element.setAttribute(name, translate(english))


def _pairs(words):
    return [(str(pair[0]), str(pair[1])) for pair in js.Object.entries(words)]

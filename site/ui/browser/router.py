"""Keep track of the view in sight. Each has an address of its own, and each lesson.

The style sheet shows the view; this module marks its link and tells the view that it was opened.
"""

import js
from pyscript import document

from ui.browser.dom import find_all, on
from ui.browser.signal import Signal

VIEWS = ("read", "table", "how", "inside", "measure", "learn", "about")
LESSON = "lesson="  # and its number: a part of the view Learn

opened = Signal()  # emitted with the name of the view that has come into sight


def current_view() -> str:
    """Return the name of the view in sight."""
    name = str(js.location.hash).lstrip("#")
    if name.startswith(LESSON):
        return "learn"
    return name if name in VIEWS else VIEWS[0]


def lesson() -> int:
    """Return the number in the address of a lesson; 0 if it is not one."""
    number = str(js.location.hash).lstrip("#")[len(LESSON) :]
    is_number = current_view() == "learn" and len(number) == 1 and number in "123456789"
    return int(number) if is_number else 0


def on_open(name: str, listener) -> None:
    """Call `listener()` whenever the view with a name comes into sight."""
    opened.connect(lambda view: listener() if view == name else None)


def begin() -> None:
    """Open the view that the address names, and follow the address from now on."""
    on(document.defaultView, "hashchange", lambda _: _open_current())
    _open_current()


def _open_current():
    name = current_view()
    document.documentElement.setAttribute("data-view", name)
    for link in find_all("nav a"):
        if link.getAttribute("href") == "#" + name:
            link.setAttribute("aria-current", "page")
        else:
            link.removeAttribute("aria-current")
    opened.emit(name)

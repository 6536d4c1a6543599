"""The five views: each has an address of its own, which the style sheet shows by itself."""

import js
from pyscript import document
from pyscript.ffi import create_proxy

NAMES = ("read", "how", "inside", "measure", "about")


def current() -> str:
    """The name of the view in sight."""
    name = str(js.location.hash).lstrip("#")
    return name if name in NAMES else NAMES[0]


class Views:
    """Keeps the links in step; `opened` maps a view's name to what is called when it opens."""

    def __init__(self, opened: dict):
        self._opened = opened
        document.defaultView.addEventListener("hashchange", create_proxy(lambda _: self.show()))
        self.show()

    def show(self) -> None:
        """Mark the link of the view in sight, and have the view made."""
        for link in document.querySelectorAll("nav a"):
            if link.getAttribute("href") == "#" + current():
                link.setAttribute("aria-current", "page")
            else:
                link.removeAttribute("aria-current")
        if current() in self._opened:
            self._opened[current()]()

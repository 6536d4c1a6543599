"""Chromium, Firefox and WebKitGTK, all in the words of Playwright.

Playwright drives the system's Chromium and, over WebDriver BiDi, the system's Firefox; webkit.py
drives WebKitGTK. What only one engine lets a program do (throttle the network, send touches, fill
the clipboard: the Chrome DevTools Protocol) is tested in Chromium alone.
"""

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field

import gestures
import pytest

ENGINES = ("chromium", "firefox", "webkit")
# Not those of a script that fails or takes too long, which have names of their own.
DEATHS = ("InvalidSessionId", "NoSuchWindow", "WebDriverException", "urllib3.exceptions")
MISSING = "{} is not on this machine; `make test` installs it where it may (apt, as root)."


@dataclass
class Log:
    """What a page did that a person cannot see."""

    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def listen(self, page):
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda said: self.console.append(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    @property
    def complaints(self) -> list[str]:
        """Errors and warnings of the console."""
        return [line for line in self.console if line.startswith(("error", "warning"))]


def new_page(browser, **options):
    """A page of a new person, with its Log as page.log where the engine tells (Playwright's do)."""
    page = browser.new_context(**options).new_page()
    if hasattr(page, "on"):
        page.log = Log()
        page.log.listen(page)
    return page


def requested(page) -> list[str]:
    """The addresses that a page has asked for since it was opened."""
    return page.log.requests if hasattr(page, "log") else page.requested()


def is_alive(page) -> bool:
    """Whether the page's engine still answers."""
    try:
        page.title()
    except Exception as error:
        if not died(repr(error)):
            raise
        return False
    return True


def died(said: str) -> bool:
    """Whether what a driver said means that its browser is no more.

    WebKitGTK's processes crash now and then (a segmentation fault in libjavascriptcoregtk or in
    MiniBrowser), which is nobody's fault here.
    """
    return any(word in said for word in DEATHS)


@contextmanager
def launched(engine: str, playwright):
    """A browser, new_context() and all; the test is skipped where the engine is not there."""
    if engine == "webkit":
        import webkit  # selenium has its price: only for those who need it

        with webkit.browser(_path("WebKitWebDriver", also="Xvfb")) as browser:
            yield browser
        return
    browser = _chromium(playwright) if engine == "chromium" else _firefox(playwright)
    yield browser
    browser.close()


def _chromium(playwright):
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return playwright.chromium.launch(
        executable_path=gestures.chromium_path(),
        args=["--no-sandbox"] if root else [],  # Chromium refuses root a sandbox
    )


def _firefox(playwright):
    path = os.environ.get("INKLING_FIREFOX") or _path("firefox-esr", "firefox")
    return playwright.firefox.launch(channel="moz-firefox", executable_path=path)


def _path(*names: str, also: str | None = None) -> str:
    """Where one of these programs is; `also` has to be there, too."""
    found = next(filter(None, map(shutil.which, names)), None)
    lacking = names[0] if not found else also if also and not shutil.which(also) else None
    if lacking and os.environ.get("CI"):
        pytest.fail(MISSING.format(lacking))  # an engine that is quietly left out is not tested
    if lacking:  # at home one may do without a second browser
        pytest.skip(MISSING.format(lacking))
    return found

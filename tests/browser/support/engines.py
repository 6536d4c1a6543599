"""Drive Chromium, Firefox and WebKitGTK through Playwright's interface.

Playwright drives the system's Chromium and, over WebDriver BiDi, the system's Firefox; webkit.py
drives WebKitGTK. What only one engine lets a program do (throttle the network, send touches, fill
the clipboard: the Chrome DevTools Protocol) is tested in Chromium alone.
"""

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from support import gestures

ENGINES = ("chromium", "firefox", "webkit")
# Failing and slow scripts have exceptions of their own, which are not meant here.
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
        """Return the console's errors and warnings."""
        return [line for line in self.console if line.startswith(("error", "warning"))]


def new_page(browser, **options):
    """Return a page in a new context; its Log is page.log in Playwright's engines."""
    page = browser.new_context(**options).new_page()
    if hasattr(page, "on"):
        page.log = Log()
        page.log.listen(page)
    return page


def requested(page) -> list[str]:
    """Return the addresses that a page has requested since it was opened."""
    return page.log.requests if hasattr(page, "log") else page.requested()


def is_alive(page) -> bool:
    """Return whether the page's engine still answers."""
    try:
        page.title()
    except Exception as error:
        if not died(repr(error)):
            raise
        return False
    return True


def died(said: str) -> bool:
    """Return whether a driver's message means that its browser has crashed.

    WebKitGTK's processes crash now and then (a segmentation fault in libjavascriptcoregtk or in
    MiniBrowser), which this code cannot cause.
    """
    return any(word in said for word in DEATHS)


@contextmanager
def launched(engine: str, playwright):
    """Launch a browser; skip the test if the engine is not installed."""
    if engine == "webkit":
        from support import webkit

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
    """Return the path of the first of these programs; `also` must be there too."""
    found = next(filter(None, map(shutil.which, names)), None)
    lacking = names[0] if not found else also if also and not shutil.which(also) else None
    if lacking and os.environ.get("CI"):
        pytest.fail(MISSING.format(lacking))  # in CI a missing engine is a failure, not a skip
    if lacking:  # at home one may do without a second browser
        pytest.skip(MISSING.format(lacking))
    return found

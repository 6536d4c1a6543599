"""Brings PyScript, Pyodide, numpy, Pillow and MicroPython into site/runtime, every byte checked.

    python -m export.runtime

Downloads are cached outside the tree. A second run finds everything in place and does nothing.
"""

import json
import shutil
import sys
import zipfile
from pathlib import Path

from export.cache import write_whole
from export.download import SourceError
from export.manifest import NAME, is_whole, manifest_of, recipe_of
from export.packages import ROOT, npm_package
from export.trampolines import with_trampolines
from export.trimming import SOURCES, relocked, trimmed
from export.wheels import WHEELS, pyodide_wheels

RUNTIME = ROOT / "site" / "runtime"
LICENCES = ROOT / "export" / "licences"
# Built here and moved into place whole, so that an interruption leaves no half runtime.
SCAFFOLD = ROOT / "build" / "runtime"

# What the page loads of PyScript: its core, and the one chunk that it loads with the plugins
# switched off, a JSON configuration and no packages. Those of the editor, the terminal, games, TOML
# and Pyodide's list of packages stay away.
PYSCRIPT = ["core.js", "core-*.js", "error-*.js"]
# Some hosts serve .mjs under a type that browsers refuse to run, hence the new names.
PYODIDE = {
    "pyodide.mjs": "pyodide.module.js",
    "pyodide.asm.js": "pyodide.asm.js",
}
MICROPYTHON = {"micropython.mjs": "micropython.js"}
# Each beside its script: PyScript looks for MicroPython's under the name of that.
WASM = {"pyodide": "pyodide.asm.wasm", "micropython": "micropython.wasm"}
# What is written depends on these, and on what trimming.py names.
MODULES = ["runtime.py", "wheels.py", "manifest.py", "trampolines.py", "wasm.py"]
LICENCES_IN_WHEELS = {
    "numpy": "numpy-2.0.2.dist-info/LICENSE.txt",
    "pillow": "pillow-10.2.0.dist-info/licenses/LICENSE",
}


def build(folder: Path) -> None:
    """Lay out the runtime in an empty folder; raises SourceError."""
    pyscript = npm_package("@pyscript/core")
    pyodide = npm_package("pyodide")
    micropython = npm_package("@micropython/micropython-webassembly-pyscript")
    lock = json.loads((pyodide / "pyodide-lock.json").read_text())
    _check(lock)
    wheels = {path.name.partition("-")[0]: path for path in pyodide_wheels()}

    for pattern in PYSCRIPT:
        (script,) = (pyscript / "dist").glob(pattern)
        _copy(script, folder / "pyscript" / script.name)
    for name, new_name in PYODIDE.items():
        _copy(pyodide / name, folder / "pyodide" / new_name)
    for name, new_name in MICROPYTHON.items():
        _copy(micropython / name, folder / "micropython" / new_name)
    for part, package in (("pyodide", pyodide), ("micropython", micropython)):
        write_whole(folder / part / WASM[part], _starting_sooner(package / WASM[part]))
    ours = trimmed(pyodide, wheels, folder / "pyodide")
    write_whole(folder / "pyodide" / "pyodide-lock.json", relocked(lock, ours))
    _copy(pyscript / "LICENSE", folder / "licences" / "pyscript.txt")
    _write_licences(folder / "licences", wheels)


def _starting_sooner(module: Path) -> bytes:
    try:
        return with_trampolines(module.read_bytes())
    except ValueError as problem:
        attempt = "export/trampolines.py", str(problem)
        remedy = "It knows what package-lock.json names, and has to learn what another one brings."
        raise SourceError(module.name, [attempt], remedy) from None


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _check(lock: dict) -> None:
    """Ask Pyodide's own lock for the checksums of the wheels."""
    for name in ("numpy", "pillow"):
        package = lock["packages"][name]
        if WHEELS.get(package["file_name"]) != package["sha256"]:
            raise SourceError(
                package["file_name"],
                [("pyodide-lock.json", f"expects sha256 {package['sha256']}")],
                "export/wheels.py names another; the two must agree.",
            )


def _write_licences(folder: Path, wheels: dict[str, Path]) -> None:
    for text in sorted(LICENCES.glob("*.txt")):  # those that no package carries
        _copy(text, folder / text.name)
    for part, wheel in wheels.items():
        with zipfile.ZipFile(wheel) as archive:
            write_whole(folder / f"{part}.txt", archive.read(LICENCES_IN_WHEELS[part]))


def _recipe() -> str:
    modules = [ROOT / "export" / name for name in MODULES]
    modules += SOURCES
    return recipe_of([ROOT / "package-lock.json", *modules, *LICENCES.glob("*.txt")])


def _replace_runtime(recipe: str) -> None:
    shutil.rmtree(SCAFFOLD, ignore_errors=True)
    build(SCAFFOLD)
    (SCAFFOLD / NAME).write_text(manifest_of(SCAFFOLD, recipe))
    shutil.rmtree(RUNTIME, ignore_errors=True)
    RUNTIME.parent.mkdir(exist_ok=True)
    SCAFFOLD.replace(RUNTIME)


def main() -> int:
    """Build site/runtime unless it is whole already."""
    recipe = _recipe()
    if is_whole(RUNTIME, recipe):
        print(f"{RUNTIME.relative_to(ROOT)} is complete: nothing to do.")
        return 0
    print(f"Bringing the page's runtime into {RUNTIME.relative_to(ROOT)} ...", flush=True)
    try:
        _replace_runtime(recipe)
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The runtime could not be written: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. The next run goes on with what is here.", file=sys.stderr)
        return 130
    files = json.loads((RUNTIME / NAME).read_text())["files"]
    megabytes = sum(file["bytes"] for file in files.values()) / 1e6
    print(f"{RUNTIME.relative_to(ROOT)} is complete: {len(files)} files, {megabytes:.1f} MB.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Bring PyScript, Pyodide, numpy, Pillow, MicroPython, PDF.js and write-excel-file to site/runtime.

    python -m export.site.runtime

Downloads are checked, and cached outside the tree. A second run finds everything in place and does
nothing.
"""

import json
import shutil
import sys
import zipfile
from pathlib import Path

from export.setup.downloads import install_packages, npm_package
from export.setup.machine import ROOT, SetupError
from export.site.manifest import NAME, is_whole, manifest_of, recipe_of, write_whole
from export.site.trim import SOURCES, relocked, trimmed
from export.site.wheels import WHEELS, pyodide_wheels

RUNTIME = ROOT / "site" / "runtime"
LICENCES = ROOT / "export" / "licences"
# Built here and moved into place whole, so that an interruption leaves no half runtime.
SCAFFOLD = ROOT / "build" / "runtime"

# The page loads PyScript's core and one chunk. Its plugins are off, its configuration is JSON, and
# it has no packages. The chunks of the editor, the terminal, games, TOML and Pyodide's list of
# packages stay away.
PYSCRIPT = ["core.js", "core-*.js", "error-*.js"]
# Some hosts serve .mjs under a type that browsers refuse to run, hence the new names.
PYODIDE = {
    "pyodide.mjs": "pyodide.module.js",
    "pyodide.asm.js": "pyodide.asm.js",
}
MICROPYTHON = {"micropython.mjs": "micropython.js"}
# The build for older browsers, and the decoders of what scanners put into PDF files. It is fetched
# when a PDF is first opened.
PDFJS = {
    "legacy/build/pdf.min.mjs": "pdf.js",
    "legacy/build/pdf.worker.min.mjs": "pdf.worker.js",
    "wasm/jbig2.wasm": "jbig2.wasm",
    "wasm/openjpeg.wasm": "openjpeg.wasm",
    "wasm/qcms_bg.wasm": "qcms_bg.wasm",
}
# It is fetched when a workbook is first saved.
XLSX = {"bundle/write-excel-file.min.js": "write-excel-file.js"}
# Each beside its script: PyScript looks for MicroPython's under the name of that.
WASM = {"pyodide": "pyodide.asm.wasm", "micropython": "micropython.wasm"}
PDFJS_DECODERS = ("JBIG2", "OPENJPEG", "QCMS", "PDFJS_JBIG2", "PDFJS_OPENJPEG", "PDFJS_QCMS")
# The runtime depends on these, and on the files that trim.py names.
MODULES = ["runtime.py", "wheels.py", "manifest.py"]
LICENCES_IN_WHEELS = {
    "numpy": "numpy-2.0.2.dist-info/LICENSE.txt",
    "pillow": "pillow-10.2.0.dist-info/licenses/LICENSE",
}


def build(folder: Path) -> None:
    """Lay out the runtime in an empty folder. Raises SetupError."""
    install_packages()  # anew, so that npm checks every byte of them
    pyscript = npm_package("@pyscript/core")
    pyodide = npm_package("pyodide")
    micropython = npm_package("@micropython/micropython-webassembly-pyscript")
    pdfjs = npm_package("pdfjs-dist")
    xlsx = npm_package("write-excel-file")
    lock = json.loads((pyodide / "pyodide-lock.json").read_text())
    _check(lock)
    wheels = {path.name.partition("-")[0]: path for path in pyodide_wheels()}

    for pattern in PYSCRIPT:
        (script,) = (pyscript / "dist").glob(pattern)
        _copy(script, folder / "pyscript" / script.name)
    parts = [
        ("pyodide", pyodide, PYODIDE),
        ("micropython", micropython, MICROPYTHON),
        ("pdfjs", pdfjs, PDFJS),
        ("xlsx", xlsx, XLSX),
    ]
    for part, package, names in parts:
        for name, new_name in names.items():
            _copy(package / name, folder / part / new_name)
    for part, package in (("pyodide", pyodide), ("micropython", micropython)):
        _copy(package / WASM[part], folder / part / WASM[part])
    ours = trimmed(pyodide, wheels, folder / "pyodide")
    write_whole(folder / "pyodide" / "pyodide-lock.json", relocked(lock, ours))
    _copy(pyscript / "LICENSE", folder / "licences" / "pyscript.txt")
    _copy(pdfjs / "LICENSE", folder / "licences" / "pdfjs.txt")
    _write_licences(folder / "licences", wheels)
    decoders = [pdfjs / "wasm" / f"LICENSE_{name}" for name in PDFJS_DECODERS]
    _join_texts(decoders, folder / "licences" / "pdfjs-decoders.txt")
    both = [xlsx / "LICENSE", npm_package("fflate") / "LICENSE"]
    _join_texts(both, folder / "licences" / "write-excel-file.txt")


def _join_texts(paths: list[Path], target: Path) -> None:
    """Join licences, each below the name of its package or part."""
    names = [path.parent.name if path.name == "LICENSE" else path.name for path in paths]
    texts = [path.read_bytes() for path in paths]
    parts = [name.encode() + b"\n\n" + text for name, text in zip(names, texts, strict=True)]
    write_whole(target, b"\n\n".join(parts))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _check(lock: dict) -> None:
    """Ask Pyodide's own lock for the checksums of the wheels."""
    for name in ("numpy", "pillow"):
        package = lock["packages"][name]
        if WHEELS.get(package["file_name"]) != package["sha256"]:
            raise SetupError(
                f"pyodide-lock.json expects sha256 {package['sha256']} of {package['file_name']}, "
                "export/site/wheels.py another. The two must agree."
            )


def _write_licences(folder: Path, wheels: dict[str, Path]) -> None:
    for text in sorted(LICENCES.glob("*.txt")):  # those that no package carries
        _copy(text, folder / text.name)
    for part, wheel in wheels.items():
        with zipfile.ZipFile(wheel) as archive:
            write_whole(folder / f"{part}.txt", archive.read(LICENCES_IN_WHEELS[part]))


def _recipe() -> str:
    modules = [Path(__file__).parent / name for name in MODULES]
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
    except SetupError as error:
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

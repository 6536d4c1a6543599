"""Packs the page's own modules and styles, so that it asks for three files instead of for ninety.

For MicroPython one JSON object, sources by name, which ui/unpack.py lays out. For Pyodide a wheel
of compiled modules: it comes together with numpy and Pillow, and nothing is compiled in the page.
For the browser one style sheet: nothing is painted before the last of them is there.
Measured on two cores with a local server, in turns with the separate files: the pad can be used
after 0.4 instead of 0.7 s on a later visit, the first answer is there after 2.5 instead of 3.5 s.
"""

import json
import tempfile
import zipfile
from pathlib import Path

from export.cache import write_whole
from export.manifest import recipe_of
from export.packages import ROOT, npm_package
from export.trimming import SOURCES, packed

WORKER = "worker.py"
SCRIPTS = {WORKER, "ui/main.py", "ui/unpack.py"}  # what the page itself asks for by name
PAGE = "index.html"
COMMAND_LINE = "inkling/__main__.py"
UI = "ui/packed.json"
STYLE = "styles/packed.css"
# What holds for all of the page, then that of its parts: of two rules the later one prevails.
PARTS = ("plan", "press", "table", "write", "number", "reading", "read")
VIEWS = ("batch", "how", "inside", "measure", "about")
STYLES = ("style.css", *(f"styles/{part}.css" for part in PARTS + VIEWS))
WHEEL = "inkling/inkling-0-py3-none-any.whl"  # nobody asks its version
ABOUT = "inkling-0.dist-info/"  # a wheel has to have such a folder (PEP 427)
METADATA = {
    ABOUT + "METADATA": "Metadata-Version: 2.1\nName: inkling\nVersion: 0\n",
    ABOUT + "WHEEL": "Wheel-Version: 1.0\nTag: py3-none-any\n",
}
RECIPE = ABOUT + "RECIPE"


def for_pyodide(site: Path) -> list[Path]:
    """The modules that the worker imports."""
    return _modules(site, "*.py", "inkling/*.py")


def for_micropython(site: Path) -> list[Path]:
    """The modules that the page's own script imports."""
    return _modules(site, "ui/*.py")


def for_browser(site: Path) -> list[Path]:
    """The style sheets."""
    return [path for path in (site / name for name in STYLES) if path.exists()]


def packed_modules(site: Path) -> set[Path]:
    """What is in the packed files and so needs not be served, but for what the page links to;
    none where nothing is packed."""
    packs = {WHEEL: for_pyodide, UI: for_micropython, STYLE: for_browser}
    packed = {path for pack, of in packs.items() if (site / pack).exists() for path in of(site)}
    page = (site / PAGE).read_text() if packed else ""
    return {path for path in packed if f'"./{path.relative_to(site).as_posix()}"' not in page}


def write(site: Path) -> None:
    """Pack a site's modules and styles anew; the wheel only if they have changed since."""
    if not (site / WORKER).exists():  # nobody who would ask for them
        return
    sources = {path.relative_to(site / "ui").as_posix(): path for path in for_micropython(site)}
    texts = {name: path.read_text() for name, path in sources.items()}
    write_whole(site / UI, json.dumps(texts, indent=0).encode())
    if styles := for_browser(site):
        write_whole(site / STYLE, b"\n".join(path.read_bytes() for path in styles))
    modules = for_pyodide(site)
    recipe = recipe_of([*modules, *SOURCES, Path(__file__), ROOT / "package-lock.json"])
    if _recipe_in(site / WHEEL) != recipe:
        _write_wheel(site, modules, recipe)


def _modules(site, *patterns):
    paths = (path for pattern in patterns for path in sorted(site.glob(pattern)))
    left_out = {*SCRIPTS, COMMAND_LINE}
    return [path for path in paths if path.relative_to(site).as_posix() not in left_out]


def _recipe_in(wheel: Path) -> str | None:
    if not wheel.exists():
        return None
    with zipfile.ZipFile(wheel) as opened:
        return opened.read(RECIPE).decode()


def _write_wheel(site, modules, recipe):
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "modules.zip"
        with zipfile.ZipFile(source, "w") as archive:
            for path in modules:
                archive.write(path, path.relative_to(site).as_posix())
            for name, content in {**METADATA, RECIPE: recipe}.items():
                archive.writestr(name, content)
        job = {"source": str(source), "target": Path(WHEEL).name, "keep": ["*"]}
        packed(npm_package("pyodide"), [job], (site / WHEEL).parent)

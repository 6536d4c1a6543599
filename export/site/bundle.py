"""Pack the page's own modules and styles into a few files instead of ninety.

Both Pythons get compiled modules, so that nothing is compiled in the page. MicroPython gets one
file, which ui/unpack.py lays out, and Pyodide a wheel. The browser gets one style sheet, as it
paints nothing before the last one has come. docs/performance.md has the gain. The number field for
other pages is one script: modules would need a host that allows them (CORS).

What no first answer needs goes into packs of its own in later/. The page fetches them when a view
that uses them is first opened (ui/worker/later.py).
"""

import json
import re
import tempfile
import zipfile
from pathlib import Path

from export.setup.downloads import npm_package
from export.setup.machine import ROOT
from export.site.compile_for_micropython import micropython_pack
from export.site.manifest import recipe_of, write_whole
from export.site.trim import SOURCES, packed

WORKER = "worker/api.py"
SCRIPTS = {WORKER, "ui/main.py", "ui/unpack.py"}  # the page asks for these by name
PAGE = "index.html"
# Modules of the package that the page never imports.
NOT_IN_PAGE = {
    f"inkling/{name}"
    for name in (
        "__main__.py",
        "classifier.py",
        "many.py",
        "notebook.py",
        "value.py",
        "widget.js",
        "widget.py",
    )
} | {f"inkling/batch/{path.name}" for path in (ROOT / "site" / "inkling" / "batch").glob("*.py")}
# Modules that are fetched on first use: files, or folders with all that is in them.
LATER = (
    "ui/learn/",
    "worker/learn/",
    "inkling/learning/",
    "inkling/foreign/",
    "inkling/teaching/",
    "inkling/explain/",
    "inkling/letters/",
    "inkling/obstacles.py",
    "inkling/output.py",
    "inkling/tables/",
    "ui/pages/",
    "worker/tables.py",
    "worker/frames.py",
    "worker/parts.py",
)
SHARED = "inkling/record_format.py"  # that both the worker and the page's own script import
LATER_UI = "later/ui.json"  # modules, markup and words
LATER_WORKER = "later/worker.zip"
LATER_STYLE = "later/style.css"
LATER_SOURCES = "learn"  # folder of markup, styles and words
WORDS = "words."  # begins the name of a file of words there; the language follows
UI = "ui/packed.z"
FIRST_LOOK = "model/first_look.json"  # read by the page's own script, so packed with its modules
STYLE = "styles/packed.css"
# First the rules of the whole page, then those of its parts: of two rules the later one wins.
PARTS = ("plan", "press", "table", "write", "number", "reading", "read")
VIEWS = ("batch", "how", "inside", "measure", "about")
STYLES = ("style.css", *(f"styles/{part}.css" for part in PARTS + VIEWS))
FIELD = "embed.js"
FIELD_MODULES = tuple(f"embed/{name}.js" for name in ("values", "frame", "ink", "field"))
LINKS = re.compile(r"^(import .*\n|export )", re.MULTILINE)  # between those modules
WHEEL = "inkling/inkling-0-py3-none-any.whl"  # its version is never looked at
ABOUT = "inkling-0.dist-info/"  # a wheel has to have such a folder (PEP 427)
METADATA = {
    ABOUT + "METADATA": "Metadata-Version: 2.1\nName: inkling\nVersion: 0\n",
    ABOUT + "WHEEL": "Wheel-Version: 1.0\nTag: py3-none-any\n",
}
RECIPE = ABOUT + "RECIPE"


def for_pyodide(site: Path, later: bool = False) -> list[Path]:
    """Return the modules that the worker imports, at its start or later."""
    return _modules(site, later, "inkling/**/*.py", "worker/**/*.py")


def for_micropython(site: Path, later: bool = False) -> list[Path]:
    """Return the files that the page's own script imports or reads, at its start or later."""
    return _modules(site, later, "ui/**/*.py", SHARED, FIRST_LOOK)


def for_browser(site: Path) -> list[Path]:
    """Return the style sheets, in their order."""
    return [path for path in (site / name for name in STYLES) if path.exists()]


def for_other_pages(site: Path) -> list[Path]:
    """Return the modules of the number field, each after those that it imports."""
    return [path for path in (site / name for name in FIELD_MODULES) if path.exists()]


def later_sources(site: Path, kind: str) -> list[Path]:
    """Return the markup (html), styles (css) or words (json) that are fetched on first use."""
    return sorted(site.glob(f"{LATER_SOURCES}/*.{kind}"))


def _later_page_files(site: Path) -> list[Path]:
    markup, words = (later_sources(site, kind) for kind in ("html", "json"))
    return [*for_micropython(site, later=True), *markup, *words]


def packed_modules(site: Path) -> set[Path]:
    """Return the files that need not be served, as they are in a pack and the page links to none.

    Where there are no packs, there are no such files.
    """
    packs = {
        WHEEL: for_pyodide,
        UI: for_micropython,
        STYLE: for_browser,
        FIELD: for_other_pages,
        LATER_WORKER: lambda site: for_pyodide(site, later=True),
        LATER_UI: _later_page_files,
        LATER_STYLE: lambda site: later_sources(site, "css"),
    }
    packed = {path for pack, of in packs.items() if (site / pack).exists() for path in of(site)}
    page = (site / PAGE).read_text() if packed else ""
    return {path for path in packed if f'"./{path.relative_to(site).as_posix()}"' not in page}


def write(site: Path) -> None:
    """Pack a site's modules and styles; the wheel only if its modules have changed since."""
    if not (site / WORKER).exists():  # a site without a worker: nothing to pack
        return
    write_whole(site / UI, micropython_pack(site, for_micropython(site)))
    _write_styles(for_browser(site), site / STYLE)
    _write_compiled(site, for_pyodide(site), WHEEL, METADATA)
    if modules := for_other_pages(site):
        write_whole(site / FIELD, _one_script(modules).encode())
    _write_later(site)


def _write_later(site):
    modules = _texts(site, for_micropython(site, later=True))
    if modules:
        markup = {path.stem: path.read_text() for path in later_sources(site, "html")}
        words = {
            path.stem.removeprefix(WORDS): json.loads(path.read_text())
            for path in later_sources(site, "json")
        }
        pack = {"modules": modules, "markup": markup, "words": words}
        write_whole(site / LATER_UI, json.dumps(pack, indent=0).encode())
    _write_styles(later_sources(site, "css"), site / LATER_STYLE)
    if modules := for_pyodide(site, later=True):
        _write_compiled(site, modules, LATER_WORKER, {})


def _texts(site, paths):
    return {path.relative_to(site).as_posix(): path.read_text() for path in paths}


def _write_styles(sheets, target):
    if sheets:
        write_whole(target, b"\n".join(path.read_bytes() for path in sheets))


def _modules(site, later, *patterns):
    paths = (path for pattern in patterns for path in sorted(site.glob(pattern)))
    left_out = {*SCRIPTS, *NOT_IN_PAGE}
    named = {path.relative_to(site).as_posix(): path for path in paths}
    return [
        path
        for name, path in named.items()
        if name not in left_out and name.startswith(LATER) == later
    ]


def _write_compiled(site, modules, target, extra):
    """Write an archive of compiled modules, and `extra` texts by name, unless they are in it."""
    recipe = recipe_of([*modules, *SOURCES, Path(__file__), ROOT / "package-lock.json"], site)
    if _recipe_in(site / target) != recipe:
        _write_archive(site, modules, target, {**extra, RECIPE: recipe})


def _one_script(modules):
    """Return modules as one classic script, whose names no other script sees."""
    body = "\n".join(LINKS.sub("", path.read_text()) for path in modules)
    return f"(() => {{\n{body}}})();\n"


def _recipe_in(wheel: Path) -> str | None:
    if not wheel.exists():
        return None
    with zipfile.ZipFile(wheel) as opened:
        return opened.read(RECIPE).decode()


def _write_archive(site, modules, target, texts):
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "modules.zip"
        with zipfile.ZipFile(source, "w") as archive:
            for path in modules:
                archive.write(path, path.relative_to(site).as_posix())
            for name, content in texts.items():
                archive.writestr(name, content)
        job = {"source": str(source), "target": Path(target).name, "keep": ["*"]}
        (site / target).parent.mkdir(exist_ok=True)
        packed(npm_package("pyodide"), [job], (site / target).parent)

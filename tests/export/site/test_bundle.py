"""What the page's two Pythons are given agrees with the folders."""

import errno
import json
import re
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest

from export.setup.downloads import node_program, npm_package
from export.setup.machine import SetupError
from export.site import bundle, compile_for_micropython, precache
from ui.pad import brush, strokes, viewport

SITE = Path(__file__).parents[3] / "site"
RUNNER = Path(__file__).parents[2] / "ui" / "run_in_micropython.mjs"
MICROPYTHON = "@micropython/micropython-webassembly-pyscript"
# Run after unpack.py: prints the length of each file, and a result of a compiled module.
READ_BACK = """
with open(PACKED, "rb") as packed:
    names = read_pack(packed.read())
sizes = {name: os.stat(PLACE + "/" + name)[6] for name in names}
from ui.pad import viewport
modules.add({"ui/later/one.py": "LATER = 1"})
from ui.later.one import LATER
with open(PLACE + "/model/first_look.json") as file:
    first = file.read(1)
try:
    open(PLACE + "/ui/none.py")
except OSError as error:
    missing = error.errno
print(json.dumps([sizes, viewport.pixels_high(viewport.SQUARE), LATER, first, missing]))
"""


@pytest.fixture(scope="module", autouse=True)
def packed():
    bundle.write(SITE)


def test_the_worker_is_given_every_module_of_the_package():
    # The command line has no business in a page.
    modules = names_in("inkling") - {name.removesuffix(".py") for name in bundle.NOT_IN_PAGE}
    beside = names_in("worker") - {"worker/api"}
    with zipfile.ZipFile(SITE / bundle.WHEEL) as wheel:
        given = {name for name in wheel.namelist() if not name.startswith(bundle.ABOUT)}
    assert given == {f"{name}.pyc" for name in modules | beside}
    assert bundle.WHEEL in json.loads(precache.list_of(SITE))["files"]


def test_the_page_is_given_every_module_of_its_own_and_the_first_look():
    # main.py is the script itself, fetched by its src; unpack.py lays out the others.
    shared = bundle.SHARED.removesuffix(".py")
    own = {shared} | names_in("ui") - {"ui/main", "ui/unpack"}
    assert set(pack_of_the_page()) == {f"{name}.mpy" for name in own} | {bundle.FIRST_LOOK}
    assert {f"./{bundle.UI}", "./ui/unpack.py"} == set(config("mpy-config")["files"])
    assert bundle.FIRST_LOOK not in json.loads(precache.list_of(SITE))["files"]


def test_micropython_lays_out_what_was_packed_and_imports_it(tmp_path):
    files = tmp_path / "files"
    files.mkdir()
    (files / "packed.z").write_bytes((SITE / bundle.UI).read_bytes())
    unpack = (SITE / "ui" / "unpack.py").read_text().replace("ui/packed.z", "/packed.z")
    assert "/packed.z" in unpack
    unpack = "import os, sys\nos.mkdir('/ui')\nsys.path[0] = ''\n" + unpack
    program = tmp_path / "program.py"
    program.write_text(unpack + READ_BACK)
    command = [node_program("node"), RUNNER, npm_package(MICROPYTHON), files, program]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    sizes, pixels, later, first, missing = json.loads(run.stdout)
    assert (later, first, missing) == (1, "{", errno.ENOENT)
    assert sizes == {name: len(content) for name, content in pack_of_the_page().items()}
    assert pixels == viewport.pixels_high(viewport.SQUARE)


def test_a_module_that_micropython_cannot_compile_is_named(tmp_path):
    wrong = tmp_path / "wrong.py"
    wrong.write_text("def half(:\n")
    with pytest.raises(SetupError, match=r"ui/wrong\.py could not be compiled"):
        compile_for_micropython.compile_module(wrong, "ui/wrong.py")


def test_the_page_is_given_every_style_sheet_in_one():
    given = (SITE / bundle.STYLE).read_text()
    assert {path.name for path in SITE.glob("styles/*.css")} - {"packed.css"} == {
        Path(name).name for name in bundle.STYLES[1:]
    }
    assert all((SITE / name).read_text() in given for name in bundle.STYLES)


def test_the_pen_of_the_first_moments_measures_as_the_pad_does():
    told = re.findall(r"const ([A-Z_]+) = ([\d.]+);", (SITE / "early.js").read_text())
    known = {**vars(strokes), **vars(brush)}
    assert len(told) == 4 and all(known[name] == float(value) for name, value in told)


def test_modules_are_packed_anew_once_one_has_changed(tmp_path):
    (tmp_path / "index.html").write_text('<a href="./worker/serialize.py">')
    for name in ("worker/api.py", "worker/serialize.py", "inkling/errors.py", "ui/browser/dom.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((SITE / name).read_bytes())

    def packs():
        bundle.write(tmp_path)
        return [(tmp_path / name).read_bytes() for name in (bundle.WHEEL, bundle.UI)]

    before = packs()
    assert packs() == before
    for name in ("inkling/errors.py", "ui/browser/dom.py"):
        (tmp_path / name).write_text("LATER = True")
    assert [new == old for new, old in zip(packs(), before, strict=True)] == [False, False]
    served = {path.relative_to(tmp_path).as_posix() for path in precache.listed(tmp_path)}
    assert served == {bundle.WHEEL, bundle.UI, "index.html", "worker/api.py", "worker/serialize.py"}


def test_what_no_first_answer_needs_is_in_packs_of_its_own():
    pack = json.loads((SITE / bundle.LATER_UI).read_text())
    modules = {
        path.relative_to(SITE).as_posix()
        for folder in ("ui/learn", "ui/pages")
        for path in (SITE / folder).rglob("*.py")
    }
    assert set(pack["modules"]) == modules
    assert all((SITE / name).read_text() == text for name, text in pack["modules"].items())
    assert set(pack["markup"]) == {path.stem for path in SITE.glob("learn/*.html")}
    assert set(pack["words"]) == {path.stem for path in SITE.glob("words/*.json")}
    with zipfile.ZipFile(SITE / bundle.LATER_WORKER) as archive:
        given = {name for name in archive.namelist() if name != bundle.RECIPE}
    assert given == {
        path.relative_to(SITE).with_suffix(".pyc").as_posix()
        for name in bundle.LATER
        for path in SITE.glob(name + "**/*.py" if name.endswith("/") else name)
        if not name.startswith("ui/")
    }
    served = json.loads(precache.list_of(SITE))["files"]
    assert {bundle.LATER_UI, bundle.LATER_WORKER, bundle.LATER_STYLE} <= set(served)
    assert not any(name.startswith("learn/") for name in served)


def pack_of_the_page():
    """Return the files of the page's own pack, bytes by name."""
    head, files = zlib.decompress((SITE / bundle.UI).read_bytes()).split(b"\n", 1)
    found = {}
    for name, size in json.loads(head):
        found[name], files = files[:size], files[size:]
    assert files == b""
    return found


def names_in(folder):
    """Modules of a folder that are fetched at the start, by their paths."""
    paths = (path.relative_to(SITE) for path in (SITE / folder).rglob("*.py"))
    first = (path for path in paths if not path.as_posix().startswith(bundle.LATER))
    return {path.with_suffix("").as_posix() for path in first}


def config(element):
    page = (SITE / "index.html").read_text()
    described = json.loads(
        re.search(f"<{element} hidden[^>]*>(.*?)</{element}>", page, re.DOTALL)[1]
    )
    assert all(source == target for source, target in described["files"].items())
    return described

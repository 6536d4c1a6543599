"""What the page's two Pythons are given agrees with the folders."""

import json
import re
import zipfile
from pathlib import Path

import pytest

from export import bundles, precache
from ui import ink, sheet

SITE = Path(__file__).parents[2] / "site"


@pytest.fixture(scope="module", autouse=True)
def packed():
    bundles.write(SITE)


def test_the_worker_is_given_every_module_of_the_package():
    # The command line has no business in a page.
    modules = names_in("inkling") - {"inkling/__main__"}
    beside = {path.stem for path in SITE.glob("*.py")} - {"worker"}
    with zipfile.ZipFile(SITE / bundles.WHEEL) as wheel:
        given = {name for name in wheel.namelist() if not name.startswith(bundles.ABOUT)}
    assert given == {f"{name}.pyc" for name in modules | beside}
    assert bundles.WHEEL in json.loads(precache.list_of(SITE))["files"]


def test_the_page_is_given_every_module_of_its_own_as_it_is():
    given = json.loads((SITE / bundles.UI).read_text())
    # main.py is the script itself, fetched by its src; unpack.py lays out the others.
    assert {f"ui/{Path(name).stem}" for name in given} == names_in("ui") - {"ui/main", "ui/unpack"}
    assert all((SITE / "ui" / name).read_text() == source for name, source in given.items())
    assert {f"./{bundles.UI}", "./ui/unpack.py"} == set(config("mpy-config")["files"])


def test_the_page_is_given_every_style_sheet_in_one():
    given = (SITE / bundles.STYLE).read_text()
    assert {path.name for path in SITE.glob("styles/*.css")} - {"packed.css"} == {
        Path(name).name for name in bundles.STYLES[1:]
    }
    assert all((SITE / name).read_text() in given for name in bundles.STYLES)


def test_the_pen_of_the_first_moments_measures_as_the_pad_does():
    told = re.findall(r"const ([A-Z_]+) = ([\d.]+);", (SITE / "early.js").read_text())
    known = {**vars(sheet), **vars(ink)}
    assert len(told) == 4 and all(known[name] == float(value) for name, value in told)


def test_modules_are_packed_anew_once_one_has_changed(tmp_path):
    (tmp_path / "index.html").write_text('<a href="./plain.py">')
    for name in ("worker.py", "plain.py", "inkling/errors.py", "ui/dom.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((SITE / name).read_bytes())

    def packs():
        bundles.write(tmp_path)
        return [(tmp_path / name).read_bytes() for name in (bundles.WHEEL, bundles.UI)]

    before = packs()
    assert packs() == before
    for name in ("inkling/errors.py", "ui/dom.py"):
        (tmp_path / name).write_text("LATER = True")
    assert [new == old for new, old in zip(packs(), before, strict=True)] == [False, False]
    served = {path.relative_to(tmp_path).as_posix() for path in precache.listed(tmp_path)}
    assert served == {bundles.WHEEL, bundles.UI, "index.html", "worker.py", "plain.py"}


def names_in(folder):
    return {f"{folder}/{path.stem}" for path in (SITE / folder).glob("*.py")}


def config(element):
    page = (SITE / "index.html").read_text()
    described = json.loads(re.search(f"<{element} hidden>(.*?)</{element}>", page, re.DOTALL)[1])
    assert all(source == target for source, target in described["files"].items())
    return described

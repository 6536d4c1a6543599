"""The lists of files that the page's two Pythons fetch agree with the folders."""

import json
from pathlib import Path

SITE = Path(__file__).parents[2] / "site"


def test_the_worker_is_given_every_module_of_the_package():
    # The command line has no business in a page.
    modules = files_in("inkling") - {"./inkling/__main__.py"}
    beside = {f"./{path.name}" for path in SITE.glob("*.py")} - {"./worker.py"}
    assert files_listed_in("pyscript.json") == modules | beside | {"./model/digits.npz"}


def test_the_page_is_given_every_module_of_its_own():
    # main.py is the script itself, fetched by its src.
    assert files_listed_in("micropython.json") == files_in("ui") - {"./ui/main.py"}


def files_in(folder):
    return {f"./{folder}/{path.name}" for path in (SITE / folder).glob("*.py")}


def files_listed_in(config):
    files = json.loads((SITE / config).read_text())["files"]
    assert all(source == target for source, target in files.items())
    return set(files)

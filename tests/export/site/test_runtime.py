"""What `make site` promises: every byte checked, nothing fetched twice, nothing left half done."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from export.setup.machine import ROOT
from export.site.manifest import is_whole, manifest_of, recipe_of

RUNTIME = ROOT / "site" / "runtime"
# Nothing listens on port 9: whoever is sent there is refused at once.
NOWHERE = "http://127.0.0.1:9/"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The part of the repository that `make site` works with, to break things in."""
    copy = tmp_path / "inkling"
    shutil.copytree(ROOT / "export", copy / "export", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, copy)
    return copy


def build_command(tree: Path, **environment: str) -> dict:
    return {
        "args": [sys.executable, "-m", "export.site.runtime"],
        "cwd": tree,
        "env": {**os.environ, "PYTHONPATH": str(tree), **environment},
        "text": True,
    }


def recipe_in(folder: Path) -> str:
    return json.loads((folder / "manifest.json").read_text())["recipe"]


def test_the_lock_gives_a_checksum_for_every_package_and_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    entries = [entry for name, entry in packages.items() if name]
    assert all(entry["integrity"].startswith("sha512-") for entry in entries)
    assert not any("resolved" in entry for entry in entries)


def test_the_lock_in_the_site_names_the_wheels_that_lie_beside_it():
    folder = RUNTIME / "pyodide"
    packages = json.loads((folder / "pyodide-lock.json").read_text())["packages"]
    named = {package["file_name"]: package["sha256"] for package in packages.values()}
    lying = {w.name: hashlib.sha256(w.read_bytes()).hexdigest() for w in folder.glob("*.whl")}
    assert named == lying


def test_the_manifest_tells_the_length_and_checksum_of_every_file_in_the_site():
    listed = json.loads((RUNTIME / "manifest.json").read_text())["files"]
    present = [p for p in RUNTIME.rglob("*") if p.is_file() and p.name != "manifest.json"]
    assert sorted(listed) == sorted(p.relative_to(RUNTIME).as_posix() for p in present)
    for path in present:
        entry = listed[path.relative_to(RUNTIME).as_posix()]
        assert entry["bytes"] == path.stat().st_size
        assert entry["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("change", ["altered", "missing", "added", "other recipe"])
def test_a_runtime_that_is_not_as_built_is_noticed(tmp_path, change):
    (tmp_path / "a.js").write_text("a")
    (tmp_path / "manifest.json").write_text(manifest_of(tmp_path, "recipe"))
    assert is_whole(tmp_path, "recipe")
    if change == "altered":
        (tmp_path / "a.js").write_text("b")
    elif change == "missing":
        (tmp_path / "a.js").unlink()
    elif change == "added":
        (tmp_path / "b.js").write_text("b")
    assert not is_whole(tmp_path, "new recipe" if change == "other recipe" else "recipe")


def test_a_recipe_knows_where_a_file_is_in_its_folder_but_not_where_the_folder_is(tmp_path):
    recipes = {}
    for folder, names in {"z": "ab", "a": "ab", "moved": "ac", "swapped": "ba"}.items():
        paths = [tmp_path / folder / name / "x.py" for name in names]
        for path, content in zip(paths, ("one", "two"), strict=True):
            path.parent.mkdir(parents=True)
            path.write_text(content)
        lock = ROOT / "package-lock.json"  # outside the folder
        recipes[folder] = recipe_of([*paths, lock], tmp_path / folder)
    assert recipes["z"] == recipes["a"]
    assert len(set(recipes.values())) == 3


def test_every_part_of_the_runtime_comes_with_its_licence():
    first_lines = {
        "pyscript": "Apache License",
        "pyodide": "Mozilla Public License",
        "python": "PYTHON SOFTWARE FOUNDATION",
        "numpy": "NumPy Developers",
        "pillow": "Python Imaging Library",
        "micropython": "Damien P. George",
    }
    for part, words in first_lines.items():
        assert words in (RUNTIME / "licences" / f"{part}.txt").read_text()


def test_a_build_that_was_killed_leaves_nothing_half_and_the_next_one_succeeds(tree):
    runtime, scaffold = tree / "site" / "runtime", tree / "build" / "runtime"
    killed = subprocess.Popen(**build_command(tree), stdout=subprocess.DEVNULL)
    while killed.poll() is None and not scaffold.exists():
        time.sleep(0.001)
    killed.kill()
    killed.wait()
    half_written = tree / "node_modules" / "pyodide" / "pyodide-lock.json"
    half_written.parent.mkdir(parents=True, exist_ok=True)
    half_written.write_text("{}")
    assert not runtime.exists() or is_whole(runtime, recipe_in(RUNTIME))
    subprocess.run(**build_command(tree), check=True)
    ours = (RUNTIME / "manifest.json").read_text()
    assert (runtime / "manifest.json").read_text() == ours, "the same sources give the same site"
    again = subprocess.run(**build_command(tree), check=True, capture_output=True)
    assert again.stdout == "site/runtime is complete: nothing to do.\n"


def test_without_a_way_to_npm_the_build_ends_with_what_to_do(tree, tmp_path):
    run = subprocess.run(
        **build_command(
            tree,
            npm_config_registry=NOWHERE,
            npm_config_cache=str(tmp_path / "npm-cache"),
        ),
        capture_output=True,
    )
    assert run.returncode == 1
    for words in (
        "npm could not install the packages of package-lock.json",
        "ECONNREFUSED",
        "run the command again",
    ):
        assert words in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tree / "site" / "runtime").exists()

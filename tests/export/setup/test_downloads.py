"""npm's packages are those of the lock file, installed when it changes and not before.

The npm here is a script that notes each run, so that the tests need no registry.
"""

import shutil
import sys
from pathlib import Path

import pytest

from export.setup import downloads
from export.setup.machine import SetupError


@pytest.fixture
def project(tmp_path: Path, monkeypatch) -> Path:
    """A project with an npm that adds one line to node_modules/runs each time."""
    programs, folder = tmp_path / "bin", tmp_path / "project"
    programs.mkdir()
    folder.mkdir()
    (folder / "package-lock.json").write_text("{}")
    put_npm(programs, "mkdir -p node_modules && echo $@ >> node_modules/runs")
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    return folder


def put_npm(folder: Path, script: str) -> None:
    (folder / "npm").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "npm").chmod(0o755)


def runs(project: Path) -> list[str]:
    """The arguments of each run of npm."""
    return (project / "node_modules" / "runs").read_text().splitlines()


def test_packages_are_installed_once_and_run_no_script_of_theirs(project):
    for _ in range(2):
        package = downloads.npm_package("@micropython/x", project)
        assert package == project / "node_modules" / "@micropython" / "x"
    assert [line.split()[0] for line in runs(project)] == ["ci"]
    assert "--ignore-scripts" in runs(project)[0]


def test_packages_are_installed_anew_when_the_lock_file_changes(project):
    downloads.npm_package("x", project)
    (project / "package-lock.json").write_text('{"packages": {}}')
    downloads.npm_package("x", project)
    assert len(runs(project)) == 2


def test_a_failed_installation_says_why_and_is_tried_again(project):
    put_npm(project.parent / "bin", "echo npm error code EINTEGRITY >&2; exit 1")
    for _ in range(2):
        with pytest.raises(SetupError, match=r"(?s)run the command again.*EINTEGRITY"):
            downloads.npm_package("x", project)


def test_a_machine_without_npm_is_told_how_to_get_one(project, monkeypatch):
    (project.parent / "bin" / "npm").unlink()
    monkeypatch.setenv("PATH", str(project))
    monkeypatch.setattr(sys, "executable", str(project / "python"))
    with pytest.raises(SetupError, match=r"There is no npm .*`make site`"):
        downloads.npm_package("x", project)


def test_the_npm_beside_python_serves_where_the_machine_has_none(project, monkeypatch):
    shutil.copy(project.parent / "bin" / "npm", project / "npm")
    monkeypatch.setattr(sys, "executable", str(project / "python"))
    monkeypatch.setenv("PATH", str(project.parent / "nothing"))
    assert downloads.node_program("npm") == str(project / "npm")


def test_the_cache_is_where_the_environment_says(tmp_path, monkeypatch):
    monkeypatch.setenv("INKLING_CACHE", str(tmp_path))
    assert downloads.cache_folder() == tmp_path
    monkeypatch.delenv("INKLING_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    if sys.platform == "linux":
        assert downloads.cache_folder() == tmp_path / "xdg" / "inkling"

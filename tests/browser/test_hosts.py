"""The page works on any static host, however it is set up, and from the zip of `make dist`."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from urllib.error import URLError

import pytest
from conftest import SITE
from support.gestures import chromium_path, draw
from support.handwriting import pen_strokes
from support.hosts import Host, copy_of
from support.page_state import answer, remark, wait_for_words, wait_until

from export.site import dist

OCTETS = "application/octet-stream"
# No type that a browser does without, no keeping, no second look at types, and an address that
# leads somewhere else.
AWKWARD_TYPES = dict.fromkeys(
    (".wasm", ".json", ".whl", ".zip", ".npz", ".z", ".py", ".webmanifest", ".txt"), OCTETS
)
AWKWARD_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Vary": "*"}
FAR = "inkling.example"  # any name but localhost: there http is not a secure context


def read_a_seven(page):
    wait_until(page, "ready")
    draw(page, pen_strokes(7))
    assert answer(page) == "7", remark(page)


def test_an_awkward_host_serves_the_page_and_its_copy(visit, tmp_path):
    host = Host(copy_of(SITE, tmp_path / "site"), AWKWARD_TYPES, AWKWARD_HEADERS, to="index.html")
    page = visit(service_workers="allow", address=host.address)
    assert page.url.endswith("index.html")
    read_a_seven(page)
    wait_for_words(page, "#offline", "Works offline.")
    host.down()
    page.goto(host.address)
    read_a_seven(page)


@pytest.fixture(scope="module")
def far_browser(chromium):
    """A browser for which the server has a name of its own, and so is not this machine."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    browser = chromium.browser_type.launch(
        executable_path=chromium_path(),
        args=[f"--host-resolver-rules=MAP {FAR} 127.0.0.1"] + (["--no-sandbox"] if root else []),
    )
    yield browser
    browser.close()


def test_over_plain_http_the_page_reads_and_says_that_it_cannot_be_kept(far_browser, address):
    page = far_browser.new_page()
    page.goto(address.replace("127.0.0.1", FAR))
    read_a_seven(page)
    assert "not secure" in page.text_content("#offline")
    page.click("#camera")
    wait_for_words(page, "#remark", "cannot be used here")
    page.close()


@pytest.mark.parametrize("name", ["runtime/pyodide/numpy*.whl", "precache.json"])
def test_over_plain_http_an_altered_file_is_noticed_too(far_browser, host, name):
    (file,) = host.folder.glob(name)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    page = far_browser.new_page()
    page.goto(host.address.replace("127.0.0.1", FAR))
    wait_for_words(page, "#remark", "damaged")
    assert file.name in remark(page)
    page.close()


def test_the_zip_is_unpacked_and_served_as_it_is(visit, tmp_path):
    dist.pack(copy_of(SITE, tmp_path / "site"), tmp_path / "dist" / "inkling.zip")
    with zipfile.ZipFile(tmp_path / "dist" / "inkling.zip") as archive:
        archive.extractall(tmp_path / "www" / "some" / "where")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "http.server", str(port), "--bind=127.0.0.1"]
    server = subprocess.Popen(command, cwd=tmp_path / "www", stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}/some/where/inkling/"
        wait_for_server(address)
        read_a_seven(visit(address=address))
    finally:
        server.terminate()
        server.wait()


def wait_for_server(address):
    for _ in range(100):
        try:
            urllib.request.urlopen(address).close()
            return
        except URLError:
            time.sleep(0.1)
    pytest.fail(f"{address} does not answer.")

"""A download arrives whole and checked, goes on where it broke off, or says why it cannot."""

import hashlib
import http.server
import threading
from pathlib import Path

import pytest

from export.download import NotSentError, SourceError, download

CONTENT = bytes(range(256)) * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
# Nothing listens on port 9: whoever is sent there is refused at once.
NOWHERE = "http://127.0.0.1:9/"


class Server(http.server.ThreadingHTTPServer):
    """A static server that can refuse ranges, lie, or hang up in the middle."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.content, self.ranges_work, self.hang_up_after = CONTENT, True, None
        self.asked: list[str | None] = []
        self.address = f"http://127.0.0.1:{self.server_port}/file.bin"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server = self.server
        server.asked.append(self.headers["Range"])
        if self.path != "/file.bin":
            return self.send_error(404)
        start = 0
        if self.headers["Range"] and server.ranges_work:
            start = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
            if start >= len(server.content):
                return self.send_error(416)
        rest = server.content[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        self.wfile.write(rest[: server.hang_up_after])
        return None

    def log_message(self, *_: object) -> None:
        """Keep the tests' output to the tests."""


@pytest.fixture
def server():
    with Server() as running:
        threading.Thread(target=running.serve_forever, args=[0.01], daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "file.bin"


def leave_part(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True)
    target.with_name("file.bin.part").write_bytes(content)


def test_a_download_arrives_whole_and_leaves_nothing_beside_it(server, target):
    assert download(server.address, target, SHA256).read_bytes() == CONTENT
    assert [path.name for path in target.parent.iterdir()] == ["file.bin"]


def test_a_file_in_the_cache_is_not_asked_for_again(server, target):
    download(server.address, target, SHA256)
    download(server.address, target, SHA256)
    assert len(server.asked) == 1


def test_an_interrupted_download_continues_where_it_stopped(server, target):
    leave_part(target, CONTENT[:100_000])
    assert download(server.address, target, SHA256).read_bytes() == CONTENT
    assert server.asked == ["bytes=100000-"]


def test_a_server_that_cannot_continue_is_read_from_the_start(server, target):
    server.ranges_work = False
    leave_part(target, CONTENT[:100_000])
    assert download(server.address, target, SHA256).read_bytes() == CONTENT


def test_a_finished_part_needs_no_more_bytes(server, target):
    leave_part(target, CONTENT)
    assert download(server.address, target, SHA256).read_bytes() == CONTENT


def test_the_beginning_of_another_file_is_thrown_away(server, target):
    leave_part(target, b"something else" * 1000)
    assert download(server.address, target, SHA256).read_bytes() == CONTENT
    assert server.asked == ["bytes=14000-", None]


def test_a_connection_that_breaks_is_taken_up_again(server, target):
    server.hang_up_after = 120_000
    assert download(server.address, target, SHA256).read_bytes() == CONTENT
    assert server.asked == [None, "bytes=120000-", "bytes=240000-"]


def test_an_altered_file_in_the_cache_is_fetched_again(server, target):
    download(server.address, target, SHA256).write_bytes(CONTENT[:-1] + b"!")
    assert download(server.address, target, SHA256).read_bytes() == CONTENT


def test_a_file_with_another_checksum_is_refused(server, target):
    server.content = b"malice"
    with pytest.raises(NotSentError) as refusal:
        download(server.address, target, SHA256)
    assert SHA256 in str(refusal.value)
    assert hashlib.sha256(b"malice").hexdigest() in str(refusal.value)
    assert list(target.parent.iterdir()) == []


def test_a_missing_file_says_what_the_server_answered(server, target):
    with pytest.raises(NotSentError, match="answered 404 Not Found"):
        download(server.address + "x", target, SHA256)


def test_a_host_that_is_not_there_is_named(target):
    with pytest.raises(NotSentError, match="cannot be reached"):
        download(NOWHERE, target, SHA256)


def test_an_error_names_the_file_the_sources_and_the_remedy():
    sentence = str(SourceError("a.whl", [("here", "said no"), ("there", "is away")], "Do this."))
    for part in ("a.whl", "here", "said no", "there", "is away", "Do this."):
        assert part in sentence

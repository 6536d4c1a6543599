"""Reduce Python's library, numpy and Pillow to the modules that the page uses, compiled.

The same Pyodide that will run them compiles them at build time, under Node. Their checksums are
checked before. Of the originals' 6.4 MB, 3.9 are left out.
"""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from pooch import file_hash

from export.setup.downloads import node_program
from export.setup.machine import SetupError
from export.site.manifest import write_whole
from export.site.runtime_modules import DOCUMENTED, EMPTY, HOLLOW, LIBRARY, NUMPY, PILLOW

HERE = Path(__file__).resolve().parent
INSIDE = HERE / "run_in_pyodide.mjs"
PACKING = HERE / "compile_in_pyodide.py"
SOURCES = [INSIDE, PACKING, HERE / "runtime_modules.py", HERE / "trim.py"]
STDLIB = "python_stdlib.zip"
KEPT = {"numpy": NUMPY, "pillow": PILLOW}
BUILD_TAG = "1inkling"  # in a wheel's name: so that ours is not taken for the official one


def trimmed(pyodide: Path, wheels: dict[str, Path], folder: Path) -> dict[str, Path]:
    """Write what the page needs of Pyodide's standard library and of wheels into a folder.

    pyodide: npm's package, unpacked. wheels: by "numpy" and "pillow". Returns the new wheels by the
    same names. Raises SetupError.
    """
    targets = {name: folder / _tagged(wheel.name) for name, wheel in wheels.items()}
    jobs = [_job(pyodide / STDLIB, STDLIB, LIBRARY)]
    jobs += [_job(wheel, targets[name].name, KEPT[name]) for name, wheel in wheels.items()]
    packed(pyodide, jobs, folder)
    return targets


def packed(pyodide: Path, jobs: list[dict], folder: Path) -> None:
    """Write zip files with compiled modules into a folder.

    jobs: as compile_in_pyodide.py takes them, `source` a path anywhere. Raises SetupError.
    """
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        for job in jobs:
            shutil.copyfile(job["source"], scratch / f"source-{job['target']}")
        told = [job | {"source": f"source-{job['target']}"} for job in jobs]
        (scratch / "jobs.json").write_text(json.dumps(told))
        _run_inside(pyodide, PACKING, scratch)
        for job in jobs:
            write_whole(folder / job["target"], (scratch / job["target"]).read_bytes())


def relocked(lock: dict, wheels: dict[str, Path]) -> bytes:
    """Return Pyodide's lock with our wheels alone, by their names and checksums."""
    packages = {
        name: lock["packages"][name] | {"file_name": wheel.name, "sha256": file_hash(wheel)}
        for name, wheel in wheels.items()
    }
    return json.dumps({"info": lock["info"], "packages": packages}, sort_keys=True).encode()


def _tagged(wheel: str) -> str:
    """Return the wheel's name with our build tag (PEP 427)."""
    name, version, rest = wheel.split("-", 2)
    return f"{name}-{version}-{BUILD_TAG}-{rest}"


def _job(source: Path, target: str, keep: list[str]) -> dict:
    job = {"source": str(source), "target": target, "keep": keep}
    return job | {"empty": EMPTY, "hollow": HOLLOW, "documented": DOCUMENTED}


def _run_inside(pyodide: Path, program: Path, folder: Path) -> None:
    command = [node_program("node"), str(INSIDE), str(pyodide), str(program), str(folder)]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        said = "\n      ".join((run.stderr or run.stdout).strip().splitlines()[-3:])
        raise SetupError(
            f"{command[0]} could not compile modules for the page:\n      {said}\n"
            "It has to be Node 18 or newer."
        )

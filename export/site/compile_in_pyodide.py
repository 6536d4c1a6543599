"""Pack archives with compiled modules, in the working directory, inside Pyodide.

jobs.json is a list of jobs. "source" and "target" are names of zip files here; the other keys are
patterns of fnmatch. Files of "keep" are packed. Those of "empty" lose their content, and those of
"documented" do not lose their docstrings. Extension modules of "hollow" become modules without
content. A .py becomes the .pyc that Python looks for in its place. The same sources give the same
bytes.
"""

import fnmatch
import importlib.util
import json
import marshal
import zipfile
from pathlib import Path

DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold
UNCHECKED_HASH = 0b01  # PEP 552: the source is identified by its hash, and never compared
PLAIN, OPTIMISED = 0, 2  # the latter without docstrings and asserts: boot.js starts Python with -OO


def compiled(name, source, optimised):
    """Return a module's .pyc: PEP 552's header and its code."""
    code = compile(source, name, "exec", dont_inherit=True, optimize=optimised)
    header = importlib.util.MAGIC_NUMBER + UNCHECKED_HASH.to_bytes(4, "little")
    return header + importlib.util.source_hash(source) + marshal.dumps(code)


def matches(name, patterns):
    """Return the patterns that match a name."""
    return {pattern for pattern in patterns if fnmatch.fnmatchcase(name, pattern)}


def pack(source, target, keep, empty=(), hollow=(), documented=()):
    """Copy the entries that match a pattern, in the order of their names."""
    used = set()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(old.namelist()):
            matching = matches(name, keep)
            used |= matching
            if not matching or name.endswith("/"):
                continue
            content = b"" if matches(name, [*empty, *hollow]) else old.read(name)
            if matches(name, hollow):
                name = name.partition(".cpython-")[0] + ".py"
            if name.endswith(".py"):
                optimised = PLAIN if matches(name, documented) else OPTIMISED
                name, content = name + "c", compiled(name, content, optimised)
            new.writestr(zipfile.ZipInfo(name, DATE), content, zipfile.ZIP_DEFLATED, 9)
    if unused := sorted(set(keep) - used):
        raise SystemExit(f"{source} has nothing called {', '.join(unused)}")


for job in json.loads(Path("jobs.json").read_text()):
    pack(**job)

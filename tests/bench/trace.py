"""Traces the stages of a first and of a second visit, for several built sites in turns.

    python -m tests.bench.trace ROUNDS FOLDER [FOLDER ...] [--phone]

Each folder is a site as `make site` leaves it. Marks are put into copies of it, so that the site
itself carries none. A digit is drawn as soon as the pad can be used. --phone: a slow connection
(9 Mbit/s for all together, 170 ms before each answer), and the page's thread four times slower;
Chromium offers no such brake for the worker's thread. Prints medians in milliseconds after
navigation; docs/performance.md holds what came of it.
"""

import functools
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from export.setup.machine import ROOT
from export.site import precache

sys.path.insert(0, str(ROOT / "tests" / "browser"))
from support import gestures, handwriting

from . import stage, visits

# What each stage's mark is put before or after, in the files of the worker.
PYTHON = """import js
    import numpy
    js.performance.mark("numpy imported")
    try:
        import PIL.Image
    except ImportError:
        pass  # it comes later
    js.performance.mark("Pillow imported, if it is")
    import inkling
    js.performance.mark("Inkling imported")
"""
BOOT = (
    ("const boot = {", 'performance.mark("worker asks for Pyodide");\nconst boot = {'),
    ("importPackage(await", 'performance.mark("Pyodide is up");\n    importPackage(await'),
    ("import inkling\n", PYTHON),
)
BEGIN = 'import js\n\njs.performance.mark("PyScript has started in the worker")\n'
END = '\njs.performance.mark("modules of the worker imported")\n'
WATCH = """
new MutationObserver(() => {
  const root = document.documentElement;
  if (root?.classList.contains("alive")) seen["MicroPython is up"] ??= performance.now();
  if (root?.dataset.state == "ready") seen["model loaded"] ??= performance.now();
}).observe(document, {subtree: true, attributes: true, attributeFilter: ["class", "data-state"]});
"""
MARKS = """() => performance.getEntriesByType("mark").map(({name, startTime}) =>
    [name, performance.timeOrigin + startTime])"""
NAMES = {"usable": "canvas usable", "answered": "first answer"}
BYTES_PER_S, LATENCY_S, CHUNK = 9e6 / 8, 0.17, 16_384
SLOWER = 4  # of the page's thread, as a phone


class SlowHost(stage.Host):
    """A host at the end of a slow connection, which all its answers share."""

    def end_headers(self):
        time.sleep(LATENCY_S)
        super().end_headers()

    def setup(self):
        super().setup()
        self.wfile = SlowFile(self.wfile)


class SlowFile:
    """A file that is written to at the pace of the connection."""

    line = threading.Lock()

    def __init__(self, file):
        self._file = file

    def __getattr__(self, name):
        return getattr(self._file, name)

    def write(self, content: bytes) -> int:
        """Write all of it, and wait as long as the connection takes."""
        for start in range(0, len(content), CHUNK):
            part = content[start : start + CHUNK]
            with self.line:
                time.sleep(len(part) / BYTES_PER_S)
            self._file.write(part)
        return len(content)


def lay_out(site: Path, target: Path) -> None:
    """Copy a site and put marks into the copy. Raises ValueError if a place is not found."""
    shutil.copytree(site, target, ignore=shutil.ignore_patterns("__pycache__"))
    boot, api = target / "boot.js", target / "worker" / "api.py"
    text = boot.read_text()
    for place, marked in BOOT:
        if text.count(place) != 1:
            raise ValueError(f"boot.js has no single {place!r}; change BOOT in trace.py.")
        text = text.replace(place, marked)
    boot.write_text(text)
    first, rest = api.read_text().split("import asyncio\n", 1)
    api.write_text(f"{first}{BEGIN}import asyncio\n{rest}{END}")
    precache.write(target)


def trace(visitor: visits.Visitor, address: str) -> dict[str, float]:
    """Return milliseconds after navigation for each stage of a visit."""
    seen = visitor.visit(address)
    origin = visitor.page.evaluate("performance.timeOrigin")
    for worker in visitor.page.workers:
        seen |= {name: time - origin for name, time in worker.evaluate(MARKS)}
    return {NAMES.get(name, name): milliseconds for name, milliseconds in seen.items()}


def _both_visits(playwright, profile: Path, address: str, phone: bool) -> dict[str, dict]:
    visitor = visits.Visitor(
        playwright, gestures.chromium_path(), profile, handwriting.fixture_strokes(3)
    )
    visitor.context.add_init_script(WATCH)
    if phone:
        tools = visitor.context.new_cdp_session(visitor.page)
        tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    cold: dict = {}
    size = visits.received(visitor.context, lambda: cold.update(trace(visitor, address)))
    cold["bytes received"] = size
    visitor.wait_for_keeper()
    visits.settle()
    second = trace(visitor, address)
    visitor.close()
    return {"first visit": cold, "second visit": second}


def report(taken: dict) -> str:
    """Return a table of medians: a row for each stage, a column for each site."""
    lines = []
    for visit, stages in taken.items():
        sites = list(dict.fromkeys(site for found in stages.values() for site in found))
        lines.append(f"{visit:40}" + "".join(f"{site:>14}" for site in sites))
        medians = {
            name: [statistics.median(found[site]) if site in found else None for site in sites]
            for name, found in stages.items()
        }
        for name, row in sorted(medians.items(), key=lambda item: item[1][0] or 0):
            cells = "".join(f"{'-' if it is None else round(it):>14}" for it in row)
            lines.append(f"  {name:38}{cells}")
    return "\n".join(lines)


def main(rounds: int, folders: list[Path], phone: bool) -> None:
    """Serve the copies, trace them in turns, print the medians."""
    taken: dict = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        served = Path(scratch) / "stage"
        for folder in folders:
            lay_out(folder, served / folder.name)
        handler = functools.partial(SlowHost if phone else stage.Host, directory=served)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for number in range(rounds):
            turn = number % len(folders)
            for folder in [*folders[turn:], *folders[:turn]]:
                address = f"http://127.0.0.1:{server.server_port}/{folder.name}/"
                profile = Path(scratch) / f"{folder.name}-{number}"
                for visit, seen in _both_visits(playwright, profile, address, phone).items():
                    for name, value in seen.items():
                        taken[visit][name][folder.name].append(value)
                print(number, folder.name, visits.machine(), file=sys.stderr, flush=True)
        server.shutdown()
    print(f"{visits.machine()}; {rounds} rounds in turns\n{report(taken)}")


if __name__ == "__main__":
    names = [name for name in sys.argv[2:] if not name.startswith("-")]
    main(int(sys.argv[1]), [Path(name) for name in names], "--phone" in sys.argv)

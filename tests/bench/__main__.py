"""Measures Inkling beside onnxruntime-web and TensorFlow.js, all with the same network.

    python -m tests.bench [ROUNDS]

Every figure is taken in turns, so that a busy machine is as busy for one as for the other: look at
the ratios. Prints a table and writes build/bench.json.
"""

import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np
from playwright.sync_api import sync_playwright

from export.setup.machine import ROOT
from export.site.manifest import write_whole
from inkling import Reader

sys.path.insert(0, str(ROOT / "tests" / "browser"))
from support import gestures, handwriting

from . import readings, stage, tasks, visits
from .report import PEERS, table

ROUNDS = 5
PASSES = {1: 20, 10: 6, 100: 2}  # in a batch of so many glyphs, and how many passes in each turn
PRACTICE = 50  # passes that do not count
PRACTICE_S = 6  # until Inkling's worker is sure to have practised; it would slow its peers
IMPORTS = 5
RESULTS = ROOT / "build" / "bench.json"


def main(rounds: int) -> None:
    """Measure everything, and say it."""
    taken: dict = defaultdict(lambda: defaultdict(list))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        stage.lay_out(folder / "stage")
        server = stage.serve(folder / "stage")
        host = f"http://127.0.0.1:{server.server_port}/"
        addresses = {"inkling": host + "inkling/"}
        addresses |= {peer: f"{host}peers/peer.html?{peer}" for peer in PEERS}
        with sync_playwright() as playwright:
            chromium = gestures.chromium_path()
            for number in range(rounds):
                print(f"Round {number + 1} of {rounds} ...", file=sys.stderr, flush=True)
                _round(playwright, chromium, folder / f"profiles-{number}", addresses, taken)
        server.shutdown()
    _on_this_machine(taken["inkling"])
    results = {"machine": visits.machine(), "rounds": rounds, "taken": taken}
    write_whole(RESULTS, visits.as_json(results).encode())
    print(f"{results['machine']}; {rounds} rounds\n")
    print(table(taken))


def _round(playwright, chromium, folder, addresses, taken) -> None:
    """A first visit, a second visit, and then passes in turns."""
    visitors = {}
    for name, address in addresses.items():
        strokes = handwriting.fixture_strokes(3) if name == "inkling" else ()
        visitor = visitors[name] = visits.Visitor(playwright, chromium, folder / name, strokes)
        of = taken[name]
        seen = {}
        first = partial(visitor.visit, address)
        size = visits.received(visitor.context, lambda first=first, seen=seen: seen.update(first()))
        of["MB received, first visit"].append(size / 1e6)
        _note(of, seen, "first visit")
        if name == "inkling":
            visitor.wait_for_keeper()
        visits.settle()
        _note(of, visitor.visit(address), "second visit")  # what was drawn is there, and read
        if name == "inkling":
            visits.settle(PRACTICE_S)
    for name, visitor in visitors.items():  # as practised as Inkling, which has been reading
        readings.passes(visitor.page, name, 1, PRACTICE)
    for count, times in PASSES.items():
        for name, visitor in visitors.items():
            milliseconds = readings.passes(visitor.page, name, count, times)
            taken[name][f"forward pass of {count}"] += milliseconds
    readings.strokes(visitors["inkling"].page, taken["inkling"])
    readings.growth(visitors["inkling"].page, folder / "inkling", taken["inkling"])
    readings.pages(visitors["inkling"].page, taken["inkling"])
    _tasks(visitors["inkling"].page, taken["inkling"])
    for name, visitor in visitors.items():
        taken[name]["peak memory, MB"].append(visits.memory(folder / name, "VmHWM"))
        visitor.close()


def _note(of, seen, visit) -> None:
    if "usable" in seen:
        of[f"usable canvas, {visit}"].append(seen["usable"])
    if "looked" in seen:
        of[f"first look, {visit}"].append(seen["looked"])
    of[f"first answer, {visit}"].append(seen["answered"])


def _tasks(page, of) -> None:
    """What keeps the page's thread longest; a person notices 50 ms."""
    of["longest task, drawing"].append(tasks.while_drawing(page))
    of["longest task, reading pictures"].append(tasks.while_reading_pictures(page))


def _on_this_machine(of) -> None:
    """The package outside any browser: pictures a second, and how long it takes to import."""
    reader = Reader.load(ROOT / "site" / "model" / "digits.npz")
    canvas = np.full((280, 280, 4), 255, np.uint8)
    canvas[60:220, 130:150, :3] = 0
    for _ in range(20):
        start = perf_counter()
        reader.read_digit(canvas)
        of["pictures a second, no browser"].append(1 / (perf_counter() - start))
    for program, name in (("pass", "python starts, s"), ("import inkling", "import inkling, s")):
        for _ in range(IMPORTS):
            start = perf_counter()
            subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT / "site")
            of[name].append(perf_counter() - start)
    bare = statistics.median(of.pop("python starts, s"))
    of["import inkling, s"] = [whole - bare for whole in of["import inkling, s"]]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)

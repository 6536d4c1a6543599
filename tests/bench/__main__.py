"""Measures Inkling beside onnxruntime-web and TensorFlow.js, all with the same network.

    python -m tests.bench [ROUNDS]

Every figure is taken in turns, so that a busy machine is as busy for one as for the other: look at
the ratios. Prints a table and writes build/bench.json.
"""

import base64
import io
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np
from PIL import Image
from playwright.sync_api import sync_playwright

from export.cache import write_whole
from export.packages import ROOT
from inkling import Reader
from training.datasets import mnist
from ui.window import DIGIT_PIXELS

sys.path.insert(0, str(ROOT / "tests" / "browser"))
import gestures
import handwriting

from . import stage, tasks, visits
from .report import PEERS, table

ROUNDS = 5
PASSES = {1: 20, 10: 6, 100: 2}  # in a batch of so many glyphs, and how many passes in each turn
STROKES = 30
PAGES = 3  # readings of a page of 10 x 10 digits in each turn
CELL, DIGIT = 100, 72  # pixels: of its squares, and of the digits in them
FEW, MANY = 10, 1000  # readings between which memory must not grow
IMPORTS = 5
RESULTS = ROOT / "build" / "bench.json"
ASK = "document.querySelector('script[worker]').xworker.sync"


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
        visitor = visitors[name] = visits.Visitor(playwright, chromium, folder / name)
        of = taken[name]
        draw = _draw_three if name == "inkling" else None
        seen = {}
        first = partial(visitor.visit, address, draw)
        size = visits.received(visitor.context, lambda first=first, seen=seen: seen.update(first()))
        of["MB received, first visit"].append(size / 1e6)
        _note(of, seen, "first visit")
        if name == "inkling":
            visitor.wait_for_keeper()
        visits.settle()
        _note(of, visitor.visit(address), "second visit")  # what was drawn is there, and read
    for count, times in PASSES.items():
        for name, visitor in visitors.items():
            taken[name][f"forward pass of {count}"] += _passes(visitor.page, name, count, times)
    _strokes(visitors["inkling"].page, taken["inkling"])
    _growth(visitors["inkling"].page, folder / "inkling", taken["inkling"])
    _pages(visitors["inkling"].page, taken["inkling"])
    _tasks(visitors["inkling"].page, taken["inkling"])
    for name, visitor in visitors.items():
        taken[name]["peak memory, MB"].append(visits.memory(folder / name, "VmHWM"))
        visitor.close()


def _note(of, seen, visit) -> None:
    if "usable" in seen:
        of[f"usable canvas, {visit}"].append(seen["usable"])
    of[f"first answer, {visit}"].append(seen["answered"])


def _draw_three(page) -> None:
    gestures.draw(page, handwriting.fixture_strokes(3))


def _passes(page, name, count, times) -> list[float]:
    ask = f"{ASK}.bench_passes" if name == "inkling" else "passes"
    # The first is for the browser to compile what it has not met yet.
    return list(
        page.evaluate(
            f"async ([count, times]) => [...await {ask}(count, times)]", [count, times + 1]
        )
    )[1:]


def _strokes(page, of) -> None:
    """From the end of a stroke until the answer is painted, one stroke a time."""
    page.evaluate("strokes.length = 0")
    for number in range(STROKES):
        gestures.clear(page)
        gestures.draw(page, handwriting.fixture_strokes((0, 3, 7)[number % 3])[:1])
        page.wait_for_function(f"strokes.length > {number}", timeout=visits.PATIENCE_MS)
        visits.settle(0.6)  # the flight of the last one is over
    of["stroke end to painted answer"] += page.evaluate("strokes")


def _growth(page, folder, of) -> None:
    """Memory after many readings of what was drawn last, as a share of that after few."""
    read = f"""async (times) => {{
        const context = document.createElement("canvas").getContext("2d");
        context.canvas.width = context.canvas.height = {DIGIT_PIXELS};
        const fill = (operation, colour) => {{
          Object.assign(context, {{ globalCompositeOperation: operation, fillStyle: colour }});
          context.fillRect(0, 0, {DIGIT_PIXELS}, {DIGIT_PIXELS});
        }};
        context.drawImage(document.querySelector("#pad"), 0, 0, {DIGIT_PIXELS}, {DIGIT_PIXELS});
        fill("source-in", "black");
        fill("destination-over", "white");
        const image = context.getImageData(0, 0, {DIGIT_PIXELS}, {DIGIT_PIXELS});
        return [...await {ASK}.bench_readings(image, times)];
    }}"""
    page.evaluate(read, FEW)
    few = visits.memory(folder, "VmRSS")
    of["reading of a canvas"] += page.evaluate(read, MANY)[-100:]
    of["memory, 1,000 readings to 10"].append(visits.memory(folder, "VmRSS") / max(few, 1))


def _pages(page, of) -> None:
    """Reading a page of a hundred of MNIST's test digits, decoding included."""
    said = base64.b64encode(_page_of_digits()).decode()
    read = f"""async ([said, times]) => {{
        const page = Uint8Array.from(atob(said), character => character.charCodeAt(0));
        const taken = [];
        for (let i = 0; i < times; i++)
            taken.push((await {ASK}.read_aside(page, true)).milliseconds);
        return taken;
    }}"""
    of["reading of a page of 100 digits"] += page.evaluate(read, [said, PAGES + 1])[1:]


def _tasks(page, of) -> None:
    """What keeps the page's thread longest; a person notices 50 ms."""
    of["longest task, drawing"].append(tasks.while_drawing(page))
    of["longest task, reading pictures"].append(tasks.while_reading_pictures(page))


def _page_of_digits() -> bytes:
    page = Image.new("L", (10 * CELL, 10 * CELL), 255)
    margin = (CELL - DIGIT) // 2
    for place, digit in enumerate(mnist("test")[0][:100]):
        large = Image.fromarray(255 - digit).resize((DIGIT, DIGIT), Image.Resampling.BICUBIC)
        page.paste(large, (place % 10 * CELL + margin, place // 10 * CELL + margin))
    encoded = io.BytesIO()
    page.save(encoded, "PNG")
    return encoded.getvalue()


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

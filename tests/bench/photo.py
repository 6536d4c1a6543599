"""Measure how long a 12-megapixel photo takes in the page, from opening to its answer.

    python -m tests.bench.photo [ROUNDS]

Prints every round, the median, and the load of the machine.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
from PIL import Image
from playwright.sync_api import sync_playwright

from export.setup.machine import ROOT

sys.path.insert(0, str(ROOT / "tests" / "browser"))
from support import gestures, handwriting, hosts, page_state

ROUNDS = 5
SIZE = (4000, 3000)  # pixels: 12 million
DIGIT = (1200, 1600)  # of the box that the digit fills
PAPER, NOISE = 205, 5  # levels of 255
READ = "document.querySelector('#answer').textContent"


def photo(label: str) -> Image.Image:
    """Return a noisy photograph of a digit on grey paper."""
    digit = handwriting.mnist_digits(label).convert("L").resize(DIGIT)
    sheet = Image.new("L", SIZE, PAPER)
    sheet.paste(digit.point(lambda level: 50 + level * (PAPER - 50) // 255), (1300, 700))
    noise = np.random.default_rng(int(label)).normal(0, NOISE, SIZE[::-1])
    return Image.fromarray(np.uint8(np.clip(np.asarray(sheet) + noise, 0, 255))).convert("RGB")


def main(rounds: int) -> None:
    """Open a photo in each round, and print the seconds until it is answered."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        host = hosts.Host(ROOT / "site")
        browser = playwright.chromium.launch(executable_path=gestures.chromium_path())
        page = browser.new_page()
        page.goto(host.address)
        page_state.wait_until(page, "ready")
        path = Path(folder) / "photo.jpg"
        photo("7").save(path, quality=88)
        seconds = [_open(page, path) for _ in range(rounds + 1)][1:]  # the first fetches Pillow
        browser.close()
        host.down()
    print(*(f"{value:.2f}" for value in seconds), f"s; median {statistics.median(seconds):.2f} s")
    print(f"{path.name}: load of the machine {os.getloadavg()[0]:.1f}")


def _open(page, path: Path) -> float:
    gestures.clear(page)
    page_state.settle(page)
    start = perf_counter()
    gestures.open_picture(page, path)
    page.wait_for_function(f"{READ} == '7'", timeout=page_state.START_MS)
    return perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)

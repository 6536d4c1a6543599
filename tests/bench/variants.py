"""Compares built sites by the first answer of a visit, in turns: does a trick pay?

    python -m tests.bench.variants ROUNDS FOLDER [FOLDER ...]

Each folder is a site as `make site` leaves it. A round visits every one of them twice in a browser
profile of its own: cold, and again from the copy kept offline. The order turns with each round. A
digit is drawn as soon as the pad can be used. Prints every figure, then medians and the quotient to
the first folder; docs/performance.md holds what came of it.
"""

import json
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from playwright.sync_api import sync_playwright

from export.setup.machine import ROOT

sys.path.insert(0, str(ROOT / "tests" / "browser"))
from support import gestures, handwriting

from . import stage, visits

WARM_UP = 1  # rounds that do not count: the server packs, the machine's file cache fills
VISITS = ("cold", "second")


def compare(rounds: int, sites: dict[str, str], profiles: Path) -> dict[str, dict[str, list]]:
    """Return milliseconds from navigation to first answer: {site: {"cold": [...], ...}}.

    sites: addresses by name. profiles: a folder for the browsers' profiles.
    """
    taken: dict = defaultdict(lambda: defaultdict(list))
    chromium, strokes = gestures.chromium_path(), handwriting.fixture_strokes(3)
    with sync_playwright() as playwright:
        for number in range(-WARM_UP, rounds):
            turn = number % len(sites)
            for name in [*list(sites)[turn:], *list(sites)[:turn]]:
                visitor = visits.Visitor(
                    playwright, chromium, profiles / f"{name}-{number}", strokes
                )
                seen = _both_visits(visitor, sites[name])
                visitor.close()
                if number >= 0:
                    for visit, milliseconds in seen.items():
                        taken[name][visit].append(round(milliseconds))
                print(number, name, json.dumps(seen), file=sys.stderr, flush=True)
    return taken


def _both_visits(visitor: visits.Visitor, address: str) -> dict[str, float]:
    cold = visitor.visit(address)["answered"]
    visitor.wait_for_keeper()
    visits.settle()
    return {"cold": cold, "second": visitor.visit(address)["answered"]}


def report(taken: dict[str, dict[str, list]]) -> str:
    """Return all figures, medians, and the quotient to the first site's median."""
    lines, base = [], next(iter(taken))
    for visit in VISITS:
        for name, figures in taken.items():
            median = statistics.median(figures[visit])
            quotient = median / statistics.median(taken[base][visit])
            all_figures = " ".join(map(str, sorted(figures[visit])))
            lines.append(f"{visit:8}{name:20}{median:8.0f} ms {quotient:6.3f}   {all_figures}")
    return "\n".join(lines)


def main(rounds: int, folders: list[Path]) -> None:
    """Serve the folders side by side, compare them, print the report."""
    with tempfile.TemporaryDirectory() as scratch:
        stage_folder = Path(scratch) / "stage"
        stage_folder.mkdir()
        for folder in folders:
            (stage_folder / folder.name).symlink_to(folder.resolve())
        server = stage.serve(stage_folder)
        host = f"http://127.0.0.1:{server.server_port}/"
        sites = {folder.name: f"{host}{folder.name}/" for folder in folders}
        taken = compare(rounds, sites, Path(scratch))
        server.shutdown()
    print(f"{visits.machine()}; {rounds} rounds in turns\n{report(taken)}")


if __name__ == "__main__":
    main(int(sys.argv[1]), [Path(name) for name in sys.argv[2:]])

"""Measure how tables are found and read: `make evaluate-tables`.

Prints a table and writes it to docs/tables.md. Pages are composed of the strokes of writers that no
network was trained on. A cell counts as placed if the table has it in its row and column,
over its ink. The same numbers are read alone, each from a picture of its own.
"""

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np

from inkling import Reader, Table
from inkling.tables.straighten import apply, frame, homography
from training.data.datasets import required_data_folder
from training.lines.compose import Hands
from training.synth.render import read_trajectories
from training.tables.compose import Sheet, compose_sheet
from training.text_table import markdown, plain

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "tables.md"
BEGIN, END = "<!-- table:tables -->", "<!-- /table -->"
WRITERS = ("unipen_digits_dev", "ujipenchars_dev")
SIZES = ((6, 3), (8, 5), (10, 6), (12, 8), (15, 10), (20, 12))  # rows and columns
KINDS = {  # ruled, skewed
    "drawn lines": (True, False),
    "no lines": (False, False),
    "drawn lines, aslant": (True, True),
    "no lines, aslant": (False, True),
}
PAGES = 15  # of a kind

_hands: list[Hands]  # of a process of the pool
_reader: Reader


class Score(NamedTuple):
    """Counts of one page, or sums of several."""

    written: int = 0  # cells with a number
    placed: int = 0  # of these in the right row and column
    right: int = 0  # of these read right in that place
    alone: int = 0  # of these read right from a picture of their own
    empty: int = 0  # cells without
    left: int = 0  # of these left empty
    seconds: float = 0.0  # of the processor

    def __add__(self, other):
        return Score(*(a + b for a, b in zip(self, other, strict=True)))


def main(arguments: list[str] | None = None) -> None:
    """Measure, print and write."""
    options = _parser().parse_args(arguments)
    data, count = required_data_folder(options.data), options.limit or PAGES
    pages = [(name, page) for name in KINDS for page in range(count)]
    with ProcessPoolExecutor(options.jobs, get_context("spawn"), _start, (data,)) as pool:
        scores = dict(zip(pages, pool.map(_score, pages), strict=True))
    rows = [
        _row(name, count, sum((scores[name, page] for page in range(count)), Score()))
        for name in KINDS
    ]
    total = sum(scores.values(), Score())
    rows.append(_row("**all**", len(pages), total))
    heads = ["pages", "count", "numbers", "placed, %", "read right, %", "alone, %",
             "empty cells left empty, %", "s a page"]  # fmt: skip
    table = markdown(heads, rows, 1)
    print(plain(table))
    if not options.limit:
        before, rest = DOCUMENT.read_text().split(BEGIN)
        DOCUMENT.write_text(f"{before}{BEGIN}\n{table.strip()}\n{END}{rest.split(END)[1]}")


def _start(data: Path) -> None:
    global _hands, _reader
    _hands, _reader = read_hands(data), Reader.load(ROOT / "site" / "model" / "digits.npz")


def _score(page: tuple[str, int]) -> Score:
    """Compose one page, read it, and count."""
    name, number = page
    ruled, skewed = KINDS[name]
    random = np.random.default_rng((list(KINDS).index(name), number))
    hands, shape = _hands[number % len(_hands)], SIZES[number % len(SIZES)]
    score = page_score(_reader, compose_sheet(hands, shape, random, ruled, skewed))
    print(f"{name}, page {number}: {score.right} of {score.written} right", flush=True)
    return score


def read_hands(data: Path) -> list[Hands]:
    """Return the writers of each set; decimal marks are those of other writers."""
    symbols = read_trajectories(data / "pen" / "unipen_symbols_dev.json.gz")
    points = [row for row in symbols if row["label"] == "."]
    found = []
    for name in WRITERS:
        rows = read_trajectories(data / "pen" / f"{name}.json.gz")
        found.append(Hands([row for row in rows if row["label"] in "0123456789"] + points))
    return found


def page_score(reader: Reader, sheet: Sheet) -> Score:
    """Read a page, and each of its numbers alone."""
    begin = time.process_time()
    table = reader.read_table(sheet.picture)
    seconds = time.process_time() - begin
    texts = [text for row in sheet.texts for text in row if text]
    alone = [reader.read(picture).text for picture in sheet.alone]
    score = Score(seconds=seconds, written=len(texts))
    score += Score(alone=sum(map(str.__eq__, texts, alone)))
    same = shape_of(table) == sheet.places.shape[:2]
    places = _in_page(table, sheet.places) if table.rows else sheet.places
    for r, row in enumerate(sheet.texts):
        for c, text in enumerate(row):
            cell = table.rows[r][c] if same else None
            if not text:
                left = cell is not None and not cell.text and not cell.problem
                score += Score(empty=1, left=int(left))
            elif cell is not None and _holds(cell.crop, places[r, c]):
                score += Score(placed=1, right=int(cell.text == text))
    return score


def shape_of(table: Table) -> tuple[int, int]:
    """Return the number of rows and of columns."""
    return len(table.rows), len(table.rows[0]) if table.rows else 0


def _in_page(table: Table, places: np.ndarray) -> np.ndarray:
    """Return places in the picture, (R, C, 2), as places in the straightened page."""
    matrix = homography(table.corners, frame(table.page.shape))
    return apply(matrix, places.reshape(-1, 2)).reshape(places.shape)


def _holds(box: tuple[int, int, int, int], place: np.ndarray) -> bool:
    left, top, right, bottom = box
    return bool(left <= place[0] <= right and top <= place[1] <= bottom)


def _row(name: str, pages: int, score: Score) -> list[str]:
    share = lambda part, whole: f"{100 * part / max(whole, 1):.1f}"  # noqa: E731
    return [
        name,
        f"{pages}",
        f"{score.written:,}",
        share(score.placed, score.written),
        f"**{share(score.right, score.written)}**",
        share(score.alone, score.written),
        share(score.left, score.empty),
        f"{score.seconds / pages:.1f}",
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="real handwriting; else INKLING_DATA")
    parser.add_argument("--limit", type=int, help="pages of a kind, for a trial")
    parser.add_argument("--jobs", type=int, default=2, help="pages that are read at once")
    return parser


if __name__ == "__main__":
    main()

"""Pictures with more on them than can be read: an answer or a reason, soon and in little memory."""

import resource
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from inkling import Reader
from inkling.errors import TooDenseError
from inkling.explain.trace import steps
from inkling.image import component_rules, segment
from inkling.image.components import connected_components
from inkling.numbers import candidates, fragments
from inkling.numbers.fragments import TextLine, candidate_segments
from inkling.numbers.lattice import Lattice, best_path
from inkling.output import record, said
from inkling.results import REJECT

ROOT = Path(__file__).parents[3]
FAULTS = ROOT.parent / "shared" / "data" / "faults"
SECONDS = 60  # on a busy machine; it takes one or two
MEMORY = 1_000_000_000  # bytes of address space
REASON = "too much on the picture"
READ = "import sys; from inkling.__main__ import main; sys.exit(main(sys.argv[1:]))"


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def command(path: Path) -> str:
    """What the command line says of a picture, in a process with little time and memory."""
    told = subprocess.run(
        [sys.executable, "-W", "error::RuntimeWarning", "-c", READ, str(path)],
        env={"PYTHONPATH": str(ROOT / "site"), "OPENBLAS_NUM_THREADS": "1"},
        preexec_fn=limited,
        timeout=SECONDS,
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout


def page_of_bars(count: int) -> Image.Image:
    """Upright bars, 20 pixels high, in rows of forty."""
    tones = np.full((count // 40 * 30 + 40, 680), 255, np.uint8)
    for k in range(count):
        top, left = 20 + k // 40 * 30, 20 + k % 40 * 16
        tones[top : top + 20, left : left + 4] = 0
    return Image.fromarray(tones)


def line_of_pieces(wide: list[int], height: int = 20) -> TextLine:
    """A line of one mark in pieces of these widths, side by side."""
    count, stops = len(wide), np.cumsum(wide)
    tops, bottoms = np.zeros(count, int), np.full(count, height)
    boxes = np.stack([stops - wide, tops, stops, bottoms], axis=1)
    cuts = np.stack([np.arange(count) > 0, np.zeros(count)], axis=1).astype(float)
    shares = np.full(count, 1 / count)
    return TextLine(
        np.arange(count), boxes, np.zeros(count, int), shares, cuts, height, (0, height)
    )


@pytest.mark.parametrize("name", ["dense_176.jpg", "dense_208.jpg"])
def test_a_photographed_sudoku_ends_with_an_answer_or_a_reason(name):
    if not (FAULTS / name).exists():
        pytest.skip(f"{name} is not here: it may not be redistributed")
    assert command(FAULTS / name).startswith(str(FAULTS / name) + ": ")


@pytest.mark.parametrize("wide", [[50], [50, 50], [10, 50, 10], [50, 4, 4], [4, 4, 200]])
def test_every_piece_can_be_passed_alone_however_wide_it_is(wide):
    found = candidate_segments(line_of_pieces(wide)).tolist()
    assert all([place, place + 1] in found for place in range(len(wide)))
    chain, _ = best_path(Lattice(len(wide), np.array(found), np.zeros((len(found), REJECT + 1))))
    assert sum(found[i][1] - found[i][0] for i in chain) == len(wide)


def test_more_marks_than_a_page_of_digits_has_are_too_much(reader):
    some, many = (reader.read(page_of_bars(count)) for count in (80, 440))
    assert some.reason != REASON
    assert (many.reason, many.text, many.digits, many.confidence) == (REASON, "", [], 0.0)
    assert said(many) == REASON and record("page.png", many)["reason"] == REASON


def test_more_marks_of_one_size_than_can_be_compared_are_too_much_for_one_digit(
    reader, monkeypatch
):
    monkeypatch.setattr(component_rules, "MAX_LARGE_MARKS", 5)
    page = page_of_bars(10)
    digit = reader.read_digit(page)
    assert (digit.label, digit.reason, digit.box) == (None, REASON, None)
    seen = steps(reader, page)
    assert seen.box is None and seen.digit.reason == REASON


@pytest.mark.parametrize("bound", ["MAX_FRAGMENTS", "MAX_SEGMENTS", "MAX_SEGMENT_PIXELS"])
def test_each_bound_of_the_budget_ends_a_reading_with_the_reason(reader, monkeypatch, bound):
    reader = Reader(reader.network)  # which cuts, as it lacks the line network
    page = Image.new("L", (300, 120), 255)
    wave = np.sin(np.arange(240) / 6) * 30 + 60
    tones = np.asarray(page).copy()
    for x, y in enumerate(wave.astype(int), start=30):
        tones[y - 4 : y + 4, x] = 0
    assert reader.read(tones).reason != REASON
    monkeypatch.setattr(candidates, bound, 1)
    assert reader.read(tones).reason == REASON


def test_the_runs_of_one_line_are_bounded_too(monkeypatch):
    monkeypatch.setattr(fragments, "MAX_SEGMENTS", 5)
    with pytest.raises(TooDenseError):
        candidate_segments(line_of_pieces([4] * 12))


def test_the_most_marks_that_are_read_are_within_the_other_bounds():
    assert segment.MAX_MARKS <= component_rules.MAX_LARGE_MARKS <= candidates.MAX_SEGMENTS


def test_the_budget_of_a_picture_is_the_one_that_the_promise_of_security_names():
    promise = (ROOT / "SECURITY.md").read_text()
    assert f"at most {segment.MAX_MARKS} marks" in promise
    assert f"{candidates.MAX_FRAGMENTS:,} fragments" in promise
    assert f"{candidates.MAX_SEGMENTS:,} candidates" in promise
    assert f"{candidates.MAX_SEGMENT_PIXELS // 1_000_000} million of their pixels" in promise


def serpentine(side: int = 400) -> np.ndarray:
    """One line that runs to and fro over the whole picture."""
    mask = np.zeros((side, side), bool)
    mask[::2] = True
    mask[1::4, -1] = mask[3::4, 0] = True
    return mask


@pytest.mark.parametrize("mask", [serpentine(), serpentine().T, serpentine()[::-1, ::-1]])
def test_a_maze_of_one_stroke_is_one_component(mask):
    assert len(connected_components(mask).areas) == 1

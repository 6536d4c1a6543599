"""An endless stream of batches of lines, made by worker processes while the network is fitted."""

import multiprocessing
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np

from training.lines.samples import Line, make_line, read_sources
from training.lines.texts import ALPHABET

WIDTHS = (64, 96, 128, 160, 192, 256, 320, 416)  # columns that lines are padded to
BATCH = 48  # lines
CHUNK = 256  # lines that a worker makes at once
POOL = 12  # chunks that are sorted by width together
REUSED = 3  # times that a line is fitted to, padded and softened anew: making it takes longer
LONGEST = 20  # characters
SOFT = 0.5  # share of lines whose ink is lightened or darkened

_sources: dict = {}


def batches(
    data: Path, seed: int, with_held_out: bool = False, workers: int = 1
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield batches for ever: (N, 32, W, 1) float32, 0 .. 1, and (N, LONGEST) int32, 0 = none."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(workers) as pool:
        make = partial(make_chunk, data=data, with_held_out=with_held_out)
        chunks = pool.imap(make, ((seed, i) for i in range(10**6)))
        random = np.random.default_rng(seed)
        while True:
            lines = [line for _ in range(POOL) for line in next(chunks)]
            for _ in range(REUSED):
                yield from grouped(lines, random)


def make_chunk(seed: tuple[int, int], data: Path, with_held_out: bool = False) -> list[Line]:
    """Make CHUNK lines from their own seed."""
    key = data, with_held_out
    if key not in _sources:
        _sources[key] = read_sources(data, with_held_out)
    random = np.random.default_rng(seed)
    return [make_line(_sources[key], random) for _ in range(CHUNK)]


def grouped(lines: list[Line], random: np.random.Generator) -> list:
    """Group lines of like width to batches, in random order; too wide lines are left out."""
    groups: dict[int, list[Line]] = {width: [] for width in WIDTHS}
    for line in lines:
        width = next((width for width in WIDTHS if line.pixels.shape[1] <= width), None)
        if width and len(line.text) <= LONGEST and needed_steps(line.text) <= width // 4:
            groups[width].append(line)
    found = []
    for width, group in groups.items():
        for start in range(0, len(group) - BATCH + 1, BATCH):
            found.append(as_arrays(group[start : start + BATCH], width, random))
    random.shuffle(found)
    return found


def needed_steps(text: str) -> int:
    """Return how many steps a text needs: a blank has to part equal neighbours."""
    return len(text) + sum(a == b for a, b in pairwise(text))


def as_arrays(lines: list[Line], width: int, random: np.random.Generator):
    """Pad lines to one width, at a random place, and number their characters from 1."""
    pixels = np.zeros((len(lines), 32, width, 1), np.float32)
    labels = np.zeros((len(lines), LONGEST), np.int32)
    for i, line in enumerate(lines):
        columns = line.pixels.shape[1]
        left = random.integers(0, width - columns + 1)
        ink = line.pixels.astype(np.float32) / 255
        if random.random() < SOFT:
            ink = ink ** np.exp(random.normal(0, 0.35))
        pixels[i, :, left : left + columns, 0] = ink
        labels[i, : len(line.text)] = [ALPHABET.index(character) + 1 for character in line.text]
    return pixels, labels

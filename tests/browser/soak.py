"""Ten thousand readings in one page: `make soak`. The short version is test_endurance.py."""

import os
from itertools import pairwise

import endurance
from endurance import MEGABYTE

READINGS = int(os.environ.get("INKLING_READINGS", 10_000))
FIRST, STEPS = 10, 10
GROWTH = 30 * MEGABYTE  # of the second half over the first: what is kept anyway is full by then


def test_the_memory_is_level_after_ten_thousand_readings(visit):
    page = visit()
    endurance.sight.wait_until(page, "ready")
    endurance.prepare(page)
    marks = [FIRST, *(step * READINGS // STEPS for step in range(1, STEPS + 1))]
    levels = []
    for before, after in pairwise([0, *marks]):
        endurance.read(page, after - before)
        levels.append(endurance.memory(page))
        print(f"{after:6} readings: {levels[-1] / MEGABYTE:.0f} MB", flush=True)
    half = len(levels) // 2 + 1
    assert max(levels[half:]) - max(levels[:half]) < GROWTH
    assert page.log.errors == []

"""Read ten thousand times in one page: `make soak`. test_endurance.py is the short version."""

import os
from itertools import pairwise

from support import endurance
from support.endurance import MEGABYTE

READINGS = int(os.environ.get("INKLING_READINGS", 10_000))
FIRST, STEPS = 10, 10
GROWTH = 30 * MEGABYTE  # growth from the first half to the second: caches are full by then


def test_the_memory_is_level_after_ten_thousand_readings(visit):
    page = visit()
    endurance.page_state.wait_until(page, "ready")
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

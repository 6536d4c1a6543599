"""Ten thousand readings in one page: `make soak`. The short version is test_endurance.py."""

import os

import endurance
from endurance import MEGABYTE

READINGS = int(os.environ.get("INKLING_READINGS", 10_000))
STEPS = 10
GROWTH = 30 * MEGABYTE  # of the second half over the first: what is kept anyway is full by then


def test_the_memory_is_level_after_ten_thousand_readings(visit):
    page = visit()
    endurance.gestures.wait_until(page, "ready")
    endurance.prepare(page)
    levels = []
    for step in range(1, STEPS + 1):
        endurance.read(page, READINGS // STEPS)
        levels.append(endurance.memory(page))
        print(f"{step * READINGS // STEPS:6} readings: {levels[-1] / MEGABYTE:.0f} MB", flush=True)
    half = STEPS // 2
    assert max(levels[half:]) - max(levels[:half]) < GROWTH
    assert page.log.errors == []

"""Read ten thousand times in one page, and twenty pages: `make soak`.

test_endurance.py and test_many_pages.py are the short versions.
"""

import os
from itertools import pairwise

from support import endurance
from support.endurance import MEGABYTE
from support.gestures import open_pictures
from support.live_objects import count_live, watch
from support.papers import ruled_table, tiff
from test_many_pages import CELLS, ROWS, SOME
from test_tables import wait_for_pages

READINGS = int(os.environ.get("INKLING_READINGS", 10_000))
FIRST, STEPS = 10, 10
GROWTH = 30 * MEGABYTE  # growth from the first half to the second: caches are full by then
PAGES = (3, 7, 10)  # read at a time: 20 in all


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


def test_the_memory_is_level_after_twenty_pages(visit, tmp_path):
    page = visit(watch)
    endurance.page_state.wait_until(page, "ready")
    levels, live, done = [], [], 0
    for pages in PAGES:
        path = tmp_path / f"{pages}.tif"
        path.write_bytes(tiff([ruled_table(ROWS)] * pages))
        open_pictures(page, [path])
        done += pages
        wait_for_pages(page, done * CELLS)
        levels.append(endurance.memory(page))
        live.append(count_live(page))
        print(f"{done:2} pages: {levels[-1] / MEGABYTE:.0f} MB, {live[-1]} live", flush=True)
    assert levels[2] - levels[1] < GROWTH
    assert live[2] - live[1] <= SOME

"""A page that is used for long needs no more memory than before."""

from support import endurance
from support.endurance import MEGABYTE

WARM, MORE = 60, 600  # readings: to fill all caches, and then to measure
# Leaking only the canvases that are read (160 x 160 pixels of four bytes) would take 61 MB.
GROWTH = 30 * MEGABYTE


def test_hundreds_of_readings_leave_nothing_behind(visit):
    page = visit()
    endurance.page_state.wait_until(page, "ready")
    endurance.prepare(page)
    assert endurance.read(page, WARM) >= WARM / 2  # the seven alone is read for certain
    before = endurance.memory(page)
    endurance.read(page, MORE)
    assert endurance.memory(page) - before < GROWTH

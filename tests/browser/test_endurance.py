"""A page that is used for long stays as light as it was."""

import endurance
from endurance import MEGABYTE

WARM, MORE = 60, 600  # readings: until what is kept anyway is full, and after that
# A leaked picture of what is read alone (160 x 160 pixels, four bytes each) would come to 61 MB.
GROWTH = 30 * MEGABYTE


def test_hundreds_of_readings_leave_nothing_behind(visit):
    page = visit()
    endurance.sight.wait_until(page, "ready")
    endurance.prepare(page)
    assert endurance.read(page, WARM) >= WARM / 2  # the seven alone is read for certain
    before = endurance.memory(page)
    endurance.read(page, MORE)
    assert endurance.memory(page) - before < GROWTH

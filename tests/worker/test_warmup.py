"""The worker's readings that nobody has asked for."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from inkling import Reader
from inkling.image.flat_paper import drawn_ink
from inkling.image.lightness import lightness, upright
from worker import warmup
from worker.warmup import ring, warm_up


def test_the_practice_drawing_is_taken_for_one_and_read_as_a_zero(reader):
    drawing = ring()
    assert drawn_ink(lightness(upright(drawing)[0])) is not None  # the way that canvases go
    assert reader.read_digit(drawing).label == 0


def test_whoever_asks_during_practice_waits_for_one_reading_at_most(monkeypatch, reader):
    monkeypatch.setattr(warmup, "BEGIN", 0)
    happened = []

    class Reading(Reader):
        def read_digit(self, image):
            happened.append("practice")
            return super().read_digit(image)

    async def ask():
        practising = asyncio.create_task(warm_up(Reading(reader.network)))
        while not practising.done():
            happened.append("question")
            await asyncio.sleep(0)

    # Of its own, as the browser's tests leave a loop running in this thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, ask()).result()
    assert happened.count("practice") == warmup.READINGS
    places = np.flatnonzero(np.array(happened) == "practice")
    assert (np.diff(places) > 1).all(), "two readings without a turn for others"

"""Readings that nobody has asked for, so that those that somebody will ask for come sooner.

Browsers compile WebAssembly in haste at first, and well only what they have seen run often: numpy
and Python themselves as much as what is ours. Without practice that takes a person some fifty
digits, and meanwhile the compiling takes turns with the reading that somebody waits for.
"""

import asyncio

import numpy as np

from inkling import Reader

BEGIN = 1.0  # second after the start: the first answer and what follows it are over
READINGS = 50
PAUSE = 0.02  # seconds in between, in which a person's questions are answered
SIDE = 160  # pixels: as high as a drawing of one digit comes from the pad
RADII = 40, 52  # pixels from the middle to where the ink begins and ends


def ring() -> np.ndarray:
    """A 0 drawn black on white with smooth edges, (SIDE, SIDE) uint8, as it comes from the pad."""
    y, x = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
    distance = np.hypot(x, y)
    inner, outer = RADII
    ink = np.clip(np.minimum(distance - inner, outer - distance) + 0.5, 0, 1)
    return np.rint(255 * (1 - ink)).astype(np.uint8)


async def practise(reader: Reader) -> None:
    """Read the same drawing over and over, giving way to others after every time."""
    drawing = ring()
    await asyncio.sleep(BEGIN)
    for _ in range(READINGS):
        reader.read_digit(drawing)
        await asyncio.sleep(PAUSE)

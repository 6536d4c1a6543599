"""Warm up after the start: read a drawing until the browser has compiled the code well.

Browsers compile WebAssembly quickly at first, and optimise only code that runs often: numpy, Python
and this package. Without warming up that takes about fifty digits, and slows each of them down.

The module is short because it is the only one that runs unasked.
"""

import asyncio

import numpy as np

from inkling import Reader

BEGIN = 1.0  # seconds after the start: the first answer has been given
READINGS = 50
PAUSE = 0.02  # seconds in between, in which the page's calls are answered
SIDE = 160  # pixels: height of one digit's drawing from the pad
RADII = 40, 52  # pixels from the middle to the inner and outer edge of the ink


def ring() -> np.ndarray:
    """Draw a 0 as the pad sends one: black on white, smooth edges, (SIDE, SIDE) uint8."""
    y, x = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
    distance = np.hypot(x, y)
    inner, outer = RADII
    ink = np.clip(np.minimum(distance - inner, outer - distance) + 0.5, 0, 1)
    return np.rint(255 * (1 - ink)).astype(np.uint8)


async def warm_up(reader: Reader) -> None:
    """Read one drawing READINGS times, with a pause after each for the page's calls."""
    drawing = ring()
    await asyncio.sleep(BEGIN)
    for _ in range(READINGS):
        reader.read_digit(drawing)
        await asyncio.sleep(PAUSE)

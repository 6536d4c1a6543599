"""The altered files, by number: the same number and seed give the same file."""

import functools
import io
import random

import numpy as np

from inkling import ModelError, PictureError, Reader
from inkling.network import Network
from tests.fuzz import seeds
from tests.fuzz.models import TRAINED, altered_model
from tests.fuzz.mutate import mutated

FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF")

seed_pictures = functools.cache(seeds.pictures)


def picture(number: int, seed: int) -> bytes:
    """An altered picture; the formats take turns."""
    chance = random.Random(f"{seed}:{number}")
    kind = FORMATS[number % len(FORMATS)]
    other = chance.choice(FORMATS)
    files = (chance.choice(seed_pictures()[name]) for name in (kind, other))
    return mutated(*files, chance)


def model(number: int, seed: int) -> bytes:
    """An altered model file."""
    return altered_model(TRAINED.read_bytes(), random.Random(f"{seed}:{number}"))


def reads(reader: Reader):
    """`read_picture` with this reader."""
    return functools.partial(read_picture, reader)


def read_picture(reader: Reader, file: bytes) -> str:
    """Read it in both ways; "read", or in which words it was refused. Anything else is raised."""
    try:
        digit = reader.read_digit(file)
        reading = reader.read(file)
    except PictureError as refusal:
        return refusal.sentence
    for seen in (digit, *reading.digits):
        shares = seen.probabilities
        assert np.isfinite(shares).all() and shares.min() >= 0 and shares.sum() < 1.001
        assert np.isfinite(seen.glyph).all() and 0 <= seen.glyph.min() <= seen.glyph.max() <= 1
    return "read"


def load_model(file: bytes) -> str:
    """Load it; "loaded" or "refused". Anything but a ModelError is raised."""
    try:
        network = Network.load(io.BytesIO(file))
    except ModelError:
        return "refused"
    side = network.frame.side
    assert np.isfinite(network.probabilities(np.zeros((1, side, side), np.float32))).all()
    return "loaded"

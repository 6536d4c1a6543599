"""Make the altered files by number and seed, and read them. The same pair gives the same file."""

import functools
import io
import random

import numpy as np

from inkling import ModelError, PictureError, Reader
from inkling.network.model import Network
from tests.fuzz import seeds
from tests.fuzz.models import TRAINED, alter_model
from tests.fuzz.mutate import mutate

FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF")

seed_pictures = functools.cache(seeds.pictures)


def picture(number: int, seed: int) -> bytes:
    """Return an altered picture; the formats take turns."""
    generator = random.Random(f"{seed}:{number}")
    kind = FORMATS[number % len(FORMATS)]
    other = generator.choice(FORMATS)
    files = (generator.choice(seed_pictures()[name]) for name in (kind, other))
    return mutate(*files, generator)


def model(number: int, seed: int) -> bytes:
    """Return an altered model file."""
    return alter_model(TRAINED.read_bytes(), random.Random(f"{seed}:{number}"))


def reads(reader: Reader):
    """Return `read_picture` with this reader."""
    return functools.partial(read_picture, reader)


def read_picture(reader: Reader, file: bytes) -> str:
    """Read a file as a digit and as a number; returns "read", or the sentence of the refusal."""
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
    """Load a model file; returns "loaded", or "refused" on a ModelError."""
    try:
        network = Network.load(io.BytesIO(file))
    except ModelError:
        return "refused"
    side = network.frame.side
    assert np.isfinite(network.probabilities(np.zeros((1, side, side), np.float32))).all()
    return "loaded"

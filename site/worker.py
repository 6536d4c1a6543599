"""What the page may ask of Python; numpy and Pillow live here, words for people do not.

Every function returns plain values that survive the way back to the page. A fact that a person
has to know comes back as {"error": {"kind": "picture" or "model", "sentence", "facts"}}.
"""

from time import perf_counter

import numpy as np

import plain
import trial
from inkling import ModelError, PictureError, Reader, __version__
from inkling.disturb import AMOUNTS
from inkling.picture import upright
from insight import Insight

__export__ = [
    "amounts",
    "change",
    "disturb",
    "explain_steps",
    "filters",
    "keep_sheet",
    "layers",
    "maps",
    "occlusion",
    "read_canvas",
    "read_file",
    "read_sample",
    "ready",
    "run",
    "thumbs",
]

MODEL = "model/digits.npz"
PREVIEW_SIDE = 560  # twice the pad's 280, for screens with two pixels to the point

_reader = None
_insight = None  # into the last picture that could be read: the one on the page's pad


def ready():
    """Load the model; {"version"} once digits can be read."""
    global _reader
    try:
        _reader = Reader.load(MODEL)
    except ModelError as error:
        return plain.failure("model", error)
    return {"version": __version__}


def read_canvas(image):
    """Read the digit on a canvas, given as its ImageData."""
    pixels = np.asarray(image.data.to_py(), np.uint8).reshape(image.height, image.width, 4)
    return _read(pixels)


def read_file(encoded):
    """Read the digit in a picture file, given as its bytes; adds a small upright preview."""
    encoded = encoded.to_bytes()
    reading = _read(encoded)
    if "error" not in reading:
        small, (full_width, _) = upright(encoded, PREVIEW_SIDE)
        reading["preview"] = plain.picture(small, full_width)
    return reading


def read_sample(index):
    """Read one of MNIST's test digits."""
    pixels = trial.picture(index)
    small, (full_width, _) = upright(pixels)
    return {**_read(pixels), "preview": plain.picture(small, full_width)}


def _read(image):
    global _insight
    start = perf_counter()
    try:
        digit = _reader.read_digit(image)
    except PictureError as error:
        return plain.failure("picture", error)
    milliseconds = 1000 * (perf_counter() - start)
    _insight = Insight(_reader, image, digit)
    return plain.digit(digit, milliseconds)


def explain_steps(dark_ink, threshold, centred):
    """The steps from the last picture to its glyph; dark_ink: "dark", "light" or "seems"."""
    return _insight.steps({"dark": True, "light": False}.get(dark_ink), threshold, centred)


def layers():
    """The network's layers at work on the last picture."""
    return _insight.layers()


def maps(index):
    """The feature maps of one of those layers."""
    return _insight.maps(index)


def filters():
    """The first layer's filters."""
    return _insight.filters()


def occlusion(part):
    """A part of the map of what mattered in the last picture."""
    return _insight.occlusion(part)


def change(target, begin):
    """A step of the search for what would make the last picture a `target`."""
    return _insight.change(target, begin)


def keep_sheet(number, packed):
    """Take a sheet of MNIST's test digits, given as its bytes."""
    trial.keep_sheet(number, packed.to_bytes())


def run(indices):
    """What is read in some of MNIST's test digits."""
    return trial.run(_reader, indices.to_py())


def amounts():
    """By how much digits may be disturbed in which way."""
    return AMOUNTS


def disturb(indices, kind, amount):
    """What is read in some test digits after disturbing them."""
    return trial.disturb(_reader, indices.to_py(), kind, amount)


def thumbs(indices):
    """Pictures of some test digits."""
    return trial.thumbs(indices.to_py())

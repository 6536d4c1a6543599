"""What the page may ask of Python; numpy and Pillow live here, words for people do not.

Every function returns plain values that survive the way back to the page. A fact that a person
has to know comes back as {"error": {"kind": "picture" or "model", "sentence", "facts"}}.
"""

import asyncio

import numpy as np

import plain
import trial
from inkling import ModelError, Reader, __version__
from inkling.disturb import AMOUNTS
from pad import Pad, has_more, read, with_offer, with_preview
from practice import practise

__export__ = [
    "amounts",
    "change",
    "disturb",
    "explain_steps",
    "filters",
    "foresee",
    "keep_sheet",
    "layers",
    "look_at",
    "maps",
    "occlusion",
    "read_aside",
    "read_canvas",
    "read_file",
    "read_sample",
    "ready",
    "run",
    "thumbs",
]

MODEL = "model/digits.npz"
# Twice the pad's units, for screens with two pixels to the point: of one digit, of a number.
PREVIEW_SIDES = {False: 560, True: 1120}
THUMB_SIDE = 192  # of a row of the table

_reader = None
_pad = None
_practice = None  # held here, as the event loop does not hold it


def ready():
    """Load the model; {"version"} once digits can be read."""
    global _reader, _pad, _practice
    try:
        _reader = Reader.load(MODEL)
    except ModelError as error:
        return plain.failure("model", error)
    _pad = Pad(_reader)
    _practice = asyncio.create_task(practise(_reader))
    return {"version": __version__}


def read_canvas(image, as_number=False):
    """Read the digit or the number on a canvas, given as its ImageData."""
    pixels = _pixels(image)
    told = _pad.read(pixels, as_number)
    # While a digit is being written it is not asked twice, unless there is more ink than that one.
    alone = "label" in told and not has_more(pixels, told["box"])
    return told if alone else with_offer(told, _reader, pixels)


def foresee(image):
    """Read the digit on a canvas that `read_canvas` may soon be asked for."""
    _pad.foresee(_pixels(image))


def read_file(encoded, as_number=False):
    """The same in a picture file, given as its bytes; adds a small upright preview."""
    encoded = encoded.to_bytes()
    told = _pad.read(encoded, as_number)
    return with_preview(told, _reader, encoded, PREVIEW_SIDES[as_number])


def read_sample(index, as_number=False):
    """Read one of MNIST's test digits."""
    pixels = trial.picture(index)
    told = _pad.read(pixels, as_number)
    return with_preview(told, _reader, pixels, PREVIEW_SIDES[as_number])


def read_aside(encoded, as_number):
    """Read a picture file that is not laid on the pad: explanations stay with what lies there."""
    encoded = encoded.to_bytes()
    told, _ = read(_reader, encoded, as_number)
    return with_preview(told, _reader, encoded, THUMB_SIDE)


def look_at(index):
    """Let the explanations be of one of the digits of the number on the pad."""
    _pad.look_at(index)


def explain_steps(dark_ink, threshold, centred):
    """The steps from picture to glyph of the digit looked at; dark_ink: dark, light or seems."""
    return _pad.insight.steps({"dark": True, "light": False}.get(dark_ink), threshold, centred)


def layers():
    """The network's layers at work on the last picture."""
    return _pad.insight.layers()


def maps(index):
    """The feature maps of one of those layers."""
    return _pad.insight.maps(index)


def filters():
    """The first layer's filters."""
    return _pad.insight.filters()


def occlusion(part):
    """A part of the map of what mattered in the last picture."""
    return _pad.insight.occlusion(part)


def change(target, begin):
    """A step of the search for what would make the last picture a `target`."""
    return _pad.insight.change(target, begin)


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


def _pixels(image):
    """(H, W) uint8 of an ImageData: the pad is black on white, and opaque."""
    pixels = np.asarray(image.data.to_py(), np.uint8).reshape(image.height, image.width, 4)
    return np.ascontiguousarray(pixels[..., 0])

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
SURE = 0.5  # of a number: before it is offered to read the picture as one

_reader = None
_seen = None  # the last picture on the page's pad that could be read, and the digits in it
_insight = None  # into one of those digits


def ready():
    """Load the model; {"version"} once digits can be read."""
    global _reader
    try:
        _reader = Reader.load(MODEL)
    except ModelError as error:
        return plain.failure("model", error)
    return {"version": __version__}


def read_canvas(image, as_number=False):
    """Read the digit or the number on a canvas, given as its ImageData."""
    pixels = np.asarray(image.data.to_py(), np.uint8).reshape(image.height, image.width, 4)
    pixels = np.ascontiguousarray(pixels[..., 0])  # the pad is black on white, and opaque
    reading = _read_on_pad(pixels, as_number)
    # While a digit is being written it is not asked twice, unless there is more ink than that one.
    alone = "label" in reading and not _is_more(pixels, reading["box"])
    return reading if alone else _with_offer(reading, pixels)


def read_file(encoded, as_number=False):
    """The same in a picture file, given as its bytes; adds a small upright preview."""
    encoded = encoded.to_bytes()
    reading = _read_on_pad(encoded, as_number)
    return _with_preview(reading, encoded, PREVIEW_SIDES[as_number])


def read_sample(index, as_number=False):
    """Read one of MNIST's test digits."""
    pixels = trial.picture(index)
    return _with_preview(_read_on_pad(pixels, as_number), pixels, PREVIEW_SIDES[as_number])


def read_aside(encoded, as_number):
    """Read a picture file that is not laid on the pad: explanations stay with what lies there."""
    encoded = encoded.to_bytes()
    reading, _ = _read(encoded, as_number)
    return _with_preview(reading, encoded, THUMB_SIDE)


def look_at(index):
    """Let the explanations be of one of the digits of the number on the pad."""
    global _insight
    image, digits, as_number = _seen
    if index < len(digits):  # else the page asks of a number that has been overtaken
        _insight = Insight(_reader, image, digits[index], as_number)


def _read_on_pad(image, as_number):
    global _seen
    reading, digits = _read(image, as_number)
    if digits is not None:
        _seen = (image, digits, as_number)
        look_at(0)
    return reading


def _read(image, as_number):
    """What the page is told of a picture, and its digits; of a bad picture there are none."""
    start = perf_counter()
    try:
        read = _reader.read(image) if as_number else _reader.read_digit(image)
    except PictureError as error:
        return plain.failure("picture", error), None
    milliseconds = 1000 * (perf_counter() - start)
    told = plain.number(read) if as_number else plain.digit(read)
    told["milliseconds"] = milliseconds
    return told, read.digits if as_number else [read]


def _with_preview(reading, image, side):
    if "error" in reading:
        return reading
    small, (full_width, _) = upright(image, side)
    reading["preview"] = plain.picture(small, full_width)
    return _with_offer(reading, small)


def _is_more(pixels, box):
    """Whether a canvas, (H, W) uint8, black on white, has ink outside a box."""
    inked = pixels < 128
    left, top, right, bottom = box
    return np.count_nonzero(inked) > np.count_nonzero(inked[top:bottom, left:right])


def _with_offer(reading, image):
    """Say of one digit whether the picture seems to hold several: then a number is offered."""
    if "box" in reading:
        number = _reader.read(image)
        read = [digit.label is not None for digit in number.digits]
        if len(read) > 1 and all(read) and number.confidence >= SURE:
            reading["several"] = True
    return reading


def explain_steps(dark_ink, threshold, centred):
    """The steps from picture to glyph of the digit looked at; dark_ink: dark, light or seems."""
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

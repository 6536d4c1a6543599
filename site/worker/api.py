"""The functions that the page may call. Sentences for people are the page's own.

Each returns plain values. A failure that a person should know of comes back as
{"error": {"kind": "picture" or "model", "sentence", "facts"}}.
"""

import asyncio
import io

import numpy as np

from inkling import ModelError, PictureError, Reader, __version__
from worker import later_modules, mnist_test, serialize
from worker.later_modules import says_what_is_missing
from worker.session import DIGIT, NUMBER, Pad, has_more, read, with_offer, with_preview
from worker.warmup import warm_up

__export__ = [
    "amounts",
    "ask",
    "change",
    "count_frames",
    "disturb",
    "explain_steps",
    "frame_as_png",
    "keep_letter_model",
    "read_ahead",
    "keep_line_model",
    "keep_modules",
    "keep_sheet",
    "look_at",
    "occlusion",
    "read_aside",
    "read_canvas",
    "read_file",
    "read_sample",
    "read_table",
    "ready",
    "run",
    "thumbs",
]

MODEL = "model/digits.npz"
# Twice the pad's units, for screens with two pixels to the point: of one digit, of a number.
PREVIEW_SIDE, NUMBER_SIDE = 560, 1120
THUMB_SIDE = 192  # of a row of the table

POLARITIES = {"dark": True, "light": False}  # all else: as it seems

_reader = None
_pad = None
_warming = None  # held here, as the event loop does not hold it


def ready():
    """Load the model; {"version"} once digits can be read."""
    global _reader, _pad, _warming
    try:
        _reader = Reader.load(MODEL)
    except ModelError as error:
        return serialize.failure("model", error)
    _pad = Pad(_reader)
    _warming = asyncio.create_task(warm_up(_reader))
    return {"version": __version__}


@says_what_is_missing
def read_canvas(image, mode=DIGIT):
    """Read the digit, number or letter on a canvas, given as its ImageData."""
    pixels = _pixels(image)
    result = _pad.read(pixels, mode)
    # A digit with no ink beside it is not read as a number, too: it may still be growing.
    alone = "label" in result and not has_more(pixels, result["box"])
    return result if alone else with_offer(result, _reader, pixels)


@says_what_is_missing
def read_ahead(image):
    """Read the digit on a canvas before `read_canvas` is asked for it, and return it."""
    return _pad.read_ahead(_pixels(image))


@says_what_is_missing
def read_file(encoded, mode=DIGIT, quarters=0, part=None, ink=""):
    """Read a picture file, given as its bytes, and add a small upright preview.

    quarters, part: how to turn it beforehand, and which part of it to read; see parts.py.
    ink: "dark" or "light" against its paper, "" as it seems.
    """
    return _read_picture(encoded.to_bytes(), mode, quarters, part, ink)


@says_what_is_missing
def read_sample(index, mode=DIGIT, quarters=0, part=None, ink=""):
    """Read one of MNIST's test digits."""
    return _read_picture(mnist_test.picture(index), mode, quarters, part, ink)


@says_what_is_missing
def read_aside(encoded, mode):
    """Read a picture file without laying it on the pad: explanations stay with the pad's."""
    encoded = encoded.to_bytes()
    result, _ = read(_reader, encoded, mode)
    return with_preview(result, _reader, encoded, THUMB_SIDE)


@says_what_is_missing
def count_frames(encoded):
    """Return how many pages a TIFF file has, given as its bytes."""
    return _told_of_frames("count_frames", encoded)


@says_what_is_missing
def frame_as_png(encoded, index):
    """Return a page of a TIFF file as the bytes of a PNG."""
    return _told_of_frames("frame_as_png", encoded, index)


@says_what_is_missing
def read_table(encoded, quarters=0, corners=None, expected=None, part=None):
    """Read a picture file, given as its bytes, as a table: see `tables.read_page`."""
    from worker import tables  # here, as the page's first answer does not need it

    corners, expected, part = (it and it.to_py() for it in (corners, expected, part))
    encoded = encoded.to_bytes()
    return tables.read_page(_reader, encoded, quarters, corners, expected, part, _tell_cells)


def _tell_cells(done, count):
    """Post to the page how many of a table's cells have been read; it waits for the table."""
    from js import Object, postMessage
    from pyodide.ffi import to_js

    postMessage(to_js({"cells": [done, count]}, dict_converter=Object.fromEntries))


def look_at(index):
    """Explain one of the digits of the number on the pad from now on."""
    _pad.look_at(index)


@says_what_is_missing
def explain_steps(dark_ink, threshold, centred):
    """Trace the selected digit from picture to glyph. dark_ink: "dark", "light" or "seems"."""
    return _pad.insight.steps(POLARITIES.get(dark_ink), threshold, centred)


@says_what_is_missing
def occlusion(part):
    """Return a part of the selected digit's occlusion map."""
    return _pad.insight.occlusion(part)


@says_what_is_missing
def change(target, begin):
    """Take a step of the search for a counterfactual that is read as `target`."""
    return _pad.insight.change(target, begin)


@says_what_is_missing
def keep_letter_model(packed):
    """Take the letter network, given as its file's bytes: from now on letters can be read."""
    from inkling.letters.letter_reader import LetterReader  # not needed for the page's first answer

    _reader.letters = LetterReader.load(io.BytesIO(packed.to_bytes()))


@says_what_is_missing
def keep_line_model(packed):
    """Take the line network, given as its file's bytes: numbers have signs from now on."""
    from inkling.numbers.line_network import LineNetwork

    _reader.lines = LineNetwork.load(io.BytesIO(packed.to_bytes()))


def keep_modules(packed, name):
    """Take an archive of modules that are used seldom, given as its bytes, under a name."""
    later_modules.keep(packed.to_bytes(), name)


@says_what_is_missing
def ask(module, name, *arguments):
    """Call a function of worker/learn/ with the pad's session before the page's arguments."""
    return later_modules.function(module, name)(_pad, *arguments)


def keep_sheet(number, packed):
    """Take a sheet of MNIST's test digits, given as its bytes."""
    mnist_test.keep_sheet(number, packed.to_bytes())


@says_what_is_missing
def run(indices):
    """Read some of MNIST's test digits."""
    return mnist_test.run(_reader, indices.to_py())


@says_what_is_missing
def amounts():
    """Return the corruptions and their amounts."""
    from inkling.explain.corruptions import AMOUNTS  # not needed for the page's first answer

    return AMOUNTS


@says_what_is_missing
def disturb(indices, kind, amount):
    """Corrupt some test digits and read them."""
    return mnist_test.disturb(_reader, indices.to_py(), kind, amount)


@says_what_is_missing
def thumbs(indices):
    """Return pictures of some test digits."""
    return mnist_test.thumbs(indices.to_py())


def _told_of_frames(name, encoded, *arguments):
    from worker import frames  # here, as the page's first answer does not need it

    try:
        told = getattr(frames, name)(encoded.to_bytes(), *arguments)
    except PictureError as error:
        return serialize.failure("picture", error)
    return np.frombuffer(told, np.uint8) if isinstance(told, bytes) else told


def _read_picture(image, mode, quarters, part, ink):
    from worker.parts import cut_out  # not needed for the page's first answer

    try:
        image = cut_out(image, quarters, part.to_py() if part else [])
    except PictureError as error:
        return serialize.failure("picture", error)
    dark_ink = POLARITIES.get(ink)
    result = _pad.read(image, mode, dark_ink)
    side = NUMBER_SIDE if mode == NUMBER else PREVIEW_SIDE
    return with_preview(result, _reader, image, side, dark_ink)


def _pixels(image):
    """Return an ImageData as (H, W) uint8: the pad is black on white, and opaque."""
    pixels = np.asarray(image.data.to_py(), np.uint8).reshape(image.height, image.width, 4)
    return np.ascontiguousarray(pixels[..., 0])

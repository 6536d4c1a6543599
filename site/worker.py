"""What the page may ask of Python; numpy and Pillow live here, words for people do not.

Every function returns plain values that survive the way back to the page. A fact that a person
has to know comes back as {"error": {"kind": "picture" or "model", "sentence": ...}}.
"""

import numpy as np

from inkling import ModelError, PictureError, Reader, __version__
from inkling.picture import upright

__export__ = ["read_canvas", "read_file", "ready"]

MODEL = "model/digits.npz"
PREVIEW_SIDE = 560  # twice the pad's 280, for screens with two pixels to the point

_reader = None


def ready():
    """Load the model; {"version"} once digits can be read."""
    global _reader
    try:
        _reader = Reader.load(MODEL)
    except ModelError as error:
        return _failure("model", error)
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
        reading["preview"] = _preview(encoded)
    return reading


def _read(image):
    try:
        return _plain(_reader.read_digit(image))
    except PictureError as error:
        return _failure("picture", error)


def _plain(digit):
    """A Digit without numpy, whose scalars would arrive as arrays; what is None is left out."""
    plain = {
        "label": digit.label,
        "confidence": float(digit.confidence),
        "probabilities": [float(probability) for probability in digit.probabilities[:10]],
        "box": digit.box,
        "glyph": _as_mask(digit.glyph),
        "reason": digit.reason,
    }
    return {name: value for name, value in plain.items() if value is not None}


def _as_mask(glyph):
    """(28, 28) ink -> flat RGBA bytes, black with the ink as opacity: the page colours it."""
    mask = np.zeros((*glyph.shape, 4), np.uint8)
    mask[..., 3] = np.round(glyph * 255)
    return mask.reshape(-1)


def _preview(encoded):
    """The upright picture at a size to look at; `scale` takes the box to it."""
    small, (full_width, _) = upright(encoded, PREVIEW_SIDE)
    return {
        "width": small.width,
        "height": small.height,
        "scale": small.width / full_width,
        "pixels": np.asarray(small.convert("RGBA")).reshape(-1),
    }


def _failure(kind, error):
    return {"error": {"kind": kind, "sentence": str(error)}}

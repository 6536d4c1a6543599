"""Anything that may be meant as a picture -> a PIL image; numbers of any type -> 0 .. 1.

The type of an array decides the range of its values, never the values themselves. A dark picture
must not turn bright. See RANGES.
"""

import os
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from PIL import Image

from ..errors import PictureError
from .decode import check_size, opened

# Integers of other types hold the values of bytes: arithmetic has widened them.
RANGES = """bool: False .. True; uint16: 0 .. 65535; all other integers: 0 .. 255; floats: 0 .. 1"""
ROUNDING = 1e-3  # floats this far out of 0 .. 1 come from rounding or resampling
CHANNELS = (1, 3, 4)  # grey; red, green, blue; and straight alpha


@runtime_checkable
class BinaryFile(Protocol):
    """A file that gives bytes when it is read."""

    def read(self) -> bytes:
        """Return all that is left of it."""


class HasArray(Protocol):
    """A tensor, or whatever else can give its values as an array."""

    def __array__(self) -> np.ndarray:
        """Return its values."""


# What may be meant as a picture.
PictureLike = (
    str
    | os.PathLike[str]
    | bytes
    | bytearray
    | memoryview
    | BinaryFile
    | Image.Image
    | np.ndarray
    | HasArray
)


def as_picture(image: PictureLike) -> Image.Image:
    """Return a picture given in any form as a PIL image; one that is a PIL image as it is.

    image: a PIL image, a path, encoded bytes, a binary file, or an array (H, W) or
    (H, W, 1 | 3 | 4) of real numbers. RANGES has the range of an array's values by its type.
    Raises PictureError for a bad picture, TypeError for a value that cannot be meant as one,
    OSError for a file.
    """
    if isinstance(image, Image.Image):
        return image
    if isinstance(image, (str, os.PathLike)):
        return opened(Path(image).read_bytes())
    if isinstance(image, BinaryFile):
        return opened(_content(image))
    if not isinstance(image, np.ndarray) and hasattr(image, "__array__"):  # a tensor's own array
        image = np.asarray(image)
    if isinstance(image, np.ndarray):
        return _from_pixels(image)
    try:
        encoded = memoryview(image)
    except TypeError:
        raise TypeError(
            f"A picture cannot be a {type(image).__name__}; give a path, bytes, a binary file, "
            "a PIL image or an array."
        ) from None
    return opened(bytes(encoded))


def unit_values(values: np.ndarray) -> np.ndarray:
    """Return real numbers of any type and shape as float32, 0 .. 1, by the range of their type.

    Raises TypeError for values that are not real, PictureError for values out of range.
    """
    top = _top(values.dtype)
    if not values.size:
        return values.astype(np.float32)
    low, high = values.min(), values.max()
    slack = ROUNDING if values.dtype.kind == "f" else 0
    if not (low >= -slack and high <= top + slack):  # so written, NaN is refused, too
        raise PictureError(
            "Values of type {type} go from 0 to {top}, these from {low} to {high}; scale them, "
            "or change their type.",
            type=values.dtype,
            top=top,
            low=f"{low:g}",
            high=f"{high:g}",
        )
    scaled = values.astype(np.float32)
    if top != 1:
        scaled /= top
    return np.clip(scaled, 0, 1, out=scaled) if slack else scaled


def glyph_values(glyphs: np.ndarray | HasArray, side: int) -> np.ndarray:
    """Return a batch of glyphs as (N, side, side) float32, 0 .. 1.

    glyphs: (N, side, side), (N, side, side, 1) or (N, side * side), in the range that RANGES has
    for their type. Raises TypeError and PictureError.
    """
    glyphs = np.asarray(glyphs)
    if glyphs.shape[1:] not in ((side, side), (side, side, 1), (side * side,)):
        raise PictureError(
            "Glyphs cannot have shape {shape}; give (N, {side}, {side}), (N, {side}, {side}, 1) "
            "or (N, {pixels}).",
            shape=glyphs.shape,
            side=side,
            pixels=side * side,
        )
    return unit_values(glyphs).reshape(-1, side, side)


def _top(kind: np.dtype) -> int:
    """Return the value that stands for white, or for full ink in a glyph."""
    if kind.kind not in "buif":
        raise TypeError(f"Values of type {kind} are not real numbers; give integers or floats.")
    if kind.kind in "bf":
        return 1
    return 65535 if kind.kind == "u" and kind.itemsize == 2 else 255


def _content(file: BinaryFile) -> bytes:
    content = file.read()
    if isinstance(content, str):
        raise TypeError("The file is open as text; open it in binary mode, 'rb'.")
    return bytes(content)


def _from_pixels(pixels: np.ndarray) -> Image.Image:
    if pixels.ndim == 3 and pixels.shape[2] == 1:
        pixels = pixels[..., 0]
    fits = pixels.ndim == 2 or (pixels.ndim == 3 and pixels.shape[2] in CHANNELS)
    if not fits or 0 in pixels.shape:
        raise PictureError(
            "Pixels of shape {shape} are not a picture; give (H, W), (H, W, 1), (H, W, 3) or "
            "(H, W, 4).",
            shape=pixels.shape,
        )
    height, width = pixels.shape[:2]
    check_size(width, height)  # before its pixels are copied
    if pixels.dtype != np.uint8:
        pixels = np.rint(unit_values(pixels) * 255).astype(np.uint8)
    return Image.fromarray(pixels)

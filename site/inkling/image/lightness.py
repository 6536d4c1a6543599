"""A picture of any kind -> upright pixels -> their lightness."""

import warnings

import numpy as np
from PIL import Image, ImageFilter

from ..errors import PictureError
from ..numeric import main_direction, median, medians
from .canvas import WORKING_SIDE as WORKING_SIDE
from .decode import MIN_SIDE, check_size, decoded
from .pixels import PictureLike, as_picture

ORIENTATION = 0x0112  # EXIF 2.3, 4.6.4: how the camera was held
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
ON_THEIR_SIDE = (5, 6, 7, 8)
OPAQUE_PAPER = 0.5  # more of a picture than this being opaque means that its paper is, too
COLOUR_SIDE = 96  # a picture of this size shows which colours the ink and the paper have
GREYISH = 0.1  # of white: channels that differ less are a camera's tint, not a colour
TELLING = 1.5  # times the contrast of lightness that colour must have, to be looked at instead
LUMA = np.array([0.299, 0.587, 0.114])  # ITU-R BT.601, as in Pillow's mode L


def grey(image: PictureLike) -> np.ndarray:
    """Return the lightness of a picture of any kind, turned upright."""
    return lightness(upright(image)[0])


def upright(image: PictureLike, side: int = WORKING_SIDE) -> tuple[Image.Image, tuple[int, int]]:
    """Decode a picture, turn it as its file says, and shrink its longer side to `side` at most.

    image: a picture in any form that `pixels.as_picture` takes.
    Returns the picture in mode L, RGB or RGBA, and the full size (width, height) it had upright.
    Raises PictureError, and TypeError and OSError as `as_picture` does.
    """
    picture = as_picture(image)
    width, height = picture.size
    check_size(width, height)
    try:
        small = _shrunk(decoded(picture, side if picture is not image else None), side)
    except MemoryError:
        raise PictureError(
            "The picture needs more memory than there is; make it smaller first."
        ) from None
    turn = _orientation(picture)
    if turn in ON_THEIR_SIDE:
        width, height = height, width
    return small.transpose(TURNS[turn]) if turn in TURNS else small, (width, height)


def lightness(picture: Image.Image) -> np.ndarray:
    """Return (H, W) float32, 0 black .. 1 white, of a picture in mode L, RGB or RGBA.

    Transparency is laid over the paper that the picture was drawn for. That is its own, if most of
    it is opaque, else whatever the ink stands out from.
    """
    light = np.asarray(picture.convert("L"), np.float32) / 255
    if picture.mode == "L":
        return light
    if picture.mode == "RGB":
        return _through_colour(picture, light)
    transparency = picture.getchannel("A")
    if transparency.getextrema() == (255, 255):  # there is none, as in a screenshot
        return _through_colour(picture.convert("RGB"), light)
    alpha = np.asarray(transparency, np.float32) / 255
    opaque = alpha > 0.5
    if opaque.all() or not opaque.any():
        paper = 1.0
    elif opaque.mean() > OPAQUE_PAPER:
        paper = median(light[opaque])  # a drawing with its paper, only the rim is clear
    else:
        paper = float(light[opaque].mean() < 0.5)  # ink on nothing: lay it over its opposite
    return light * alpha + paper * (1 - alpha)


def _through_colour(picture: Image.Image, light: np.ndarray) -> np.ndarray:
    """Return the lightness, or the colours' distance from the paper's where that tells more.

    Yellow is as light as white, and red can be as light as green. The first principal component
    tells these apart: the direction in which most colours depart from those around them.
    """
    small = picture.resize(_fitted(picture.size, COLOUR_SIDE), Image.Resampling.BOX)
    colours = np.asarray(small, np.float32) / 255
    if float(np.ptp(colours, axis=2).max()) < GREYISH:
        return light
    around = np.asarray(small.filter(ImageFilter.BoxBlur(COLOUR_SIDE // 8)), np.float32) / 255
    departures = (colours - around).reshape(-1, 3)
    spread = departures.T @ departures
    weights = main_direction(spread)
    weights *= np.sign(weights @ LUMA) / np.abs(weights).sum()
    if weights @ spread @ weights < TELLING**2 * (LUMA @ spread @ LUMA):
        return light
    paper = medians(colours.reshape(-1, 3), axis=0)
    seen = np.asarray(picture, np.float32) @ (weights / 255).astype(np.float32)
    return np.clip(seen + np.float32((LUMA - weights) @ paper), 0, 1)


def _orientation(picture: Image.Image) -> int:
    """Return the orientation in a decoded picture's EXIF data, 1 to 8; by default 1, upright."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return picture.getexif().get(ORIENTATION, 1)
    except Exception:  # malformed EXIF data is no reason to refuse a picture
        return 1


def _shrunk(picture: Image.Image, side: int) -> Image.Image:
    scale = side / max(picture.size)
    if scale >= 1:
        return picture
    return picture.resize(_fitted(picture.size, side), Image.Resampling.BOX, reducing_gap=2.0)


def _fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Return the size (width, height) with its longer side reduced to at most `side`."""
    scale = min(1, side / max(size))
    return max(MIN_SIDE, round(size[0] * scale)), max(MIN_SIDE, round(size[1] * scale))

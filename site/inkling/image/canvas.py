"""Any picture -> its lightness; a canvas by a short way that needs no Pillow.

A module of its own, though short: the page's first answer rests on it alone, and lightness.py
imports Pillow.
"""

from typing import TYPE_CHECKING, TypeGuard

import numpy as np

if TYPE_CHECKING:
    from .pixels import PictureLike

WORKING_SIDE = 800  # a pen line on a photographed page is still about a pixel wide at this size
LEAST = 64  # pixels: anything smaller is hardly a canvas, and is checked the general way


def light_of(image: "PictureLike") -> tuple[np.ndarray, tuple[int, int]]:
    """Return a picture's lightness at working size, and the full size it has upright.

    image: a picture in any form that `pixels.as_picture` takes. The lightness is (H, W) float32,
    0 black .. 1 white; the size is (width, height) in pixels.
    Raises PictureError, TypeError and OSError as `lightness.upright` does.
    """
    if _is_canvas(image):
        height, width = image.shape
        return image.astype(np.float32) / 255, (width, height)
    from .lightness import lightness, upright  # here, as a canvas does not need Pillow

    picture, size = upright(image)
    return lightness(picture), size


def _is_canvas(image: object) -> TypeGuard[np.ndarray]:
    """Return whether an image is grey bytes that need no checking and no shrinking."""
    if not isinstance(image, np.ndarray) or image.dtype != np.uint8 or image.ndim != 2:
        return False
    return min(image.shape) >= LEAST and max(image.shape) <= WORKING_SIDE

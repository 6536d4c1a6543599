"""A file of one or several pages -> its pages, one picture each.

Scanners write several pages into one TIFF. Reader takes no TIFF by itself, so that only those who
ask for pages reach Pillow's decoder of it.
"""

import io
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from ..errors import PictureError
from ..image.decode import DAMAGED, check_size, decoded, foreign_format

MAX_PAGES = 500  # of a file; a few bytes can claim any number
FORMAT = "TIFF"


def pages(image: Any) -> Iterator[Any]:
    """Yield the pages of a picture in any form that Reader takes; a TIFF may have several.

    Pages are decoded as they are needed. Raises PictureError and OSError.
    """
    encoded = _encoded(image)
    if encoded is None or foreign_format(encoded) != FORMAT:
        yield image if encoded is None else encoded
        return
    with _opened(encoded) as file:
        for page in range(_count(file)):
            yield _page(file, page)


def page_at(encoded: bytes, index: int) -> Image.Image:
    """Return one page of a TIFF, given as its bytes, decoded. Raises PictureError."""
    with _opened(encoded) as file:
        return _page(file, index)


def count_pages(image: Any) -> int:
    """Return how many pages there are. Raises PictureError and OSError."""
    encoded = _encoded(image)
    if encoded is None or foreign_format(encoded) != FORMAT:
        return 1
    with _opened(encoded) as file:
        return _count(file)


def _encoded(image: Any) -> bytes | None:
    """Return the bytes of a file, given as its path or its bytes; None for a decoded picture."""
    if isinstance(image, (str, os.PathLike)):
        return Path(image).read_bytes()
    return bytes(image) if isinstance(image, (bytes, bytearray, memoryview)) else None


def _opened(encoded: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # decode.check_size has our own limit
            return Image.open(io.BytesIO(encoded), formats=[FORMAT])
    except Exception:  # Pillow has an exception for each way in which a file is damaged
        raise PictureError(DAMAGED) from None


def _count(file: Image.Image) -> int:
    try:
        count = getattr(file, "n_frames", 1)
    except Exception:  # as above
        raise PictureError(DAMAGED) from None
    return checked_count(count)


def checked_count(count: int) -> int:
    """Return a file's number of pages. Raises PictureError if it is more than are read."""
    if count > MAX_PAGES:
        raise PictureError(
            "The file has {count} pages, more than the {most} that are read; split it.",
            count=count,
            most=MAX_PAGES,
        )
    return count


def _page(file: Image.Image, page: int) -> Image.Image:
    """Return one page, decoded, without its file."""
    try:
        file.seek(page)
    except Exception:  # as above
        raise PictureError(DAMAGED) from None
    check_size(*file.size)
    return decoded(file).copy()

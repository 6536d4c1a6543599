"""Take the pages out of a TIFF file. In: the file's bytes. Out: their count, and each as a PNG.

It is short, as the pages themselves are those of `inkling.tables.tiff_pages`.
"""

import io

from inkling.tables.tiff_pages import count_pages, page_at

FAST = 1  # zlib's level: the PNG lives in this browser only


def count_frames(encoded: bytes) -> int:
    """Return how many pages a TIFF has. Raises PictureError."""
    return count_pages(encoded)


def frame_as_png(encoded: bytes, index: int) -> bytes:
    """Return a page of a TIFF as a PNG, in grey or colour. Raises PictureError."""
    png = io.BytesIO()
    page_at(encoded, index).save(png, "PNG", compress_level=FAST)
    return png.getvalue()

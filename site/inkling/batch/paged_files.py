"""Files of several pages: a TIFF or a PDF in, its pages out, each a picture by its own name.

The second page of scan.pdf is named scan.pdf#2. pypdfium2 draws the pages of a PDF; few need it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from PIL import Image

from ..errors import PictureError
from ..image.decode import DAMAGED, check_size, foreign_format
from ..tables import tiff_pages as tiff
from .sources import PAGED, Source, content

DOTS_PER_INCH = 200  # of a drawn page, as in the page's table (docs/tables.md)
POINTS_PER_INCH = 72  # PDF's own unit
NUMBERED = re.compile(r"(.+)#([0-9]+)", re.S)
NO_PDFIUM = "PDF files need pypdfium2; run `pip install 'inkling-reader[pdf]'`."
_pdfium = Lock()  # PDFium works for one thread at a time


def each_page(sources: Iterator[Source]) -> Iterator[Source]:
    """Yield each picture, and in place of a TIFF or a PDF each of its pages.

    A file that cannot be opened stands for itself: reading it says why.
    """
    for source in sources:
        yield source
        if source.content is not None or source.name.lower().endswith(PAGED):
            for number in range(2, _count(source) + 1):
                yield Source(f"{source.name}#{number}", source.content)


def picture(source: Source) -> Any:
    """Return a picture, or one page of a file, in a form that Reader takes.

    Raises PictureError, OSError, ImportError and whatever content() does.
    """
    file, number = _file_and_page(source)
    if source.content is None and not file.name.lower().endswith(PAGED):
        return content(file)
    encoded = _bytes(file)
    kind = foreign_format(encoded)
    if kind == tiff.FORMAT:
        return tiff.page_at(encoded, number - 1)
    return _pdf_page(encoded, number - 1) if kind == "PDF" else encoded


def pages(source: Source) -> Iterator[Any]:
    """Yield the pages of a file, drawn as they are needed. Raises as picture() does."""
    encoded = content(source)
    if isinstance(encoded, Path):
        encoded = encoded.read_bytes()
    if foreign_format(encoded) != "PDF":
        yield from tiff.pages(encoded)
        return
    for index in range(_pdf_count(encoded)):
        yield _pdf_page(encoded, index)


def _count(source: Source) -> int:
    """Return how many pages a file has; 1 if it cannot be opened."""
    try:
        encoded = _bytes(source)
        return (
            _pdf_count(encoded) if foreign_format(encoded) == "PDF" else tiff.count_pages(encoded)
        )
    except Exception:  # an address may raise what it likes
        return 1


def _bytes(source: Source) -> bytes:
    encoded = content(source)
    return encoded.read_bytes() if isinstance(encoded, Path) else encoded


def _file_and_page(source: Source) -> tuple[Source, int]:
    """Return the file of a page, and the page's number, from 1."""
    found = NUMBERED.fullmatch(source.name)
    if not found or not (source.content is not None or found[1].lower().endswith(PAGED)):
        return source, 1
    return Source(found[1], source.content), int(found[2])


def _pdf_count(encoded: bytes) -> int:
    with _opened(encoded) as document:
        return tiff.checked_count(len(document))


def _pdf_page(encoded: bytes, index: int) -> Image.Image:
    """Return a page as it is printed, in colour. Raises PictureError and ImportError."""
    scale = DOTS_PER_INCH / POINTS_PER_INCH
    with _opened(encoded) as document:
        page = document[index]
        width, height = page.get_size()
        check_size(round(width * scale), round(height * scale))
        drawn: Image.Image = page.render(scale=scale).to_pil()
        return drawn.copy()  # its pixels are the document's own


@contextmanager
def _opened(encoded: bytes) -> Iterator[Any]:
    try:
        import pypdfium2  # type: ignore[import-untyped]
    except ImportError:
        raise ImportError(NO_PDFIUM) from None
    with _pdfium:
        try:
            document = pypdfium2.PdfDocument(encoded)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise PictureError(
                    "The PDF is protected by a password; save it without one."
                ) from None
            raise PictureError(DAMAGED) from None
        try:
            yield document
        except (pypdfium2.PdfiumError, IndexError):
            raise PictureError(DAMAGED) from None
        finally:
            document.close()

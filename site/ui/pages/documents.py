"""Open a file as pages: a picture is one page, a PDF and a TIFF have several.

A document has `count` and `page(index)`, which gives a page as the blob of a picture file. It may
raise DocumentError, and WorkerError from a TIFF.
"""

import js
from pyscript import document, js_import
from pyscript.ffi import create_proxy, to_js

from ui.browser import messages
from ui.browser.i18n import translate
from ui.browser.site_files import SiteFileError, fetch_file

PDF, TIFF = "PDF", "TIFF"
PDF_CODE = "runtime/pdfjs/pdf.js"
PDF_WORKER = "runtime/pdfjs/pdf.worker.js"
HEAD = 1024  # bytes within which a PDF begins (ISO 32000-1, annex H, note 13)
TIFF_HEADS = ("II*\0", "MM\0*")
DOTS_PER_INCH, POINTS_PER_INCH = 200, 72
MAX_SIDE = 5000  # pixels, of a page that is larger than a sheet of paper
JPEG_QUALITY = 0.95

GONE = "{name} could not be opened; choose it again, or another file."
DAMAGED = "{name} is damaged or no PDF; save or download it again."
LOCKED = "{name} is locked with a password; save it without one."

_pdfjs = None


class DocumentError(Exception):
    """A document or its page cannot be opened; `say()` tells why in the page's language."""

    def __init__(self, say):
        super().__init__("document")
        self.say = say


class PictureDocument:
    """A picture file: one page, the file itself."""

    count = 1

    def __init__(self, blob):
        self._blob = blob

    async def page(self, _):
        """Return the file."""
        return self._blob

    def close(self) -> None:
        """Do nothing: a file needs no closing."""


class TiffDocument(PictureDocument):
    """A TIFF file, which the worker takes apart."""

    def __init__(self, blob, bytes_, bridge):
        super().__init__(blob)
        self._bytes = bytes_
        self._bridge = bridge

    async def open(self) -> "TiffDocument":
        """Count the pages."""
        self.count = await self._ask("count_frames")
        return self

    async def page(self, index):
        """Return a page as the blob of a PNG."""
        png = await self._ask("frame_as_png", index)
        return js.Blob.new(to_js([png]), to_js({"type": "image/png"}))

    async def _ask(self, name, *arguments):
        told = await self._bridge.call(name, self._bytes, *arguments)
        if hasattr(told, "error"):
            raise DocumentError(lambda: messages.refusal(told.error))
        return told


class PdfDocument:
    """A PDF file, which PDF.js draws page by page."""

    def __init__(self, name, bytes_):
        self._name = name
        self._bytes = bytes_
        self._task = None
        self._opened = None
        self.count = 0

    async def open(self) -> "PdfDocument":
        """Fetch PDF.js, if this is the first PDF, and read the file's structure."""
        pdfjs, base = await _fetch_pdfjs()
        options = {
            "data": self._bytes,
            "wasmUrl": base + "runtime/pdfjs/",
            "isEvalSupported": False,
            "stopAtErrors": False,
        }
        self._task = pdfjs.getDocument(to_js(options))
        try:
            self._opened = await self._task.promise
        except Exception as error:
            self._refuse(LOCKED if "assword" in str(error) else DAMAGED)
        self.count = self._opened.numPages
        return self

    async def page(self, index):
        """Return a page as the blob of a JPEG, drawn on white."""
        canvas = document.createElement("canvas")
        try:
            page = await self._opened.getPage(index + 1)
            size = page.getViewport(to_js({"scale": 1}))
            longer = max(size.width, size.height)
            scale = min(DOTS_PER_INCH / POINTS_PER_INCH, MAX_SIDE / longer)
            viewport = page.getViewport(to_js({"scale": scale}))
            canvas.width, canvas.height = round(viewport.width), round(viewport.height)
            options = {"canvas": canvas, "viewport": viewport, "intent": "print"}
            await page.render(to_js(options)).promise
            page.cleanup()
        except Exception as error:
            js.console.info(str(error))
            self._refuse(DAMAGED)
        blob = await js.Promise.new(
            create_proxy(lambda done, _: canvas.toBlob(done, "image/jpeg", JPEG_QUALITY))
        )
        canvas.width = canvas.height = 0  # else its pixels stay until Python lets go of it
        return blob

    def close(self) -> None:
        """End PDF.js's work on the file."""
        if self._task is not None:
            self._task.destroy()

    def _refuse(self, sentence):
        name = self._name
        raise DocumentError(lambda: translate(sentence, name=name)) from None


async def open_document(name: str, blob, bridge):
    """Return a file as a document. Raises DocumentError and WorkerError."""
    try:
        head = str(await blob.slice(0, HEAD).text())
        if "%PDF-" in head:
            return await PdfDocument(name, await _bytes_of(blob)).open()
        if head[:4] in TIFF_HEADS:
            return await TiffDocument(blob, await _bytes_of(blob), bridge).open()
    except SiteFileError as failure:
        kind, facts = failure.kind, failure.facts
        raise DocumentError(lambda: messages.failure(kind, facts)) from None
    except OSError:
        raise DocumentError(lambda: translate(GONE, name=name)) from None
    return PictureDocument(blob)


async def _bytes_of(blob):
    return js.Uint8Array.new(await blob.arrayBuffer())


async def _fetch_pdfjs():
    """Return PDF.js and the site's address; both of its files are checked before they run."""
    global _pdfjs
    base = str(js.URL.new("./", js.document.baseURI).href)
    if _pdfjs is None:
        for name in (PDF_CODE, PDF_WORKER):
            await fetch_file(name, "arrayBuffer")
        (_pdfjs,) = await js_import(base + PDF_CODE)
        # Reflect: MicroPython takes a class of JavaScript for a method.
        options = js.Reflect.get(_pdfjs, "GlobalWorkerOptions")
        js.Reflect.set(options, "workerSrc", base + PDF_WORKER)
    return _pdfjs, base

"""Save sheets as a workbook (.xlsx) with write-excel-file, which is fetched on first use."""

import js
from pyscript import js_import
from pyscript.ffi import to_js

from ui.browser import messages
from ui.browser.save_file import save_blob
from ui.browser.site_files import SiteFileError, fetch_file
from ui.worker.bridge import WorkerError

CODE = "runtime/xlsx/write-excel-file.js"
# Of a corrected cell: the second sheet says it in words.
CORRECTED = {"backgroundColor": "#FFF2B3", "fontWeight": "bold"}

_write = None


async def save_workbook(name: str, sheets: list) -> None:
    """Have the browser save sheets, pairs of name and rows; rows: see workbook.py.

    Raises WorkerError if the writer cannot be fetched.
    """
    write = await _fetch_writer()
    told = [{"sheet": title, "data": _data(rows)} for title, rows in sheets]
    save_blob(name, await write(to_js(told)).toBlob())


def problem_of(failure: WorkerError) -> str:
    """Say why there is no workbook."""
    return messages.failure(failure.kind, failure.facts)


def _data(rows):
    return [[_cell(cell) for cell in row] for row in rows]


def _cell(cell):
    if cell is None:
        return None
    told = dict(CORRECTED) if cell["corrected"] else {}
    told["value"] = cell["text"]
    if cell["places"] is not None:
        told["value"] = js.parseFloat(cell["text"])
        told["format"] = "0" + ("." + "0" * cell["places"] if cell["places"] else "")
    return told


async def _fetch_writer():
    """Return the library's function; its file is checked before it runs."""
    global _write
    if _write is None:
        try:
            await fetch_file(CODE, "arrayBuffer")
        except SiteFileError as failure:
            raise WorkerError(failure.kind, **failure.facts) from None
        await js_import(str(js.URL.new("./", js.document.baseURI).href) + CODE)
        _write = js.writeXlsxFile
    return _write

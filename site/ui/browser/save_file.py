"""Offer files for download.

The module is short because the package writes the CSV (inkling/record_format.py).
"""

import json

import js
from pyscript import document
from pyscript.ffi import to_js

from inkling.record_format import csv_text

BOM = "\ufeff"


def save_blob(name: str, blob) -> None:
    """Have the browser save a blob under a name."""
    link = document.createElement("a")
    link.href = js.URL.createObjectURL(blob)
    link.download = name
    link.click()
    js.URL.revokeObjectURL(link.href)


def save_csv(name: str, rows: list, separator: str = ",", bom: bool = False) -> None:
    """Save rows of values as CSV, as the command line writes it.

    bom: whether it begins with a byte order mark, by which spreadsheets know that it is UTF-8.
    """
    _save_text(name, "text/csv", (BOM if bom else "") + csv_text(rows, separator))


def save_json(name: str, value) -> None:
    """Save a value as JSON."""
    _save_text(name, "application/json", json.dumps(value))


def _save_text(name, kind, text):
    save_blob(name, js.Blob.new(to_js([text]), to_js({"type": kind})))

"""Offer files for download."""

import json

import js
from pyscript import document
from pyscript.ffi import to_js

from inkling.record_format import guarded

BOM = "\ufeff"


def save_blob(name: str, blob) -> None:
    """Have the browser save a blob under a name."""
    link = document.createElement("a")
    link.href = js.URL.createObjectURL(blob)
    link.download = name
    link.click()
    js.URL.revokeObjectURL(link.href)


def save_csv(name: str, rows: list, separator: str = ",", bom: bool = False) -> None:
    """Save rows of values as CSV (RFC 4180).

    bom: whether it begins with a byte order mark, by which spreadsheets know that it is UTF-8.
    """
    lines = [separator.join(csv_cell(value, separator) for value in row) for row in rows]
    _save_text(name, "text/csv", (BOM if bom else "") + "\n".join(lines) + "\n")


def save_json(name: str, value) -> None:
    """Save a value as JSON."""
    _save_text(name, "application/json", json.dumps(value))


def csv_cell(value, separator: str = ",") -> str:
    """Return a value as a cell of CSV; None is empty.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    text = "" if value is None else guarded(value) if isinstance(value, str) else str(value)
    needs_quotes = any(sign in text for sign in separator + '"\n\r')
    return '"' + text.replace('"', '""') + '"' if needs_quotes else text


def _save_text(name, kind, text):
    save_blob(name, js.Blob.new(to_js([text]), to_js({"type": kind})))

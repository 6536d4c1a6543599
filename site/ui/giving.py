"""Files that the page gives away."""

import json

import js
from pyscript import document
from pyscript.ffi import to_js

# What a spreadsheet takes for the beginning of a formula.
# (OWASP, "CSV injection", https://owasp.org/www-community/attacks/CSV_Injection)
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def give(name: str, blob) -> None:
    """Have the browser save a blob under a name."""
    link = document.createElement("a")
    link.href = js.URL.createObjectURL(blob)
    link.download = name
    link.click()
    js.URL.revokeObjectURL(link.href)


def give_csv(name: str, rows: list) -> None:
    """Give rows of values away as CSV (RFC 4180)."""
    _give_text(name, "text/csv", "\n".join(",".join(cell(v) for v in row) for row in rows) + "\n")


def give_json(name: str, value) -> None:
    """Give a value away as JSON."""
    _give_text(name, "application/json", json.dumps(value))


def cell(value) -> str:
    """A value as CSV has it, quoted where it must be; a text that a spreadsheet might take for a
    formula is defused. None is empty."""
    text = "" if value is None else str(value)
    if text[:1] in FORMULAS and not isinstance(value, (int, float)):
        text = "'" + text
    quoted = any(sign in text for sign in ',"\n\r')
    return '"' + text.replace('"', '""') + '"' if quoted else text


def _give_text(name, kind, text):
    give(name, js.Blob.new(to_js([text]), to_js({"type": kind})))

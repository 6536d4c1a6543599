"""A table -> rows of text for a spreadsheet, and a record for JSON."""

from collections.abc import Iterable
from decimal import Decimal

from ..record_format import PLACES, guarded
from ..results import Cell, FormReading, Table
from ..value import meaning

BOM = "\ufeff"  # by it spreadsheets know that a CSV file is UTF-8


def table_record(file: str, table: Table) -> dict:
    """Return what JSON can hold of a table: its cells row by row, with boxes and problems."""
    return {
        "file": file,
        "problem": table.problem,
        "ruled": table.ruled,
        "corners": [[round(x, 1), round(y, 1)] for x, y in table.corners],
        "rows": [[cell_record(cell) for cell in row] for row in table.rows],
        "left_out": [list(box) for box in table.left_out],
    }


def form_record(file: str, reading: FormReading) -> dict:
    """Return the same of a form: its fields by their names."""
    return {
        "file": file,
        "problem": reading.problem,
        "corners": [[round(x, 1), round(y, 1)] for x, y in reading.corners],
        "fields": dict(zip(reading.names, map(cell_record, reading.cells), strict=True)),
    }


def cell_record(cell: Cell) -> dict:
    """Return the same of a cell. Boxes are left, top, right, bottom in the upright picture."""
    return {
        "text": cell.text,
        "confidence": round(cell.confidence, PLACES) if cell.text else None,
        "problem": cell.problem,
        "box": list(cell.box),
    }


def csv_rows(texts: Iterable[Iterable[str]], decimal: str | None = None) -> list[list[str]]:
    """Return cells' texts, row by row, as a spreadsheet may have them.

    decimal: the mark that decimal numbers get; None leaves all as read. A text with several
    meanings stays as it was read.
    """
    return [[guarded(with_mark(text, decimal)) for text in row] for row in texts]


def with_mark(text: str, decimal: str | None) -> str:
    """Return a decimal number with another mark; any other text as it is."""
    mark = next((mark for mark in ".," if text.count(mark) == 1), None)
    if decimal is None or mark is None or not isinstance(meaning(text).value, Decimal):
        return text
    return text if sum(text.count(other) for other in ".,") > 1 else text.replace(mark, decimal)

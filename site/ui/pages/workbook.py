"""Turn pages into the sheets of a workbook. Pure, so that CPython can test it.

A sheet's cell is a dict {text, places, corrected}, or None if it is empty. places: decimal places
of a number, whose text then has a point; None for a text. A workbook of its own tells the two
apart, so nothing is taken for a date or a formula.
"""

from ui.pages.cells import number_text, to_number
from ui.pages.table_files import cell_rows, page_lines

EXACT_DIGITS = 15  # of a spreadsheet's numbers; a longer one stays a text


def table_sheet(pages: list, mark: str) -> list:
    """Return the rows of all pages; of several pages, the first column names them.

    mark: the decimal mark on the pages.
    """
    return [
        [_text(name) for name in lead] + [_cell(cell, mark) for cell in row]
        for lead, row in page_lines(pages)
    ]


def cells_sheet(pages: list) -> list:
    """Return a header and one row for each cell that is not empty, with what was read."""
    header, *rows = cell_rows(pages)
    confidence = header.index("confidence")
    found = [[_text(name) for name in header]]
    for row in rows:
        cells = [_fact(value) for value in row]
        cells[confidence] = {"text": row[confidence], "places": 4, "corrected": False}
        found.append(cells)
    return found


def _cell(cell, mark):
    if not isinstance(cell, dict):
        return _text(cell) if cell else None
    text, corrected = cell["text"], cell["text"] != cell["read"]
    number = to_number(text, mark)
    if number is None or not _is_plain(text, number):
        return {"text": text, "places": None, "corrected": corrected} if text or corrected else None
    return {"text": number_text(number, "."), "places": number[1], "corrected": corrected}


def _is_plain(text, number):
    """Return whether a number keeps all its digits as one: 007 would lose two."""
    digits = [character for character in text if "0" <= character <= "9"]
    leading = digits[0] == "0" and len(digits) - number[1] > 1
    return not leading and len(digits) <= EXACT_DIGITS


def _fact(value):
    if isinstance(value, int):
        return {"text": str(value), "places": 0, "corrected": False}
    return _text(value) if value else None


def _text(text):
    return {"text": text, "places": None, "corrected": False}

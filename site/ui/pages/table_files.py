"""Turn pages into the rows and records of CSV and JSON. Pure, so that CPython can test it.

A page is {name, number, rows, ruled, problem}; number: of the page in its file, from 1.
"""

from collections import OrderedDict

from ui.pages.cells import number_text, to_number

CELL_COLUMNS = ("file", "page", "row", "column", "text", "read", "corrected", "confirmed")
CELL_COLUMNS = CELL_COLUMNS + ("confidence", "problem", "left", "top", "right", "bottom")
FILE = "file"  # the head of the column of names
PLACES = 4  # of confidences
AS_WRITTEN = ""  # in place of a decimal mark: texts stay as they are


def table_rows(pages: list, mark: str, file_mark: str = AS_WRITTEN) -> list:
    """Return the texts of all pages, row by row; of several pages, the first column names them.

    mark: the decimal mark on the pages. file_mark: the one to write, AS_WRITTEN for no change.
    """
    return [
        lead + [_converted(_text_of(cell), mark, file_mark) for cell in row]
        for lead, row in page_lines(pages)
    ]


def page_lines(pages: list) -> list:
    """Return the rows of all pages as pairs of a lead, [page's name] or [], and cells.

    Scans of a form have a lead, and a first row of names, texts in place of cells.
    """
    several = len(pages) > 1
    lines, form = [], None
    for page in pages:
        names, rows = page.get("names"), page["rows"]
        if names and page["form"] != form:
            lines.append(([FILE], names))
        form = page.get("form")
        if names and not rows:  # the form was not found
            rows = [[""] * len(names)]
        lines += [([page_name(page)] if several or names else [], row) for row in rows]
    return lines


def cell_rows(pages: list) -> list:
    """Return a header and one row for each cell that is not empty."""
    rows = [CELL_COLUMNS]
    for page in pages:
        for cell in _cells(page):
            if cell["text"] or cell["read"] or cell["problem"]:
                column = cell.get("field", cell["column"] + 1)
                place = [page["name"], page["number"], cell["row"] + 1, column]
                rows.append(place + _facts(cell) + list(cell["box"]))
    return rows


def tables_json(pages: list) -> list:
    """Return one record for each page; its rows hold a record for each cell."""
    return [
        OrderedDict(
            (
                ("file", page["name"]),
                ("page", page["number"]),
                ("fields", page.get("names")),
                ("ruled", page["ruled"]),
                ("problem", page["problem"] or None),
                ("rows", [[_cell_record(cell) for cell in row] for row in page["rows"]]),
            )
        )
        for page in pages
    ]


def tab_separated(rows: list) -> str:
    """Return rows as text that a spreadsheet pastes as cells."""
    blanks = ("\t", "\n", "\r")
    return "\n".join("\t".join(_without(cell, blanks) for cell in row) for row in rows)


def page_name(page: dict) -> str:
    """Return the file's name, with the page's number if it has several."""
    return page["name"] + (f" ({page['number']})" if page["count"] > 1 else "")


def _text_of(cell):
    return cell["text"] if isinstance(cell, dict) else cell


def _converted(text, mark, file_mark):
    number = to_number(text, mark) if file_mark else None
    return text if number is None else number_text(number, file_mark)


def _facts(cell):
    corrected = cell["text"] != cell["read"]
    confidence = f"{cell['confidence']:.{PLACES}f}"
    marks = ["yes" if corrected else "", "yes" if cell["confirmed"] else ""]
    return [cell["text"], cell["read"]] + marks + [confidence, cell["problem"]]


def _cell_record(cell):
    return OrderedDict(
        (
            ("text", cell["text"]),
            ("read", cell["read"]),
            ("corrected", cell["text"] != cell["read"]),
            ("confirmed", cell["confirmed"]),
            ("confidence", round(cell["confidence"], PLACES)),
            ("problem", cell["problem"] or None),
            ("box", list(cell["box"])),
        )
    )


def _cells(page):
    return [cell for row in page["rows"] for cell in row]


def _without(text, signs):
    for sign in signs:
        text = text.replace(sign, " ")
    return text

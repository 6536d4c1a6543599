"""Pages of numbers on the command line: one line of CSV for each row of a table."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import IO, Any

from ..reader import Reader
from ..record_format import csv_text
from ..results import Cell, Table
from ..tables.table_output import BOM, csv_rows, table_record
from .paged_files import pages
from .processes import in_order
from .rows import reason_of
from .sources import INPUT, Source


class PageReader:
    """Reads the pages of files by name. It raises nothing: what goes wrong is a record.

    least: a cell less sure, 0 .. 1, is left empty, and says so.
    """

    def __init__(self, reader: Reader, least: float = 0.0) -> None:
        self._reader, self._least = reader, least

    def __call__(self, source: Source) -> list[dict[str, Any]]:
        """Return a record for each page of a file."""
        records: list[dict[str, Any]] = []
        try:
            for number, page in enumerate(pages(source), 1):
                table = self._withheld(self._reader.read_table(page))
                records.append(table_record(source.name, table) | {"page": number})
        except Exception as error:  # one bad file of many must not end the others
            records.append(failed(source.name, error, len(records) + 1))
        return records

    def _withheld(self, table: Table) -> Table:
        rows = [[if_sure(cell, self._least) for cell in row] for row in table.rows]
        return replace(table, rows=rows)


def if_sure(cell: Cell, least: float) -> Cell:
    """Return a cell without its text if that is less sure than `least`, 0 .. 1."""
    if not cell.text or cell.confidence >= least:
        return cell
    problem = f"unsure, perhaps {cell.text} ({cell.confidence:.1%})"
    return replace(cell, text="", confidence=0.0, problem=problem)


def tell_pages(read: PageReader, wanted: Iterable[Source], options: argparse.Namespace) -> int:
    """Read files, print or write their tables, and return the exit status.

    The rows of several files are told apart by a first cell with the file's name.
    """
    wanted = list(wanted)
    status = 0
    with opened(options) as file:
        for source, result in in_order(read, wanted, options.jobs):
            records = [failed(source.name, result)] if isinstance(result, Exception) else result
            named = len(wanted) > 1 or len(records) > 1
            for record in records:
                status = max(status, _warn(record, len(records) > 1))
                _tell(record, named, options, file)
    sys.stdout.flush()
    return status


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[IO[str] | None]:
    """Open what CSV goes to: a file, standard output, or nothing."""
    if options.csv is None:
        yield None
    elif str(options.csv) == INPUT:
        yield sys.stdout
    else:
        with options.csv.open("w", encoding="utf-8", newline="") as file:
            if not options.no_bom:
                file.write(BOM)
            yield file


def failed(name: str, error: Exception, page: int = 1) -> dict[str, Any]:
    """Return the record of a page that was not read because of an error."""
    return {"file": name, "page": page, "problem": reason_of(error), "rows": []}


def _warn(record: dict[str, Any], several: bool) -> int:
    """Say what of a page was not read; returns 1 if anything was not."""
    cells = {
        f"row {r}, column {c}": cell
        for r, row in enumerate(record["rows"], 1)
        for c, cell in enumerate(row, 1)
    }
    return warn(record, cells, several)


def warn(record: dict[str, Any], cells: dict[str, dict[str, Any]], several: bool) -> int:
    """Say what problems there are; returns 1 if there are any. cells: by what they are called."""
    name = f"{record['file']}, page {record['page']}" if several else record["file"]
    problems = [record["problem"]] if record["problem"] else []
    for place, cell in cells.items():
        if cell["problem"] and cell["problem"] != record["problem"]:
            told = cell["problem"] + (f", read as {cell['text']}" if cell["text"] else "")
            problems.append(f"{place}: {told}")
    if record.get("left_out"):
        problems.append(
            f"outside of the table, lines that were not read: {len(record['left_out'])}"
        )
    for problem in problems:
        print(f"{name}: {problem}", file=sys.stderr)
    return int(bool(problems))


def _tell(
    record: dict[str, Any], named: bool, options: argparse.Namespace, file: IO[str] | None
) -> None:
    """Print a page's record, or write its rows to a file; each begins with its name if `named`."""
    texts = [[cell["text"] for cell in row] for row in record["rows"]]
    lead = [page_name(record)] if named else []
    if file is not None:
        write_rows([lead + row for row in csv_rows(texts, options.decimal)], options, file)
    if options.json and file is not sys.stdout and not options.quiet:
        print(json.dumps(record))
    elif file is None and not options.quiet:
        for row in texts:
            print("\t".join([*lead, *row]))


def page_name(record: dict[str, Any]) -> str:
    """Return a page's name: its file's, and which page if it is not the first."""
    return record["file"] if record["page"] == 1 else f"{record['file']}#{record['page']}"


def write_rows(rows: list[list[str]], options: argparse.Namespace, file: IO[str]) -> None:
    """Write rows of CSV. Raises OSError."""
    file.write(csv_text(rows, options.separator))

"""Filled-in forms on the command line: one line of CSV for each form, one column for each field."""

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import IO, Any

from ..errors import PictureError, TooDenseError
from ..reader import Reader
from ..tables.form_template import load_form
from ..tables.read_form import Blank, prepared
from ..tables.table_output import csv_rows, form_record
from .paged_files import pages
from .processes import in_order
from .sources import Source
from .table_command import failed, if_sure, opened, page_name, warn, write_rows

FILE = "file"  # the first column


class TemplateError(ValueError):
    """A template that cannot be used; the message states the fact, then the remedy."""


class FormReader:
    """Reads forms by name. It raises nothing: what goes wrong is a record.

    least: a field less sure, 0 .. 1, is left empty, and says so.
    """

    def __init__(self, reader: Reader, blank: Blank, least: float = 0.0) -> None:
        self._reader, self._blank, self._least = reader, blank, least

    @property
    def names(self) -> list[str]:
        """Return the fields' names, in order."""
        return self._blank.form.names

    def __call__(self, source: Source) -> list[dict[str, Any]]:
        """Return a record for each page of a file; each is a form."""
        records: list[dict[str, Any]] = []
        try:
            for number, page in enumerate(pages(source), 1):
                reading = self._reader.read_form(page, self._blank)
                cells = [if_sure(cell, self._least) for cell in reading.cells]
                record = form_record(source.name, replace(reading, cells=cells))
                records.append(record | {"page": number})
        except Exception as error:  # one bad file of many must not end the others
            records.append(failed(source.name, error, len(records) + 1) | {"fields": {}})
        return records


def load_blank(path: str) -> Blank:
    """Return the blank form of a template's file. Raises TemplateError."""
    try:
        return prepared(load_form(path))
    except PictureError as error:
        raise TemplateError(f"{path}: {error}") from None
    except TooDenseError:
        raise TemplateError(
            f"{path}: The blank form has too many marks; use a clean scan."
        ) from None
    except OSError as error:
        problem = f"{error.filename or path} cannot be opened ({error.strerror}); check its name."
        raise TemplateError(problem) from None


def tell_forms(read: FormReader, wanted: Iterable[Source], options: argparse.Namespace) -> int:
    """Read forms, print or write their fields, and return the exit status."""
    status = 0
    with opened(options) as file:
        if file is not None:
            write_rows(csv_rows([[FILE, *read.names]]), options, file)
        for source, result in in_order(read, wanted, options.jobs):
            records = result
            if isinstance(result, Exception):
                records = [failed(source.name, result) | {"fields": {}}]
            for record in records:
                status = max(status, warn(record, record["fields"], len(records) > 1))
                _tell(record, read.names, options, file)
    sys.stdout.flush()
    return status


def _tell(
    record: dict[str, Any], names: list[str], options: argparse.Namespace, file: IO[str] | None
) -> None:
    """Print a form's record, or write its row to a file."""
    texts = [record["fields"].get(name, {"text": ""})["text"] for name in names]
    if file is not None:
        row = csv_rows([[page_name(record)]])[0] + csv_rows([texts], options.decimal)[0]
        write_rows([row], options, file)
    if options.json and file is not sys.stdout and not options.quiet:
        print(json.dumps(record))
    elif file is None and not options.quiet and record["fields"]:
        told = (f"{name} {text}" for name, text in zip(names, texts, strict=True))
        print(f"{page_name(record)}: {', '.join(told)}")

"""inkling PICTURE ...: reads the numbers in pictures, one line a picture."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from . import ModelError, Reader
from .batch.form_command import FormReader, TemplateError, load_blank, tell_forms
from .batch.list_parts import PartError, Parts
from .batch.options import parsed
from .batch.paged_files import each_page
from .batch.part_formats import JsonLinesParts, ParquetParts, PartFormat
from .batch.processes import in_order
from .batch.progress import Progress
from .batch.row_files import Csv, JsonLines, Table, TableError
from .batch.rows import Row, RowReader, failed_row
from .batch.sources import INPUT, SUFFIXES, ListError, Source, is_address, listed, sources
from .batch.table_command import PageReader, tell_pages
from .network.model_file import letter_weights
from .output import summary

INTERRUPTED = 130  # the exit status of what a person has stopped, as shells have it


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit status: 1 if anything could not be read."""
    options = parsed(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a file's name may have signs that a terminal lacks
            stream.reconfigure(errors="backslashreplace")
    try:
        if options.dask:
            return _read_on_cluster(options)
        reader = Reader.load(options.model or (letter_weights() if options.letters else None))
        if options.table or options.form:
            return _read_pages(reader, options)
        settings = options.single, options.min_confidence, options.ink
        return _read_all(RowReader(reader, *settings), options)
    except (ModelError, TableError, ListError, TemplateError, PartError) as error:
        return _failed(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever was listening has heard enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:  # of a picture's file it is caught where that is read
        return _failed(f"What was read cannot be written ({error.strerror or error}); make room.")


def _read_on_cluster(options: argparse.Namespace) -> int:
    """Read on a Dask cluster, and say how much was read."""
    from .batch.on_dask import read_on_dask  # here, as few need it

    names = [_for_workers(source) for source in each_page(_given(options))]
    settings = {
        "model": options.model and str(Path(options.model).absolute()),
        "letters": options.letters,
        "single": options.single,
        "least": options.min_confidence,
    }
    if options.ink:
        settings["ink"] = options.ink
    form: PartFormat = ParquetParts() if options.parquet else JsonLinesParts()
    parts = Parts(options.out, names, settings, options.part, options.resume, form.suffix)
    progress = Progress(sum(len(its) for _, its in parts.missing()))
    failed = read_on_dask(parts, options.dask, settings, progress.step, form)
    progress.clear()
    if not options.quiet:
        print(f"{options.out}: {progress.done:,} pictures, {failed:,} could not be read")
    return int(failed > 0)


def _for_workers(source: Source) -> str:
    """Return a name that workers understand, whatever folder they run in. Raises PartError."""
    if source.content is not None:
        raise PartError("Workers cannot read standard input; name files or addresses.")
    return source.name if is_address(source.name) else str(Path(source.name).absolute())


def _read_pages(reader: Reader, options: argparse.Namespace) -> int:
    """Read tables or forms. Raises TemplateError and OSError."""
    if options.csv and (problem := _unfit(options.csv, options.pictures, INPUT)):
        return _failed(problem)
    if options.form:
        blank = load_blank(options.form)
        read = FormReader(reader, blank, options.min_confidence)
        return tell_forms(read, _given(options), options)
    return tell_pages(PageReader(reader, options.min_confidence), _given(options), options)


def _read_all(read: RowReader, options: argparse.Namespace) -> int:
    """Read one picture after the other."""
    with ExitStack() as files:
        tables: list[Table] = []
        for path, kind in ((options.csv, Csv), (options.jsonl, JsonLines)):
            if path is None:
                continue
            if problem := _unfit(path, options.pictures):
                return _failed(problem)
            try:
                tables.append(files.enter_context(kind(path, options.resume)))
            except OSError as error:
                return _failed(f"{path} cannot be written ({error.strerror}); choose another.")
        wanted: Iterable[Source] = _wanted(options, tables)
        progress = _progress(options)
        if progress and options.files_from != INPUT:  # else a list that never ends is welcome
            wanted = list(wanted)
            progress.total = len(wanted)
        return _tell_all(read, wanted, options, tables, progress)


def _tell_all(
    read: RowReader,
    wanted: Iterable[Source],
    options: argparse.Namespace,
    tables: list[Table],
    progress: Progress | None,
) -> int:
    """Read pictures, tell what they say, and return the exit status."""
    status = 0
    for source, result in in_order(read, wanted, options.jobs):
        row = failed_row(source.name, result) if isinstance(result, Exception) else result
        for table in tables:
            table.write(row)
        if row.failed and progress:
            progress.clear()
        status = max(status, _tell(row, options))
        if progress:
            progress.step()
    if progress:
        progress.clear()
    sys.stdout.flush()
    return status


def _wanted(options: argparse.Namespace, tables: list[Table]) -> Iterator[Source]:
    """Yield the pictures and pages to be read, in order: those that not all tables have."""
    for source in each_page(_given(options)):
        if not tables or not all(source.name in table for table in tables):
            yield source


def _given(options: argparse.Namespace) -> Iterator[Source]:
    yield from sources(options.pictures, options.recursive)
    if options.files_from is not None:
        yield from listed(options.files_from)


def _progress(options: argparse.Namespace) -> Progress | None:
    """Return what shows progress; None where lines of results show it."""
    return Progress() if options.quiet or not sys.stdout.isatty() else None


def _unfit(table: Path, pictures: list[str], fit: str | None = None) -> str | None:
    """Why a file should not be written, if it is a picture or stands for no file.

    fit: a name that is fit, whatever it stands for.
    """
    if str(table) == fit:
        return None
    if str(table) == INPUT or table.suffix.lower() in SUFFIXES or table in map(Path, pictures):
        return f"{table} is no name for a table; give one such as table{table.suffix or '.csv'}."
    return None


def _tell(row: Row, options: argparse.Namespace) -> int:
    """Tell what a picture says; returns 1 if it could not be read."""
    if options.json and not options.quiet:
        print(json.dumps(row))
    elif not options.quiet and not row.failed:
        print(f"{row['file']}: {summary(row)}")
    return _failed(row["reason"], row["file"]) if row.failed else 0


def _failed(problem: str, name: str = "inkling") -> int:
    print(f"{name}: {problem}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

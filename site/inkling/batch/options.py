"""The options of the command line."""

import argparse
from collections.abc import Callable
from pathlib import Path

from .. import __version__
from .list_parts import SIZE
from .sources import INPUT

STATUS = """A name that ends in .txt lists pictures, one name a line. An address such as
s3://bucket/7.png is opened by fsspec. Exit status: 0 all was read, 1 something could not be read or
written, 2 the options are wrong, 130 stopped by Ctrl-C. All rows until then are kept."""


def parsed(arguments: list[str] | None) -> argparse.Namespace:
    """Return the options; ends the program with status 2 if they are wrong."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not options.pictures and options.files_from is None:
        parser.error("nothing to read; name a picture, a folder or a list")
    if options.resume and not (options.csv or options.jsonl or options.out):
        parser.error("--resume continues a table; give --csv FILE or --jsonl FILE")
    if (options.dask is None) != (options.out is None):
        parser.error("--dask ADDRESS and --out FOLDER belong together")
    if options.parquet and not options.dask:
        parser.error("--parquet is the format of parts; give --dask ADDRESS and --out FOLDER")
    if options.dask and (options.csv or options.jsonl or options.json or options.jobs > 1):
        parser.error("--dask writes parts into --out FOLDER; leave out --csv, --jsonl and --jobs")
    pages = options.table or options.form
    if pages and options.dask:
        parser.error("--dask reads numbers; leave out --table and --form")
    if pages and (options.jsonl or options.resume or options.single):
        parser.error(
            "--table and --form go with --csv or --json; leave out --jsonl, --resume and --single"
        )
    if options.ink and (pages or options.letters):
        parser.error("--ink is for numbers and digits; leave out --table, --form and --letters")
    if options.table and options.form:
        parser.error("a form is no table; give --form or --table")
    if options.decimal == options.separator:
        parser.error("one mark cannot part both cells and decimals; give another --separator")
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="inkling", description="Reads handwritten numbers.", epilog=STATUS
    )
    _add_input(parser)
    _add_output(parser.add_argument)
    _add_pages(parser.add_argument)
    _add_engine(parser.add_argument)
    return parser


def _add_input(parser: argparse.ArgumentParser) -> None:
    """Add the pictures, and how they are read."""
    add = parser.add_argument
    add(
        "pictures",
        nargs="*",
        metavar="PICTURE",
        help="PNG, JPEG, WebP, BMP, GIF, TIFF or PDF; a folder; a pattern; - for standard input",
    )
    add("--files-from", metavar="FILE", help="a list of more names; - for standard input")
    add("--recursive", action="store_true", help="read folders in folders, too")
    add("--single", action="store_true", help="every picture holds one digit, or one letter")
    add("--letters", action="store_true", help="read letters, and codes of letters and digits")
    add("--ink", choices=("dark", "light"), help="the ink against its paper, else as it seems")
    add(
        "--min-confidence",
        type=_share,
        default=0.0,
        metavar="P",
        help="withhold a text that is less sure than this, 0 to 1",
    )
    add("--model", metavar="NPZ", help="other weights")
    add("--version", action="version", version=f"inkling {__version__}")


def _add_output(add: Callable[..., object]) -> None:
    """Add where the readings go."""
    add("--json", action="store_true", help="print one JSON object a line")
    add("--quiet", action="store_true", help="print nothing but what went wrong, and progress")
    add(
        "--csv",
        type=Path,
        nargs="?",
        const=Path(INPUT),
        metavar="FILE",
        help="write a table, too; with --table or --form, and without FILE, print it",
    )
    add("--jsonl", type=Path, metavar="FILE", help="write one JSON object a line to a file, too")
    add("--resume", action="store_true", help="add to the table what it does not have yet")


def _add_pages(add: Callable[..., object]) -> None:
    """Add the options for pages of numbers."""
    add("--table", action="store_true", help="read pages of numbers in rows and columns")
    add("--form", metavar="JSON", help="read the fields of filled-in forms by a template")
    add("--separator", default=",", type=_mark, metavar="MARK", help="between the CSV's cells")
    add("--decimal", type=_mark, metavar="MARK", help="decimal mark of the CSV's numbers")
    add("--no-bom", action="store_true", help="let the CSV begin without a byte order mark")


def _add_engine(add: Callable[..., object]) -> None:
    """Add the options for several processes and machines."""
    add("--jobs", type=_count, default=1, metavar="N", help="number of processes that read")
    add("--dask", metavar="ADDRESS", help="read on the cluster of this Dask scheduler")
    add("--out", metavar="FOLDER", help="with --dask: where the parts go, a folder or an address")
    add("--part", type=_count, default=SIZE, metavar="N", help="with --dask: pictures of a part")
    add("--parquet", action="store_true", help="with --dask: write parts as Parquet, not as JSON")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is too few; give 1 or more")
    return int(text)


def _mark(text: str) -> str:
    text = "\t" if text == "\\t" else text
    if len(text) != 1:
        raise argparse.ArgumentTypeError(f"{text} is no mark; give one character, such as ;")
    return text


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text} is no probability; give 0 to 1, such as 0.9")
    return share

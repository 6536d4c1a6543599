"""inkling PICTURE ...: reads the numbers in pictures, one line a picture."""

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from . import ModelError, PictureError, Reader, Reading, __version__
from .records import COLUMNS, cells, record, said

HERE = Path(__file__).resolve().parent
# Installed, the weights lie in the package; in a checkout, where the page loads them from.
MODELS = (HERE / "digits.npz", HERE.parent / "model" / "digits.npz")
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif")  # of the pictures in a folder
INPUT = "-"  # standard input


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit status: 1 if anything could not be read."""
    options = _parser().parse_args(arguments)
    try:
        reader = Reader.load(options.model)
    except ModelError as error:
        return _failed(str(error))
    with ExitStack() as files:
        table = None
        if options.csv:
            try:
                file = files.enter_context(options.csv.open("w", newline="", encoding="utf-8"))
            except OSError as error:
                return _failed(
                    f"{options.csv} cannot be written ({error.strerror}); choose another."
                )
            table = csv.writer(file)
            table.writerow(COLUMNS)
        told = [
            _read(reader, *source, options.json, table) for source in _sources(options.pictures)
        ]
    return max(told)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="inkling", description="Reads handwritten numbers.")
    parser.add_argument(
        "pictures",
        nargs="+",
        metavar="PICTURE",
        help="PNG, JPEG, WebP, BMP or GIF; a folder of them; - for standard input",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write a table, too")
    model = next((path for path in MODELS if path.exists()), MODELS[-1])
    parser.add_argument("--model", default=model, metavar="NPZ", help="other weights")
    parser.add_argument("--version", action="version", version=f"inkling {__version__}")
    return parser


def _sources(names: list[str]) -> Iterator[tuple[str, Path | None]]:
    """The name and the path of every picture; no path for standard input."""
    for name in names:
        path = Path(name)
        if name == INPUT:
            yield name, None
        elif path.is_dir():
            found = sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES)
            yield from ((str(file), file) for file in found or [path])
        else:
            yield name, path


def _read(reader: Reader, name: str, path: Path | None, as_json: bool, table) -> int:
    """Read one picture and tell what it says; returns 1 if it could not be read."""
    reading, problem = _attempt(reader, path)
    if table:
        table.writerow(cells(name, reading, problem))
    if as_json:
        told = record(reading) if reading else {"error": problem}
        print(json.dumps({"picture": name, **told}))
    elif reading:
        print(f"{name}: {said(reading)}")
    return 0 if reading else _failed(problem, name)


def _attempt(reader: Reader, path: Path | None) -> tuple[Reading | None, str | None]:
    """A reading, or one sentence on why there is none."""
    try:
        if path is not None and path.is_dir():
            return None, "The folder holds no picture; name one that does."
        return reader.read(sys.stdin.buffer.read() if path is None else path), None
    except PictureError as error:
        return None, str(error)
    except OSError as error:
        return None, f"The file cannot be opened ({error.strerror or error}); check its name."


def _failed(problem: str, name: str = "inkling") -> int:
    print(f"{name}: {problem}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

"""inkling PICTURE ...: reads the numbers in pictures, one line a picture."""

import argparse
import csv
import json
import os
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
INTERRUPTED = 130  # the exit status of what a person has stopped, as shells have it


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit status: 1 if anything could not be read."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a file's name may have signs that a terminal lacks
            stream.reconfigure(errors="backslashreplace")
    try:
        reader = Reader.load(options.model)
        return _read_all(reader, options)
    except ModelError as error:
        return _failed(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever was listening has heard enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:  # of a picture's file it is caught where that is read
        return _failed(f"What was read cannot be written ({error.strerror or error}); make room.")


def _read_all(reader: Reader, options: argparse.Namespace) -> int:
    """Read one picture after the other."""
    with ExitStack() as files:
        table = None
        if options.csv:
            if problem := _unfit(options.csv, options.pictures):
                return _failed(problem)
            how = {"newline": "", "encoding": "utf-8", "errors": "backslashreplace"}
            try:
                file = files.enter_context(options.csv.open("w", **how))
            except OSError as error:
                return _failed(
                    f"{options.csv} cannot be written ({error.strerror}); choose another."
                )
            table = csv.writer(file)
            table.writerow(COLUMNS)
        told = [
            _read(reader, *source, options.json, table) for source in _sources(options.pictures)
        ]
    sys.stdout.flush()
    return max(told)


def _unfit(table: Path, pictures: list[str]) -> str | None:
    """Why a file should not be written, if it is a picture or stands for no file."""
    if str(table) == INPUT or table.suffix.lower() in SUFFIXES or table in map(Path, pictures):
        return f"{table} is no name for a table; give --csv one such as table.csv."
    return None


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
    """The name and the path of every picture; no path for standard input. A folder that holds none
    or cannot be looked into stands for itself."""
    for name in names:
        path = Path(name)
        if name == INPUT:
            yield name, None
        elif _is_folder(path):
            yield from ((str(file), file) for file in _pictures_in(path) or [path])
        else:
            yield name, path


def _pictures_in(folder: Path) -> list[Path]:
    try:
        files = sorted(folder.iterdir())
    except OSError:
        return []
    return [file for file in files if file.suffix.lower() in SUFFIXES and not _is_folder(file)]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # reading it will say why
        return False


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
        if path is None:
            return reader.read(sys.stdin.buffer.read() if sys.stdin else b""), None
        if _is_folder(path):
            list(path.iterdir())  # or it says why not
            return None, "The folder holds no picture; name one that does."
        return reader.read(path), None
    except PictureError as error:
        return None, str(error)
    except MemoryError:
        return None, "The file needs more memory than there is; choose a smaller one."
    except OSError as error:
        return None, f"The file cannot be opened ({error.strerror or error}); check its name."


def _failed(problem: str, name: str = "inkling") -> int:
    print(f"{name}: {problem}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

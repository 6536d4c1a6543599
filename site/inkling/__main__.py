"""inkling PICTURE ...: reads the digit in each picture, one line a picture."""

import argparse
import json
import sys
from pathlib import Path

from . import Digit, ModelError, PictureError, Reader, __version__

HERE = Path(__file__).resolve().parent
# Installed, the weights lie in the package; in a checkout, where the page loads them from.
MODELS = (HERE / "digits.npz", HERE.parent / "model" / "digits.npz")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit status: 1 if anything could not be read."""
    options = _parser().parse_args(arguments)
    try:
        reader = Reader.load(options.model)
    except ModelError as error:
        print(f"inkling: {error}", file=sys.stderr)
        return 1
    return max([_read(reader, name, options.json) for name in options.pictures])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="inkling", description="Reads handwritten digits.")
    parser.add_argument("pictures", nargs="+", metavar="PICTURE", help="PNG, JPEG, WebP, BMP, GIF")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    model = next((path for path in MODELS if path.exists()), MODELS[-1])
    parser.add_argument("--model", default=model, metavar="NPZ", help="other weights")
    parser.add_argument("--version", action="version", version=f"inkling {__version__}")
    return parser


def _read(reader: Reader, name: str, as_json: bool) -> int:
    try:
        digit = reader.read_digit(Path(name))
    except PictureError as error:
        return _failed(name, str(error), as_json)
    except OSError as error:
        said = f"The file cannot be opened ({error.strerror or error}); check its name."
        return _failed(name, said, as_json)
    print(json.dumps({"picture": name, **_record(digit)}) if as_json else f"{name}: {_said(digit)}")
    return 0


def _failed(name: str, said: str, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"picture": name, "error": said}))
    print(f"{name}: {said}", file=sys.stderr)
    return 1


def _said(digit: Digit) -> str:
    if digit.label is None:
        return str(digit.reason)
    return f"{digit.label} ({digit.confidence:.1%})"


def _record(digit: Digit) -> dict:
    return {
        "digit": digit.label,
        "confidence": round(digit.confidence, 4),
        "probabilities": [round(float(p), 4) for p in digit.probabilities],
        "box": digit.box,
        "reason": digit.reason,
    }


if __name__ == "__main__":
    sys.exit(main())

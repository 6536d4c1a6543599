"""Read and update numbers.json: what training has learned about reading numbers.

The fits of training/numbers write it, and training/network/fold.py puts it into the model file as
the `numbers` entry of export/FORMAT.md. The module is short because it holds only what both share:
neither may import the other.
"""

import json
from pathlib import Path

from inkling.network.learned_numbers import LearnedNumbers, parse_numbers

RECORD = Path(__file__).resolve().parent / "numbers.json"


def read_numbers() -> dict:
    """Return the `numbers` entry of the model file."""
    return json.loads(RECORD.read_text())


def checked_numbers() -> LearnedNumbers:
    """Return the same as the record that the page reads. Raises ModelError."""
    return parse_numbers(read_numbers(), RECORD.name)


def update_numbers(**entries) -> None:
    """Replace entries of numbers.json, and print them."""
    RECORD.write_text(json.dumps(read_numbers() | entries, indent=1) + "\n")
    for name, value in entries.items():
        print(f"{name}: {value}")
    print(f"{RECORD} is written; `python -m training.export_model` puts it into the model file.")

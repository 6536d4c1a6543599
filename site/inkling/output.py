"""Turn a reading into a line of text, and into a record for JSON and tables.

Records have the format of record_format.py, the same as the page's.
"""

from typing import Any

from . import record_format
from .record_format import COLUMNS, cells, failed_record
from .results import Digit, Letter, Reading

__all__ = ["COLUMNS", "cells", "failed_record", "record", "said", "summary", "withheld"]


def said(reading: Reading) -> str:
    """Return a reading in one line: its text and confidence, or why there is none."""
    return summary(record("", reading))


def summary(row: dict[str, Any]) -> str:
    """Return in one line what a record says: its text, and how sure it is, or why there is none."""
    if not row["text"]:
        return str(row["reason"])
    line = f"{row['text'].replace(chr(10), ' ')} ({row['confidence']:.1%})"
    left = sum(not digit["character"] for digit in row["digits"])
    left += len(row.get("left_out") or ())  # rows of an older table have none
    return f"{line}, {left} mark{'s' * (left > 1)} left out" if left else line


def withheld(row: dict[str, Any], least: float) -> dict[str, Any]:
    """Return a record without its text if that is less sure than `least`, 0 .. 1."""
    if not row["text"] or row["confidence"] >= least:
        return row
    reason = f"unsure, perhaps {summary(row)}"
    return row | {"text": "", "label": None, "confidence": None, "reason": reason}


def record(file: str, reading: Reading, obstacle: str | None = None) -> dict[str, Any]:
    """Return the record of a reading of a file, as JSON can hold it.

    obstacle: what is in the way, as `obstacles.find_obstacle` finds it.
    """
    digits = [_digit_record(digit) for digit in reading.digits]
    read = reading.text, reading.confidence, reading.reason
    return record_format.record(file, *read, digits, reading.left_out, obstacle)


def _digit_record(digit: Digit | Letter) -> dict[str, Any]:
    shares = [float(share) for share in digit.probabilities]
    named = digit.label, digit.character or None, digit.confidence, digit.reason
    others = list(digit.alternatives) if isinstance(digit, Letter) else None
    return record_format.digit_record(*named, shares, digit.box, others)

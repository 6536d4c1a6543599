"""Turn the worker's readings into records for CSV and JSON.

Nothing here needs a browser, so CPython can test it. The module is short because the format of
records is the package's (inkling/record_format.py).
"""

from inkling import record_format
from ui.reading.readings import digits_of, is_letter, left_out_of, obstacle_of, text_of


def record_of(file: str, reading) -> dict:
    """Return the record of a reading of a file."""
    digits = [_digit_record(digit) for digit in digits_of(reading)]
    text, reason = text_of(reading), _optional(reading, "reason", str)
    read = text, reading.confidence, reason, digits, left_out_of(reading)
    return record_format.record(file, *read, obstacle_of(reading))


def csv_rows(records: list) -> list:
    """Return the header and a row of cells for each record."""
    return [record_format.COLUMNS] + [record_format.cells(record) for record in records]


def _digit_record(digit):
    of_letter = is_letter(digit)
    return record_format.digit_record(
        _optional(digit, "label", str if of_letter else int),
        _optional(digit, "character", str),
        digit.confidence,
        _optional(digit, "reason", str),
        list(digit.probabilities),
        _optional(digit, "box", list),
        [str(other) for other in digit.alternatives] if of_letter else None,
    )


def _optional(value, field: str, kind):
    """Return a field as a value of MicroPython's own; one that is None was not sent."""
    return kind(getattr(value, field)) if hasattr(value, field) else None

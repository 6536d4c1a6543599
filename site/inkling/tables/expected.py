"""What a cell is expected to hold, and whether what was read can be that.

An expectation never changes what was read: what does not fit it is a problem of the cell.
"""

import re
from dataclasses import replace
from typing import NamedTuple

from ..errors import PictureError
from ..results import NOT_EXPECTED, Cell

PATTERNS = {
    "integer": re.compile("[+-]?[0-9]+"),
    "decimal": re.compile("[+-]?[0-9]+([.,][0-9]+)?|[+-]?[.,][0-9]+"),
    "date": re.compile(r"[0-9]{1,4}([/.-])[0-9]{1,2}\1[0-9]{1,4}"),
    "digits": re.compile("[0-9]+"),
}


class Expected(NamedTuple):
    """What a cell holds."""

    kind: str  # "integer", "decimal", "date" or "digits"
    count: int | None = None  # of its digits, if that is known


def expectation(kind: str, count: int | None = None) -> Expected:
    """Return a checked expectation. Raises PictureError."""
    if kind not in PATTERNS:
        raise PictureError(
            "{kind} is no kind of field; use one of {kinds}.", kind=kind, kinds=", ".join(PATTERNS)
        )
    if count is not None and (isinstance(count, bool) or not isinstance(count, int) or count < 1):
        raise PictureError("{count} is no number of digits; use 1 or more.", count=count)
    return Expected(kind, count)


def mismatch(cell: Cell, expected: Expected | None) -> Cell:
    """Return a cell, with a problem if its text does not fit the expectation."""
    if expected is None or not cell.text or cell.problem:
        return cell
    fits = PATTERNS[expected.kind].fullmatch(cell.text.replace(" ", "")) is not None
    count = sum(character.isdigit() for character in cell.text)
    fits = fits and expected.count in (None, count)
    return cell if fits else replace(cell, problem=NOT_EXPECTED)

"""Plain values of a reading -> its record for JSON, and its cells for a table.

The command line and the page write the same. The page's MicroPython imports this module without
the package around it. So it imports no module of the package, and only what both Pythons have.

A record is {file, text, label, confidence, reason, probabilities, digits, left_out}.
"""

import re
from collections import OrderedDict

COLUMNS = ("file", "text", "label", "confidence", "reason")
PLACES = 4  # of confidences and probabilities
UNREAD = "?"  # stands in a text for one character that could not be read
PARTLY_READ = "some characters were not read"
LEFT_OUT = "some ink was left out"
# What is in the way of a reading that was refused, and what helps. See obstacles.py.
LINE_AT_EDGE = (  # of the edges in form_lines.py's order
    "a line at the upper edge",
    "a line at the right edge",
    "a line at the lower edge",
    "a line at the left edge",
)
EDGE_LINES = "lines at the edges"
SEVERAL_MARKS = "several marks"
FAINT = "too faint"
SMALL = "too small"
LIGHT_INK, DARK_INK = "light ink on dark", "dark ink on light"
CROP = "crop the picture"
REMEDIES = {
    EDGE_LINES: CROP,
    SEVERAL_MARKS: CROP,
    FAINT: "use a darker pen, or more light",
    SMALL: "crop the picture, or take it from nearer",
    LIGHT_INK: "read it with --ink light",
    DARK_INK: "read it with --ink dark",
}
for _line in LINE_AT_EDGE:
    REMEDIES[_line] = CROP
REJECT_NAME = "none"  # the name of the reject class
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Spreadsheets run a cell that begins with one of these signs as a formula.
# (OWASP, "CSV injection", https://owasp.org/www-community/attacks/CSV_Injection)
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
SIGNED_NUMBER = re.compile(r"^[+-]?[0-9][0-9.,]*%?$")  # such as -7: no formula


def record(
    file: str, text: str, confidence: float, reason, digits: list, left_out=(), obstacle=None
) -> dict:
    """Return the record of a reading of a file.

    reason: of the whole reading, or None. digits: a `digit_record` for each digit or sign.
    left_out: the boxes of ink that may be writing but is in no digit. obstacle: what is in the way
    of a refused picture, of REMEDIES; its reason says so, and what helps.

    label: the digit, None if there is none or the text has several. reason: why there is no text,
    or not the whole; the only digit's, as it says more. probabilities: of the only digit, by its
    name or "none"; None if there are several. digits: those with ink.
    """
    inked = [digit for digit in digits if digit["box"] is not None]
    only = inked[0] if len(inked) == 1 else {}
    if text:
        reason = PARTLY_READ if UNREAD in text else LEFT_OUT if left_out else None
    elif len(digits) == 1 and digits[0]["reason"] is not None:
        reason = digits[0]["reason"]
    return _record(
        file,
        text,
        label=only.get("label") if text else None,
        confidence=round(confidence, PLACES) if text else None,
        reason=reason if text else refusal(reason, obstacle),
        probabilities=only.get("probabilities"),
        digits=inked,
        left_out=[list(box) for box in left_out],
    )


def refusal(reason, obstacle=None):
    """Return why there is no text: the reason, and what is in the way, of REMEDIES, and helps."""
    return f"{reason}: {obstacle}; {REMEDIES[obstacle]}" if obstacle else reason


def obstacle_in(refused: str):
    """Return the obstacle that a `refusal` names, or None."""
    told = refused.partition(": ")[2].partition("; ")[0]
    return told if told in REMEDIES else None


def failed_record(file: str, reason: str) -> dict:
    """Return the record of a file that could not be read, and why."""
    return _record(file, "", reason=reason)


def digit_record(
    label, character, confidence: float, reason, shares: list, box, alternatives=None
) -> dict:
    """Return the record of one digit, letter or sign; None stands for what it lacks.

    shares: the probabilities of the ten digits, the 26 letters, or a code's 36 characters. box:
    (left, top, right, bottom) in pixels. alternatives: what else a letter may be.
    """
    names = LETTERS if len(shares) == len(LETTERS) else "0123456789" + LETTERS
    named = [(names[place], round(share, PLACES)) for place, share in enumerate(shares)]
    reject = (REJECT_NAME, round(max(0.0, 1 - sum(shares)), PLACES))
    fields = (
        ("label", label),
        ("character", character),
        ("confidence", round(confidence, PLACES)),
        ("reason", reason),
        ("probabilities", OrderedDict(named + [reject])),  # noqa: RUF005 - MicroPython has no stars
        ("box", None if box is None else list(box)),
    )
    if alternatives is not None:
        fields += (("alternatives", list(alternatives)),)
    return OrderedDict(fields)


def cells(row: dict) -> list:
    """Return a record as the cells of a table with COLUMNS; None is an empty cell."""
    return [_cell(row[name]) for name in COLUMNS]


def guarded(text: str) -> str:
    """Return a text so that no spreadsheet runs it as a formula: with an apostrophe in front."""
    is_formula = text[:1] in FORMULA_SIGNS and text != "-"  # "-" alone is standard input
    return "'" + text if is_formula and not SIGNED_NUMBER.match(text) else text


def csv_text(rows, separator: str = ",", newline: str = "\n") -> str:
    """Return rows of values as CSV (RFC 4180); None is an empty cell.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    return "".join(_csv_line(row, separator) + newline for row in rows)


def _csv_line(row, separator):
    line = separator.join([_csv_cell(value, separator) for value in row])
    return line or '""'  # readers skip an empty line


def _csv_cell(value, separator):
    text = "" if value is None else guarded(value) if isinstance(value, str) else str(value)
    needs_quotes = any(sign in text for sign in separator + '"\n\r')
    return '"' + text.replace('"', '""') + '"' if needs_quotes else text


def _cell(value):
    # Formatted: MicroPython prints one float in sixteen with wrong last digits.
    if isinstance(value, float):
        return f"{value:.{PLACES}f}"
    return guarded(value) if isinstance(value, str) else value


def _record(
    file, text, label=None, confidence=None, reason=None, probabilities=None, digits=(), left_out=()
):
    fields = (
        ("file", file),
        ("text", text),
        ("label", label),
        ("confidence", confidence),
        ("reason", reason),
        ("probabilities", probabilities),
        ("digits", list(digits)),
        ("left_out", list(left_out)),
    )
    return OrderedDict(fields)  # MicroPython's dict keeps no order

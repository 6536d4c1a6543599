"""Hold the cells of a table: what was read, what a person made of it, undo, counts and totals.

A cell is a dict that JSON can hold: {row, column, read, text, confidence, problem, box, crop,
confirmed}. `read` is the worker's text, `text` the present one; `problem` is the worker's, or "".
Nothing here needs a browser, so CPython can test it.
"""

SURE = 0.95  # from this confidence on, a cell is not marked as doubtful
PRINTED = "printed text"  # a problem that is none of handwriting: such a cell is not doubtful
BLANKS = " '\u00a0\u2009\u202f"  # between the thousands of a number
SIGNS = "+-\u2212"
MAX_UNDO_STEPS = 500

DOUBTFUL, UNREAD, CORRECTED, CONFIRMED, PLAIN = "doubtful", "unread", "corrected", "confirmed", ""


def new_cell(row, column, read, confidence, problem, box, crop) -> dict:
    """Return a cell as the worker has read it."""
    return {
        "row": row,
        "column": column,
        "read": read,
        "text": read,
        "confidence": confidence,
        "problem": problem,
        "box": box,
        "crop": crop,
        "confirmed": False,
    }


def state_of(cell: dict) -> str:
    """Return how a cell is marked: one of the five names above."""
    if cell["text"] != cell["read"]:
        return CORRECTED
    if cell["confirmed"]:
        return CONFIRMED
    if cell["problem"] == PRINTED:
        return PLAIN
    if not cell["text"]:
        return UNREAD if cell["problem"] else PLAIN
    return DOUBTFUL if cell["problem"] or cell["confidence"] < SURE else PLAIN


def is_doubtful(cell: dict) -> bool:
    """Return whether a person should look at a cell."""
    return state_of(cell) in (DOUBTFUL, UNREAD)


def doubtful_first(cells: list) -> list:
    """Return the cells: the unread, then the doubtful with the least sure first, then the rest."""
    ranks = {UNREAD: 0, DOUBTFUL: 1}

    def rank(cell):
        place = ranks.get(state_of(cell), 2)
        sure = cell["confidence"] if place == 1 else 0
        return place, sure, cell["row"], cell["column"]

    return sorted(cells, key=rank)


class Edits:
    """What a person has changed in cells, with undo and redo."""

    def __init__(self):
        self._past = []
        self._future = []

    def set(self, cell: dict, text: str) -> bool:
        """Give a cell its text, and confirm it; return whether that changes anything."""
        before = cell["text"], cell["confirmed"]
        after = text.strip(), True
        needs_confirming = is_doubtful(cell)
        if after[0] == before[0] and not needs_confirming:
            return False
        self._past.append((cell, before, after))
        del self._past[:-MAX_UNDO_STEPS]
        self._future = []
        cell["text"], cell["confirmed"] = after
        return True

    def undo(self):
        """Take the last change back and return its cell; None if there is none."""
        return _step(self._past, self._future, 1)

    def redo(self):
        """Make the last change anew that was taken back, and return its cell, or None."""
        return _step(self._future, self._past, 2)

    def clear(self) -> None:
        """Forget all changes: their cells are gone."""
        self._past, self._future = [], []

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)


def _step(source, target, state):
    if not source:
        return None
    edit = source.pop()
    target.append(edit)
    edit[0]["text"], edit[0]["confirmed"] = edit[state]
    return edit[0]


def to_number(text: str, mark: str):
    """Return a text as (whole number, decimal places), (1250, 2) for 12.50; None if it is none.

    mark: the decimal mark, "." or ","; the other one and blanks stand between thousands.
    """
    text = text.strip()
    negative = text[:1] in ("-", "\u2212")
    if text[:1] and text[0] in SIGNS:
        text = text[1:].strip()
    for blank in BLANKS + (",." if mark == "." else ".,")[0]:
        text = text.replace(blank, "")
    whole, point, fraction = text.partition(mark)
    digits = whole + fraction
    if not whole or not _are_digits(digits) or (point and not fraction):
        return None
    return (-int(digits) if negative else int(digits)), len(fraction)


def number_text(number: tuple, mark: str) -> str:
    """Return (1250, 2) as "12.50", with any decimal mark."""
    value, places = number
    digits = str(abs(value))
    digits = "0" * (places + 1 - len(digits)) + digits
    sign = "-" if value < 0 else ""
    if not places:
        return sign + digits
    return sign + digits[:-places] + mark + digits[-places:]


def column_totals(rows: list, mark: str) -> list:
    """Return for each column how many of its texts are numbers, and their exact sum."""
    totals = []
    for column in range(len(rows[0]) if rows else 0):
        numbers = [to_number(row[column]["text"], mark) for row in rows]
        numbers = [number for number in numbers if number is not None]
        places = max([number[1] for number in numbers] or [0])
        total = sum(value * 10 ** (places - its) for value, its in numbers)
        totals.append((len(numbers), (total, places)))
    return totals


def _are_digits(text):
    return all("0" <= character <= "9" for character in text)

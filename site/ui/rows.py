"""The rows of the table of pictures: what is kept of each, shown and given away."""

from pyscript import document

from ui import paint, thumbs, words
from ui.chosen import digits_of, has_ink, text_of
from ui.dom import find, make
from ui.language import say

COLUMNS = ("file", "text", "confidence", "digits", "problem")
MOST_LISTED = 8  # digits of a row: of more only their number is shown


class Row:
    """A picture of the table. blob: its file; as_number: how it is read; problem: a function that
    says why there is no text, None if there is; thumb: a small canvas, None if it was not opened.
    digits: [{label, confidence, reason, box}] as JSON can hold them."""

    def __init__(self, name, blob=None, problem=None):
        self.name = str(name)
        self.blob = blob
        self.problem = problem
        self.as_number = False
        self.thumb = None
        self.text = ""
        self.confidence = None
        self.digits = []

    def take(self, reading) -> None:
        """Keep what the worker has read."""
        if hasattr(reading, "error"):
            error = reading.error
            self.problem = lambda: words.refusal(error)
            return
        self.thumb = document.createElement("canvas")
        self.thumb.width = self.thumb.height = thumbs.THUMB
        picture = document.createElement("canvas")
        paint.put(picture, reading.preview)
        thumbs.show(self.thumb, picture)
        self.text = text_of(reading)
        self.digits = [_plain(digit) for digit in digits_of(reading) if has_ink(digit)]
        if self.text:
            self.confidence = reading.confidence
        else:
            self.problem = lambda: words.no_answer(reading)


def show(row: Row, index: int) -> None:
    """Add a row to the table; the name of a file is shown as the text that it is."""
    line = make("tr", parent=find("batch"))
    head = make("div", parent=make("th", parent=line, scope="row"), class_="file")
    if row.thumb is not None:
        button = make("button", parent=head, type="button", data_row=index)
        button.setAttribute("aria-label", say("Lay {name} on the pad", name=row.name))
        button.appendChild(row.thumb)
    make("span", row.name, head)
    if row.problem is not None:
        make("td", row.problem(), line, colspan=3, class_="problem")
        return
    make("td", row.text, line, class_="text")
    make("td", words.chance(row.confidence), line)
    _list_digits(row.digits, make("td", parent=line, class_="single"))


def as_cells(row: Row) -> list:
    """A row in the order of COLUMNS, as CSV is to have it."""
    digits = " ".join(f"{_sign(digit)} ({_short(digit['confidence'])})" for digit in row.digits)
    return [row.name, row.text, _short(row.confidence), digits, _problem(row)]


def as_record(row: Row) -> dict:
    """A row as JSON is to have it."""
    return {
        "file": row.name,
        "text": row.text,
        "confidence": _rounded(row.confidence),
        "digits": row.digits,
        "problem": _problem(row),
    }


def _list_digits(digits, cell):
    sure = [digit["confidence"] for digit in digits if digit["label"] is not None]
    if len(sure) > MOST_LISTED:
        facts = {"count": len(sure), "share": words.chance(min(sure))}
        cell.textContent = say("{count} digits, the least sure {share}", **facts)
        return
    for digit in digits:
        pair = make("span", _sign(digit) + " ", cell)
        make("small", words.chance(digit["confidence"]), pair)


def _plain(digit):
    return {
        "label": digit.label if hasattr(digit, "label") else None,
        "confidence": _rounded(digit.confidence),
        "reason": str(digit.reason) if hasattr(digit, "reason") else None,
        "box": list(digit.box),
    }


def _sign(digit):
    if digit["label"] is not None:
        return str(digit["label"])
    return words.NO_DIGIT if digit["reason"] == "not a digit" else words.UNSURE


def _problem(row):
    return None if row.problem is None else row.problem()


def _short(share):
    # As text: of one number in sixteen MicroPython shows digits that it does not have.
    return None if share is None else f"{share:.4f}"


def _rounded(share):
    return None if share is None else round(share, 4)

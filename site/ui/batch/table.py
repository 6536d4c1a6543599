"""Hold the rows of the table of pictures; show them and turn them into CSV and JSON."""

from pyscript import document

from inkling.record_format import failed_record
from ui.batch.records import record_of
from ui.browser import masks, messages
from ui.browser.dom import find, make
from ui.browser.i18n import translate
from ui.browser.mode import DIGIT
from ui.pad import thumbnails

MAX_LISTED = 8  # digits of a row; of more, only their count is shown


class Row:
    """A picture of the table.

    blob: its file.
    mode: what it is read as, of ui/browser/mode.py.
    problem: function that returns why there is no text; None if there is one.
    thumbnail: small canvas, None if the file could not be opened.
    record: of the reading, None if the file could not be read.
    """

    def __init__(self, name, blob=None, problem=None):
        self.name = str(name)
        self.blob = blob
        self.problem = problem
        self.mode = DIGIT
        self.thumbnail = None
        self.record = None

    def fill(self, reading) -> None:
        """Keep the worker's reading."""
        if hasattr(reading, "error"):
            error = reading.error
            self.problem = lambda: messages.refusal(error)
            return
        self.thumbnail = document.createElement("canvas")
        self.thumbnail.width = self.thumbnail.height = thumbnails.THUMBNAIL
        picture = document.createElement("canvas")
        masks.show_picture(picture, reading.preview)
        thumbnails.draw_fitted(self.thumbnail, picture)
        self.record = record_of(self.name, reading)
        if not self.record["text"]:
            self.problem = lambda: messages.no_answer(reading)


def show_row(row: Row, index: int) -> None:
    """Add a row to the table on the page."""
    line = make("tr", parent=find("batch"))
    head = make("div", parent=make("th", parent=line, scope="row"), class_="file")
    if row.thumbnail is not None:
        button = make("button", parent=head, type="button", data_row=index)
        button.setAttribute("aria-label", translate("Show {name} on the pad", name=row.name))
        button.appendChild(row.thumbnail)
    make("span", row.name, head)
    if row.problem is not None:
        make("td", row.problem(), line, colspan=3, class_="problem")
        return
    make("td", row.record["text"], line, class_="text")
    make("td", messages.probability(row.record["confidence"]), line)
    _list_digits(row.record["digits"], make("td", parent=line, class_="single"))


def as_record(row: Row) -> dict:
    """Return a row as a record for CSV and JSON."""
    return row.record or failed_record(row.name, row.problem())


def _list_digits(digits, cell):
    sure = [digit["confidence"] for digit in digits if digit["label"] is not None]
    if len(sure) > MAX_LISTED:
        facts = {"count": len(sure), "share": messages.probability(min(sure))}
        cell.textContent = translate("{count} digits, the least sure {share}", **facts)
        return
    for digit in digits:
        pair = make("span", _sign(digit) + " ", cell)
        make("small", messages.probability(digit["confidence"]), pair)


def _sign(digit):
    if digit["label"] is not None:
        return str(digit["label"])
    is_reject = digit["reason"] in messages.REJECT_REASONS
    return messages.REJECT_SIGN if is_reject else messages.UNSURE_SIGN

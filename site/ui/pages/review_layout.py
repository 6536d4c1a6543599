"""Make the elements of the view Table. They are not in index.html: a first visit does without."""

from ui.browser.dom import find, make
from ui.browser.i18n import translate_document

KEYS = (
    "Enter confirms a cell and goes to the next doubtful one, Tab to the next; arrow keys move, "
    "Escape takes back what was typed or leaves the table, Ctrl+Z undoes."
)
MARKS = (
    ("?", "doubtful"),
    ("×", "not read"),
    ("✎", "corrected"),
    ("✓", "confirmed"),
)


def make_layout(section) -> None:
    """Fill the section of the view."""
    none = make("p", parent=section, id="table-none", class_="note")
    _text("span", "Open a picture, a PDF or a TIFF, then choose “Read as a table”.", none)
    part = make("div", parent=section, id="table-part")
    _make_progress(part)
    review = make("div", parent=part, class_="review")
    _make_picture(make("div", parent=review, class_="review-picture"))
    _make_cells(make("div", parent=review, class_="review-cells"))
    _make_downloads(part)
    make("div", parent=section, id="form-part", hidden="")
    _make_form_tools(section)
    translate_document(section)


def _make_progress(part):
    line = make("p", parent=part, class_="take")
    make("span", parent=line, id="table-said", role="status")
    _button("table-stop", "Stop", line)
    _button("table-go-on", "Read the rest", line)
    make("progress", parent=part, id="table-progress", aria_label="Pages read")
    make("p", parent=part, id="table-kept", class_="note")


def _make_picture(place):
    label = make("label", parent=place, class_="page-choice")
    _text("span", "Page", label)
    make("select", parent=label, id="table-page")
    sheet = make("div", parent=place, id="page-sheet", hidden="")
    inner = make("div", parent=sheet)
    make("img", parent=inner, id="page-picture", alt="The page, straightened")
    make("span", parent=inner, id="page-cell", hidden="")
    make("p", parent=place, id="page-problem", class_="problem")
    _button("table-open", "Open on the pad to cut or turn it", make("p", parent=place))


def _make_cells(place):
    part = make("div", parent=place, id="cells-part", hidden="")
    tools = make("p", parent=part, class_="take")
    _button("table-next", "Next doubtful cell", tools)
    label = make("label", parent=tools, class_="switch")
    make("input", parent=label, type="checkbox", id="table-sorted")
    _text("span", "Doubtful cells first", label)
    _button("table-undo", "Undo", tools)
    _button("table-redo", "Redo", tools)
    make("p", parent=part, id="cell-said")
    wide = make("div", parent=part, class_="wide", tabindex=0, role="region")
    wide.setAttribute("aria-label", "Cells of the page")
    make("table", parent=wide, id="cells").setAttribute("aria-describedby", "cell-keys")
    _text("p", KEYS, part, id="cell-keys", class_="note")
    legend = make("p", parent=part, class_="note marks")
    for sign, name in MARKS:
        pair = make("span", parent=legend)
        make("span", sign + " ", pair, aria_hidden="true")
        _text("span", name, pair)


def _make_downloads(part):
    choices = make("p", parent=part, class_="take table-choices")
    _choice("mark-read", "Decimal mark on the pages", choices)
    _choice("separator", "Separator in CSV", choices)
    _choice("mark-written", "Decimal mark in CSV", choices)
    label = make("label", parent=choices, class_="switch")
    make("input", parent=label, type="checkbox", id="with-bom", checked="")
    _text("span", "Mark CSV as UTF-8 (for spreadsheets)", label)
    line = make("p", parent=part, class_="take")
    _text("span", "Download:", line)
    _button("table-csv", "Table (CSV)", line)
    _button("table-xlsx", "Table (Excel)", line)
    _button("cells-csv", "Cells with what was read (CSV)", line)
    _button("table-json", "Table (JSON)", line)
    _button("table-copy", "Copy as a table", line)
    _button("table-forget", "Delete all pages", line, class_="destructive")
    make("p", parent=part, id="table-copied", role="status", class_="note")


def _make_form_tools(section):
    line = make("p", parent=section, class_="take", id="form-tools")
    _button("form-begin", "Draw the fields of a form on this page", line)
    _button("form-again", "Go on with the last form", line, hidden="")
    label = make("label", parent=line, class_="button")
    _text("span", "Open a form’s template", label)
    make("input", parent=label, id="form-open", type="file", accept="application/json,.json")
    make("p", parent=section, id="form-said", role="status", class_="note")


def _text(tag, english, parent, **attributes):
    return make(tag, english, parent, data_i18n=english, **attributes)


def _button(name, english, parent, **attributes):
    return _text("button", english, parent, type="button", id=name, **attributes)


def _choice(name, english, parent):
    label = make("label", parent=parent)
    _text("span", english, label)
    return make("select", parent=label, id=name)


def fill_choice(name: str, options: tuple, chosen: str) -> None:
    """Fill a choice with (value, English name) pairs."""
    for value, english in options:
        option = make("option", english, find(name), value=value, data_i18n=english)
        option.selected = value == chosen
    translate_document(find(name).parentElement)

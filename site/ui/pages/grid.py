"""Show the cells of a page beside their pieces of the picture, to be confirmed or corrected."""

from pyscript import document

from inkling.record_format import obstacle_in
from ui.browser import messages
from ui.browser.dom import make, on
from ui.browser.i18n import translate
from ui.browser.scheduling import yield_to_browser
from ui.browser.signal import Signal
from ui.pages import cells
from ui.pages.cells import column_totals, doubtful_first, is_doubtful, number_text, state_of

CROP_HEIGHT, MAX_CROP_WIDTH = 36, 170  # CSS pixels of a cell's piece of the picture
BATCH = 24  # cells made before keys and paint have their turn
# Beside a cell that is not plain: no state is told by its colour alone.
SIGNS = {
    cells.DOUBTFUL: "?",
    cells.UNREAD: "×",
    cells.CORRECTED: "✎",
    cells.CONFIRMED: "✓",
    cells.PLAIN: "",
}
PROBLEMS = {
    "not a number": "This does not look like a number.",
    "printed text": "Printed text is not read.",
    "too much on the picture": "There is too much in this cell.",
    "some characters were not read": "Some characters were not read.",
    "not what is expected": "This is not what is expected here.",
}


class Grid:
    """A table of inputs, in rows and columns or as one list with the doubtful first.

    selected: emitted with the cell that has the focus. edited: with a cell that was changed.
    left: without values, when a person leaves the grid by Escape.
    """

    def __init__(self, table, edits):
        self._table = table
        self._edits = edits
        self._page = None
        self._cells = []  # in the order in which they are shown
        self._inputs = []
        self._columns = 1
        self._version = 0
        self.selected, self.edited, self.left = Signal(), Signal(), Signal()
        on(table, "focusin", self._on_focus)
        on(table, "focusout", lambda event: self._keep(event.target))
        on(table, "keydown", self._on_key)
        self._prototype = _make_prototype()

    async def show(self, page: dict, address: str, as_list: bool, mark: str) -> None:
        """Show the cells of a page, cut out of the picture at an address."""
        self._version += 1
        version = self._version
        self._page, self._mark = page, mark
        rows = page["rows"]
        ordered = [cell for row in rows for cell in row]
        self._cells = doubtful_first(ordered) if as_list else ordered
        self._columns = 1 if as_list or not rows else len(rows[0])
        self._inputs = []
        self._table.textContent = ""
        self._table.style.setProperty("--page", f'url("{address}")')
        self._make_head(as_list)
        body, line = make("tbody", parent=self._table), None
        for index, cell in enumerate(self._cells):
            if index % self._columns == 0:
                line = make("tr", parent=body)
                make("th", _place(cell) if as_list else cell["row"] + 1, line, scope="row")
            self._make_cell(line, index, cell)
            if index % BATCH == BATCH - 1:
                await yield_to_browser()
                if version != self._version:
                    return
        one_form = "names" in page  # whose columns have nothing to sum up
        self._foot = None if as_list or one_form else make("tfoot", parent=self._table)
        self.show_totals(mark)

    def update(self, cell: dict) -> None:
        """Show what has become of a cell, if it is in sight."""
        index = self._index_of(cell)
        if index is not None:
            self._show_state(self._inputs[index], cell)
            self.show_totals(self._mark)

    def focus(self, cell: dict) -> None:
        """Move the focus to a cell, if it is in sight."""
        index = self._index_of(cell)
        if index is not None:
            self._inputs[index].focus()

    def is_typing(self, element) -> bool:
        """Return whether an element is a field with text that has not been kept yet."""
        cell = self._cell_of(element)
        return cell is not None and str(element.value) != cell["text"]

    def first_doubtful(self, after: int = -1):
        """Return the first doubtful cell in the order shown, from a place on; None if none is."""
        places = list(range(after + 1, len(self._cells))) + list(range(after + 1))
        return next((self._cells[i] for i in places if is_doubtful(self._cells[i])), None)

    def show_totals(self, mark: str) -> None:
        """Show below each column how many numbers it has, and their sum."""
        self._mark = mark
        if self._foot is None:
            return
        self._foot.textContent = ""
        totals = column_totals(self._page["rows"], mark)
        counts, sums = make("tr", parent=self._foot), make("tr", parent=self._foot)
        make("th", translate("Count"), counts, scope="row")
        make("th", translate("Total"), sums, scope="row")
        for count, total in totals:
            make("td", str(count), counts)
            make("td", number_text(total, mark) if count else "", sums)

    # ---- The cells on the screen ----

    def _make_head(self, as_list):
        line = make("tr", parent=make("thead", parent=self._table))
        make("th", translate("Cell") if as_list else translate("Row"), line, scope="col")
        names = self._page.get("names") or [str(1 + column) for column in range(self._columns)]
        for name in [translate("Value")] if as_list else names:
            make("th", name, line, scope="col")

    def _make_cell(self, line, index, cell):
        made = self._prototype.cloneNode(True)
        crop, field, _ = made.children
        left, top, right, bottom = cell["crop"]
        width, height = max(1, right - left), max(1, bottom - top)
        scale = min(CROP_HEIGHT / height, MAX_CROP_WIDTH / width)
        style = crop.style
        style.width, style.height = f"{width * scale:.1f}px", f"{height * scale:.1f}px"
        style.backgroundSize = f"{self._page['width'] * scale:.1f}px auto"
        style.backgroundPosition = f"{-left * scale:.1f}px {-top * scale:.1f}px"
        field.setAttribute("data-index", str(index))
        self._inputs.append(field)
        self._show_state(field, cell)
        line.appendChild(made)

    def _show_state(self, field, cell):
        field.value = cell["text"]
        state = state_of(cell)
        field.setAttribute("data-state", state)
        field.setAttribute("aria-label", describe(cell))
        field.nextElementSibling.textContent = SIGNS[state]

    # ---- What a person does ----

    def _on_focus(self, event):
        cell = self._cell_of(event.target)
        if cell is not None:
            event.target.select()
            self.selected.emit(cell)

    def _on_key(self, event):
        cell = self._cell_of(event.target)
        if cell is None or event.isComposing:
            return
        index, field = self._index(event.target), event.target
        if event.key == "Enter":
            self._confirm(field)
            after = self.first_doubtful(index) or self._cell_at(index + 1)
            if after is not None:
                self.focus(after)
        elif event.key == "Tab" and not event.shiftKey:
            self._confirm(field)
            return  # the browser moves the focus
        elif event.key == "Escape":
            if str(field.value) == cell["text"]:
                self.left.emit()
            field.value = cell["text"]
        elif not self._move(event, field, index):
            return
        event.preventDefault()

    def _move(self, event, field, index):
        """Move by an arrow key; return False if it is none, or moves within the text."""
        steps = {"ArrowUp": -self._columns, "ArrowDown": self._columns}
        start, end, length = field.selectionStart, field.selectionEnd, len(str(field.value))
        if end == 0 or end - start == length:
            steps["ArrowLeft"] = -1
        if start == length or end - start == length:
            steps["ArrowRight"] = 1
        if event.key not in steps or event.ctrlKey or event.metaKey or event.altKey:
            return False
        cell = self._cell_at(index + steps[event.key])
        if cell is not None:
            self.focus(cell)
        return True

    def _confirm(self, field):
        """Take what stands in a field as right, whether it was changed or not."""
        cell = self._cell_of(field)
        if self._edits.set(cell, str(field.value)):
            self.edited.emit(cell)
        self._show_state(field, cell)

    def _keep(self, field):
        """Keep what was changed in a field that the focus leaves."""
        cell = self._cell_of(field)
        if cell is not None and str(field.value).strip() != cell["text"]:
            self._confirm(field)

    def _cell_at(self, index):
        return self._cells[index] if 0 <= index < len(self._cells) else None

    def _cell_of(self, element):
        index = self._index(element)
        return None if index is None else self._cell_at(index)

    def _index(self, element):
        name = element.getAttribute("data-index")
        return int(name) if name else None

    def _index_of(self, cell):
        shown = self._cells[: len(self._inputs)]
        return next((i for i, its in enumerate(shown) if its is cell), None)


def describe(cell: dict) -> str:
    """Say where a cell is, and how it was read."""
    said = [_place(cell)]
    state = state_of(cell)
    if state == cells.CORRECTED:
        said.append(translate("corrected; read: {text}", text=cell["read"] or "–"))
    elif state == cells.CONFIRMED:
        said.append(translate("confirmed"))
    elif state == cells.DOUBTFUL:
        share = messages.probability(cell["confidence"])
        said.append(translate("doubtful, {share}", share=share))
    if cell["problem"] and state != cells.CONFIRMED:
        said.append(_sentence(cell["problem"]))
    return ": ".join(said[:2]) + (" " + said[2] if len(said) > 2 else "")


def _sentence(problem):
    """Return a cell's problem in the page's language; what helps is in an obstacle's sentence."""
    obstacle = obstacle_in(problem)
    sentence = PROBLEMS.get(problem, problem) if obstacle is None else messages.OBSTACLES[obstacle]
    return translate(sentence)


def _place(cell):
    if "field" in cell:
        return translate("Field {name}", name=cell["field"])
    return translate("Row {row}, column {column}", row=cell["row"] + 1, column=cell["column"] + 1)


def _make_prototype():
    made = document.createElement("td")
    make("div", parent=made, class_="cut", aria_hidden="true")
    make("input", parent=made, type="text", inputmode="decimal", autocomplete="off", size=8)
    make("span", parent=made, class_="sign", aria_hidden="true")
    return made

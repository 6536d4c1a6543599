"""Draw the boxes of a form's fields over its picture, and name them in a list beside it."""

from pyscript import document

from ui.browser.dom import find, make, on, on_click_within
from ui.browser.i18n import translate, translate_document
from ui.browser.signal import Signal
from ui.pages import form_fields
from ui.pages.form_fields import KINDS, MAX_FIELDS, between, moved, new_field, resized

ARROWS = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}
STEP = 0.01  # of the form's longer side, by arrow key; with Ctrl a pixel
NEW, MOVE, RESIZE = "new", "move", "resize"


class FormEditor:
    """The boxes and the list. `fields` is changed in place; changed: emitted after a change."""

    def __init__(self):
        self.fields = []
        self.changed = Signal()
        self._size = 1, 1
        self._boxes = []
        self._dragged = None  # the kind of change, the field's index, and the pointer's last place
        sheet, body = find("form-sheet"), document.querySelector("#form-fields tbody")
        self._sheet, self._body = sheet, body
        on(sheet, "pointerdown", self._on_down)
        on(sheet, "pointermove", self._on_move)
        on(sheet, "pointerup pointercancel", self._on_up)
        on(sheet, "keydown", self._on_key)
        on(sheet, "focusin", lambda event: self._mark(event.target))
        on(body, "focusin", lambda event: self._mark(event.target))
        on(body, "input change", self._on_typed)
        on_click_within(body, "button", lambda button: self._delete(_index(button)))
        on(find("form-add"), "click", lambda _: self._add_by_button())

    def show(self, picture: str, size: tuple, fields: list) -> None:
        """Show a form's picture, a data URL of some size in pixels, with its fields."""
        self._size = size
        self.fields = fields
        find("form-picture").src = picture
        self.refresh()

    def refresh(self) -> None:
        """Make boxes and list anew, in the present language."""
        for box in self._boxes:
            box.remove()
        self._boxes = []
        self._body.textContent = ""
        for index, field in enumerate(self.fields):
            self._make(index, field)
        find("form-add").disabled = len(self.fields) >= MAX_FIELDS

    # ---- The boxes on the screen ----

    def _make(self, index, field):
        box = make("button", "", self._sheet, type="button", class_="field", data_index=index)
        box.setAttribute("aria-describedby", "form-keys")
        make("span", field["name"], box)
        make("i", "", box, aria_hidden="true")
        self._boxes.append(box)
        self._place(index)
        line = make("tr", "", self._body, data_index=index)
        number = index + 1
        name = make("input", "", make("td", parent=line), type="text", data_part="name")
        name.value = field["name"]
        name.setAttribute("aria-label", translate("Name of field {number}", number=number))
        kind = make("select", "", make("td", parent=line), data_part="kind")
        kind.setAttribute("aria-label", translate("What field {number} holds", number=number))
        for value, english in KINDS:
            option = make("option", english, kind, value=value, data_i18n=english)
            option.selected = value == field["kind"]
        count = make("input", "", make("td", parent=line), type="number", min=1, max=30)
        count.setAttribute("data-part", "count")
        count.setAttribute("aria-label", translate("Digits of field {number}", number=number))
        count.value = str(field["count"] or "")
        count.disabled = not field["kind"]
        delete = make("button", "×", make("td", parent=line), type="button", class_="icon")
        delete.setAttribute("aria-label", translate("Delete field {number}", number=number))
        translate_document(line)

    def _place(self, index):
        left, top, right, bottom = self.fields[index]["box"]
        width, height = self._size
        style = self._boxes[index].style
        style.left, style.top = f"{100 * left / width}%", f"{100 * top / height}%"
        style.width = f"{100 * (right - left) / width}%"
        style.height = f"{100 * (bottom - top) / height}%"

    def _mark(self, element):
        """Mark the box of the field that has the focus, in the picture or in the list."""
        chosen = _index(element)
        for index, box in enumerate(self._boxes):
            box.classList.toggle("chosen", index == chosen)

    # ---- What a person does ----

    def _add(self, box):
        name = form_fields.free_name(self.fields, translate("Field"))
        self.fields.append(new_field(name, box))
        self._make(len(self.fields) - 1, self.fields[-1])
        find("form-add").disabled = len(self.fields) >= MAX_FIELDS

    def _add_by_button(self):
        self._add(form_fields.first_box(self._size))
        self._boxes[-1].focus()
        self.changed.emit()

    def _delete(self, index):
        del self.fields[index]
        self.refresh()
        self.changed.emit()
        if self._boxes:
            self._boxes[min(index, len(self._boxes) - 1)].focus()
        else:
            find("form-add").focus()

    def _on_typed(self, event):
        index, part = _index(event.target), str(event.target.getAttribute("data-part"))
        field, value = self.fields[index], str(event.target.value)
        if part == "count":
            field["count"] = int(value) if _are_digits(value) else 0
        else:
            field[part] = value
        if part == "name":
            self._boxes[index].firstElementChild.textContent = value
        elif part == "kind":
            count = event.target.closest("tr").querySelector("[data-part=count]")
            count.disabled = not value
        self.changed.emit()

    def _on_down(self, event):
        if event.button or len(self.fields) >= MAX_FIELDS:
            return
        event.preventDefault()
        self._sheet.setPointerCapture(event.pointerId)
        box, place = event.target.closest("button"), self._place_of(event)
        if box is None:
            self._dragged = NEW, None, place
            return
        box.focus()
        is_corner = str(event.target.tagName).lower() == "i"
        self._dragged = RESIZE if is_corner else MOVE, _index(box), place

    def _on_move(self, event):
        if self._dragged is None:
            return
        action, index, last = self._dragged
        place = self._place_of(event)
        if action == NEW:
            box = between(last, place, self._size)
            if box is None:
                return
            if index is None:
                self._add(box)
                index = len(self.fields) - 1
                self._dragged = NEW, index, last
            self.fields[index]["box"] = box
        else:
            change = moved if action == MOVE else resized
            steps = round(place[0] - last[0]), round(place[1] - last[1])
            before = self.fields[index]["box"]
            self.fields[index]["box"] = change(before, steps[0], steps[1], self._size)
            self._dragged = action, index, (last[0] + steps[0], last[1] + steps[1])
        self._place(index)

    def _on_up(self, _):
        action, index, _ = self._dragged or (None, None, None)
        self._dragged = None
        if index is None:
            return
        if action == NEW:
            name = self._body.children[index].querySelector("input")
            name.focus()
            name.select()
        self.changed.emit()

    def _on_key(self, event):
        index = _index(event.target)
        if index is None:
            return
        if event.key in ("Delete", "Backspace"):
            self._delete(index)
        elif event.key in ARROWS:
            right, down = ARROWS[event.key]
            step = 1 if event.ctrlKey else max(1, round(STEP * max(self._size)))
            change = resized if event.shiftKey else moved
            field = self.fields[index]
            field["box"] = change(field["box"], right * step, down * step, self._size)
            self._place(index)
            self.changed.emit()
        else:
            return
        event.preventDefault()
        event.stopPropagation()

    def _place_of(self, event):
        """Return where the pointer is, in pixels of the form."""
        frame = find("form-picture").getBoundingClientRect()
        x = (event.clientX - frame.left) / frame.width * self._size[0]
        y = (event.clientY - frame.top) / frame.height * self._size[1]
        return x, y


def _index(element):
    holder = element.closest("[data-index]")
    return None if holder is None else int(holder.getAttribute("data-index"))


def _are_digits(text):
    return bool(text) and all("0" <= character <= "9" for character in text)

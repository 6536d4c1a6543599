"""Show the selected digit or letter: bars of probabilities, the runner-up, and the glyph."""

from ui.browser import masks, messages
from ui.browser.dom import find, make, set_text
from ui.browser.i18n import translate
from ui.reading.readings import has_ink, is_letter, is_number, name_of, ranking, runner_up

GLYPH_SIDE = 28
NONE = "none"  # the reject class
ROWS = [str(digit) for digit in range(10)] + [NONE]


class Probabilities:
    """A bar for each digit and for the reject class, beside the glyph that the network saw.

    For a letter the bars are those of the ten likeliest.
    """

    def __init__(self, current, selection):
        self._current = current
        self._selection = selection
        for name in ROWS:
            row = make("tr", parent=find("bars"), id=f"digit-{name}")
            make("th", translate(name), row, scope="row")
            make("td", parent=row, class_="bar")
            make("td", "–", row, class_="value")
        selection.changed.connect(self.show)

    def show(self, digit) -> None:
        """Show a digit; None: there is none."""
        seen = digit is not None and has_ink(digit)
        shares = list(digit.probabilities) if seen else None
        _show_bars(*_rows_of(digit) if seen else (None, ROWS, ""))
        _show_glyph(digit.glyph if seen else None)
        set_text(find("runner-up"), self._details(digit, shares) if seen else "")

    def refresh(self) -> None:
        """Show the same digit in the present language and colours."""
        find(f"digit-{NONE}").querySelector("th").textContent = translate(NONE)
        self.show(self._selection.digit)

    def _details(self, digit, shares):
        """Return the selected digit of a number in words, and its runner-up."""
        reading, selection = self._current.reading, self._selection
        rejected = is_number(reading) and hasattr(reading, "reason")
        is_read = hasattr(digit, "label") and not rejected
        second = runner_up(shares) if is_read else None
        parts = []
        if second is not None:
            parts.append(messages.runner_up(name_of(second, len(shares)), shares[second]))
        if is_letter(digit) and is_read:
            label = str(digit.label)
            others = [str(other) for other in digit.alternatives if other.upper() == label.upper()]
            parts += [messages.other_case(label, other) for other in others]
        if is_number(reading) and len(selection.digits) > 1:
            count = len(selection.digits)
            parts.insert(0, messages.digit_of_number(selection.index, count, digit, rejected))
        return ". ".join(parts)


def _rows_of(digit):
    """Return the eleven rows' shares and names, and the name of the one that was read, or ""."""
    shares, count = list(digit.probabilities), len(ROWS) - 1
    places = ranking(shares)[:count] if is_letter(digit) else range(count)
    names = [name_of(place, len(shares)) for place in places] + [NONE]
    shown = [shares[place] for place in places] + [max(0, 1 - sum(shares))]
    if hasattr(digit, "label"):
        return shown, names, str(digit.label).upper()
    return shown, names, NONE if digit.reason in messages.REJECT_REASONS else ""


def _show_bars(shares, names, read):
    for place, row_name in enumerate(ROWS):
        row, name = find(f"digit-{row_name}"), names[place]
        if name != NONE:
            row.querySelector("th").textContent = name
        row.classList.toggle("read", name == read)
        share = shares[place] if shares else 0
        row.style.setProperty("--share", str(share))
        row.querySelector(".value").textContent = messages.probability(share) if shares else "–"


def _show_glyph(mask):
    canvas = find("glyph")
    masks.wipe(canvas)
    if mask:
        masks.paint(canvas, mask, GLYPH_SIDE, GLYPH_SIDE)
        name = "What the network sees, 28 by 28 pixels"
    else:
        name = "What the network sees: nothing yet"
    canvas.setAttribute("aria-label", translate(name))

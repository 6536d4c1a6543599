"""The digit that is looked at: the likelihood of all ten, of none, and what the network saw."""

from ui import paint, words
from ui.chosen import has_ink, is_number
from ui.dom import find, make, say
from ui.language import say as translated

GLYPH_SIDE = 28
NONE = "none"
ROWS = [str(digit) for digit in range(10)] + [NONE]


class Bars:
    """A bar for each digit and one for none, and a glyph, for the digit chosen on a desk."""

    def __init__(self, desk):
        self._desk = desk
        for name in ROWS:
            row = make("tr", parent=find("bars"), id=f"digit-{name}")
            make("th", translated(name), row, scope="row")
            make("td", parent=row, class_="bar")
            make("td", "–", row, class_="value")
        desk.chosen.listeners.append(self.show)

    def show(self, digit) -> None:
        """Show a digit; None: there is none."""
        seen = digit is not None and has_ink(digit)
        shares = list(digit.probabilities) if seen else None
        label = digit.label if seen and hasattr(digit, "label") else None
        _show_bars(shares, _row_of(digit) if seen else "")
        _show_glyph(digit.glyph if seen else None)
        say(find("runner-up"), self._second(shares, label) if seen else "")

    def again(self) -> None:
        """Show the same anew, in another language or in other colours."""
        find(f"digit-{NONE}").querySelector("th").textContent = translated(NONE)
        self.show(self._desk.chosen.digit)

    def _second(self, shares, label):
        reading, chosen = self._desk.shown.reading, self._desk.chosen
        refused = is_number(reading) and hasattr(reading, "reason")
        second = words.runner_up(shares) if label is not None and not refused else ""
        if not is_number(reading):
            return second
        said = words.spot(chosen.index, len(chosen.digits), chosen.digit, refused)
        return f"{said}. {second}" if second else said + "."


def _row_of(digit):
    """The row of what was read; "" if the network could not tell."""
    if hasattr(digit, "label"):
        return str(digit.label)
    return NONE if digit.reason == "not a digit" else ""


def _show_bars(shares, read):
    for place, name in enumerate(ROWS):
        row = find(f"digit-{name}")
        row.classList.toggle("read", name == read)
        share = 0 if not shares else shares[place] if name != NONE else max(0, 1 - sum(shares))
        row.style.setProperty("--share", str(share))
        row.querySelector(".value").textContent = words.chance(share) if shares else "–"


def _show_glyph(mask):
    canvas = find("glyph")
    paint.wipe(canvas)
    if mask:
        paint.paint(canvas, mask, GLYPH_SIDE, GLYPH_SIDE)
        name = "What the network sees, 28 by 28 pixels"
    else:
        name = "What the network sees: nothing yet"
    canvas.setAttribute("aria-label", translated(name))

"""Shows a reading: the digit, how sure, all ten, and what the network saw."""

from pyscript import document

from ui import paint, words
from ui.dom import find, make, say
from ui.language import say as translated

GLYPH_SIDE = 28
FIELDS = ("answer", "confidence", "runner-up", "remark", "truth", "time")

_last = None


def build() -> None:
    """Lay out the ten bars."""
    for digit in range(10):
        row = make("tr", parent=find("bars"), id=f"digit-{digit}")
        make("th", str(digit), row, scope="row")
        make("td", parent=row, class_="bar")
        make("td", "–", row, class_="value")


def wait(waiting: bool = True) -> None:
    """Say whether a reading is under way; what is shown until then is about to change."""
    document.querySelector(".reading").setAttribute("aria-busy", "true" if waiting else "false")


def show(reading, truth=None) -> None:
    """Show a reading; one sentence of it is announced, by #answer or else by #remark.

    truth: the digit that the picture is known to be.
    """
    global _last
    _last = (reading, truth)
    shares = list(reading.probabilities)
    label = label_of(reading)
    said = {"time": words.time(reading.milliseconds)}
    if label is None:
        said["remark"] = words.abstention(reading.reason, shares, hasattr(reading, "preview"))
    else:
        said["answer"] = str(label)
        said["confidence"] = words.sure(reading.confidence)
        said["runner-up"] = words.runner_up(shares)
    if truth is not None:
        said["truth"] = words.truth(truth, label)
        find("truth").classList.toggle("missed", truth != label)
    _say(said)
    seen = hasattr(reading, "box")  # there was ink
    _show_bars(shares if seen else None, label)
    _show_glyph(reading.glyph if seen else None)


def empty(remark: str = "") -> None:
    """Show that there is no reading, and perhaps why."""
    global _last
    _last = None
    _say({"remark": remark})
    _show_bars(None, None)
    _show_glyph(None)


def again() -> None:
    """Show the last reading anew, as when the language has changed."""
    if _last:
        show(*_last)


def remark(sentence: str) -> None:
    """Say a sentence and leave the reading as it is."""
    say(find("remark"), sentence)


def label_of(reading):
    """The digit of a reading, or None."""
    return reading.label if hasattr(reading, "label") else None


def _say(said):
    for name in FIELDS:
        say(find(name), said.get(name, ""))


def _show_bars(shares, label):
    for digit in range(10):
        row = find(f"digit-{digit}")
        row.classList.toggle("read", digit == label)
        row.style.setProperty("--share", str(shares[digit]) if shares else "0")
        row.querySelector(".value").textContent = words.percent(shares[digit]) if shares else "–"


def _show_glyph(mask):
    canvas = find("glyph")
    paint.wipe(canvas)
    if mask:
        paint.paint(canvas, mask, GLYPH_SIDE, GLYPH_SIDE)
        name = "What the network sees, 28 by 28 pixels"
    else:
        name = "What the network sees: nothing yet"
    canvas.setAttribute("aria-label", translated(name))

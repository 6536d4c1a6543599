"""Says what was read: the digit or the number, how sure, and what else there is to say."""

from pyscript import document

from ui import words
from ui.chosen import digits_of, is_number, text_of
from ui.dom import find, say

FIELDS = ("answer", "confidence", "left-out", "remark", "truth", "time")
# How long a text is called what, for the style sheet to choose its size.
SIZES = ((2, "digit"), (5, "short"), (10, "long"))

_last = None


def wait(waiting: bool = True) -> None:
    """Say whether a reading is under way; what is shown until then is about to change."""
    document.querySelector(".reading").setAttribute("aria-busy", "true" if waiting else "false")


def show(reading, truth=None) -> None:
    """Show a reading; one sentence of it is announced, by #answer or else by #remark.

    truth: the digit that the picture is known to be.
    """
    global _last
    _last = (reading, truth)
    said = {"time": words.time(reading.milliseconds), "answer": text_of(reading)}
    if said["answer"]:
        said["confidence"] = words.sure(reading.confidence)
        said["left-out"] = words.left_out(_unread(reading), hasattr(reading, "several"))
    else:
        said["remark"] = words.no_answer(reading)
    if truth is not None:
        right = said["answer"] == str(truth)
        said["truth"] = words.truth(truth, right)
        find("truth").classList.toggle("missed", not right)
    _say(said)
    find("as-number").hidden = not hasattr(reading, "several")
    find("copy").hidden = not (is_number(reading) and said["answer"])


def empty(remark: str = "") -> None:
    """Show that there is no reading, and perhaps why."""
    global _last
    _last = None
    _say({"remark": remark})
    find("as-number").hidden = find("copy").hidden = True


def again() -> None:
    """Show the last reading anew, as when the language has changed."""
    if _last:
        show(*_last)


def remark(sentence: str) -> None:
    """Say a sentence and leave the reading as it is."""
    say(find("remark"), sentence)


def _unread(reading):
    return sum(not hasattr(digit, "label") for digit in digits_of(reading))


def _say(said):
    for name in FIELDS:
        say(find(name), said.get(name, ""))
    find("answer").setAttribute("data-size", _size(said.get("answer", "")))


def _size(text):
    if "\n" in text:
        return "page"
    return next((name for most, name in SIZES if len(text) <= most), "page")

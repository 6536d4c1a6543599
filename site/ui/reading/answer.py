"""Show what was read: the digit or the number, the confidence, and remarks."""

import js
from pyscript import document
from pyscript.ffi import create_proxy

from ui.browser import messages
from ui.browser.dom import find, on, set_text
from ui.browser.i18n import translate
from ui.browser.scheduling import start
from ui.reading import remedy
from ui.reading.readings import is_number, obstacle_of, text_of

FIELDS = ("answer", "confidence", "left-out", "remark", "truth", "time")
# Up to this many characters a text has this size in the style sheet.
SIZES = ((2, "digit"), (5, "short"), (10, "long"))

PATIENCE_MS = 300  # as long as a reading may take without a sign of it

FIRST = "data-look"  # of #answer while it holds a first look
ANNOUNCED = "polite"  # #answer's aria-live, as <output> has it by itself

_patience = 0  # id of the timer that shows the progress of the reading under way
_last = None  # the reading shown, and the known digit or None


def connect() -> None:
    """Connect the button that copies a number, and give what is said its room."""
    on(find("copy"), "click", lambda _: start(_copy()))
    js.ResizeObserver.new(_make_room).observe(document.querySelector(".said"))


def set_busy(busy: bool = True) -> None:
    """Say whether a reading is under way, which will replace the one shown.

    After PATIENCE_MS its progress is shown, with a button that stops it.
    """
    global _patience
    document.querySelector(".reading").setAttribute("aria-busy", "true" if busy else "false")
    if not busy:
        js.clearTimeout(_patience)
        _patience = 0
        find("busy").hidden = True
    elif not _patience:
        _patience = js.setTimeout(_show_progress, PATIENCE_MS)


def show(reading, truth=None) -> None:
    """Show a reading. Screen readers announce one part of it: #answer, or else #remark.

    truth: the known digit of a test picture.
    """
    global _last
    _last = (reading, truth)
    texts = {"time": messages.duration(reading.milliseconds), "answer": text_of(reading)}
    if texts["answer"]:
        texts["confidence"] = messages.confidence(reading.confidence)
        texts["left-out"] = messages.left_out(
            messages.count_left_out(reading), hasattr(reading, "several")
        )
    else:
        texts["remark"] = messages.no_answer(reading)
    if truth is not None:
        is_right = texts["answer"] == str(truth)
        texts["truth"] = messages.truth(truth, is_right)
        find("truth").classList.toggle("missed", not is_right)
    _set_texts(texts)
    find("as-number").hidden = not hasattr(reading, "several")
    remedy.show(None if texts["answer"] else obstacle_of(reading))
    find("copy").hidden = not (is_number(reading) and texts["answer"])


def clear(remark: str = "") -> None:
    """Show that there is no reading, with a remark that may say why."""
    global _last
    _last = None
    _set_texts({"remark": remark})
    find("as-number").hidden = find("copy").hidden = True
    remedy.show(None)


def show_first_look(digit) -> None:
    """Show a digit that the reader has not confirmed yet; None: none, and no earlier one.

    Screen readers do not announce it: the answer itself follows.
    """
    place = find("answer")
    if digit is None:
        if place.hasAttribute(FIRST):
            clear()
        return
    clear()
    place.setAttribute("aria-live", "off")
    place.setAttribute(FIRST, "first")
    set_text(place, str(digit))
    set_text(find("confidence"), translate("Looking closer."))


def refresh() -> None:
    """Show the last reading again, in the page's present language."""
    if _last:
        show(*_last)


def set_remark(sentence: str) -> None:
    """Show a sentence and leave the reading as it is."""
    set_text(find("remark"), sentence)


def refuse(sentence: str) -> None:
    """Say why something was not read; the milliseconds of the reading shown are not its own."""
    set_remark(sentence)
    set_text(find("time"), "")


@create_proxy
def _make_room(*_):
    """Tell the style sheet how tall the answer and what is said beside it are.

    The tabs lie below them, and do not scroll away.
    """
    parts = document.querySelectorAll(".reading > :not(:empty)")
    boxes = [box for box in (part.getBoundingClientRect() for part in parts) if box.height]
    if boxes:  # in the view of tables there is no answer
        height = max(box.bottom for box in boxes) - min(box.top for box in boxes)
        document.querySelector("main").style.setProperty("--said", f"{height}px")


@create_proxy
def _show_progress():
    find("busy").hidden = False


def _set_texts(texts):
    _end_first_look()
    for name in FIELDS:
        set_text(find(name), texts.get(name, ""))
    find("answer").setAttribute("data-size", _size(texts.get("answer", "")))


def _end_first_look():
    """Have #answer announced again, even if the answer is the digit that stands there already."""
    place = find("answer")
    if place.hasAttribute(FIRST):
        place.removeAttribute(FIRST)
        place.setAttribute("aria-live", ANNOUNCED)
        place.textContent = ""  # not painted in between


def _size(text):
    if "\n" in text:
        return "page"
    return next((name for longest, name in SIZES if len(text) <= longest), "page")


async def _copy():
    """Copy the number to the clipboard; where that is refused, select it for Ctrl+C."""
    try:
        await js.navigator.clipboard.writeText(find("answer").textContent)
    except Exception:  # not allowed, or not on a secure page
        js.getSelection().selectAllChildren(find("answer"))
        if not document.execCommand("copy"):
            set_remark(translate("The number is selected; press Ctrl+C to copy it."))
            return
    left_out = find("left-out").textContent
    set_remark(" ".join([translate("Copied.")] + [left_out] * bool(left_out)))

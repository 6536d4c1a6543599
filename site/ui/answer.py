"""Shows a reading: the digit, how sure, all ten, and what the network saw."""

import js
from pyscript import document

from ui import words

GLYPH_SIDE = 28


def wait(waiting: bool = True) -> None:
    """Say whether a reading is under way; what is shown until then is about to change."""
    document.querySelector(".reading").setAttribute("aria-busy", "true" if waiting else "false")


def show(reading) -> None:
    """Show a reading; one sentence of it is announced, by #answer or else by #remark."""
    shares = list(reading.probabilities)
    label = reading.label if hasattr(reading, "label") else None
    if label is None:
        empty(words.abstention(reading.reason, shares, hasattr(reading, "preview")))
    else:
        _say("answer", str(label))
        _say("confidence", words.sure(reading.confidence))
        _say("remark", "")
    if hasattr(reading, "box"):  # there was ink
        _show_bars(shares, label)
        _show_glyph(reading.glyph)


def empty(remark: str = "") -> None:
    """Show that there is no reading, and perhaps why."""
    _say("answer", "")
    _say("confidence", "")
    _say("remark", remark)
    _show_bars(None, None)
    _show_glyph(None)


def remark(sentence: str) -> None:
    """Say a sentence and leave the reading as it is."""
    _say("remark", sentence)


def _say(name, text):
    element = document.getElementById(name)
    if element.textContent != text:  # the same again would be announced again
        element.textContent = text


def _show_bars(shares, label):
    for digit in range(10):
        row = document.getElementById(f"digit-{digit}")
        row.classList.toggle("read", digit == label)
        row.style.setProperty("--share", str(shares[digit]) if shares else "0")
        row.querySelector(".value").textContent = words.percent(shares[digit]) if shares else "–"


def _show_glyph(mask):
    canvas = document.getElementById("glyph")
    canvas.setAttribute("aria-label", words.GLYPH if mask else words.NO_GLYPH)
    context = canvas.getContext("2d")
    context.clearRect(0, 0, GLYPH_SIDE, GLYPH_SIDE)
    if not mask:
        return
    pixels = js.Uint8ClampedArray.new(mask)
    context.putImageData(js.ImageData.new(pixels, GLYPH_SIDE, GLYPH_SIDE), 0, 0)
    # The mask is black; the theme's ink takes its place wherever there is any.
    context.globalCompositeOperation = "source-in"
    context.fillStyle = js.getComputedStyle(canvas).getPropertyValue("--ink")
    context.fillRect(0, 0, GLYPH_SIDE, GLYPH_SIDE)
    context.globalCompositeOperation = "source-over"

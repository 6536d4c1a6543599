"""Read the picture on the pad turned by quarters, where its reading is doubtful.

A module of its own, though short: the page fetches it on first use and calls its function by name.
"""

from worker import session
from worker.parts import cut_out

__export__ = ["turned"]


def turned(pad, quarters: int) -> dict:
    """Return what the picture on the pad is read as after a turn clockwise by quarters, 1 to 3.

    {"text", "confidence", "mode"}: the mode that reads it so. The pad keeps its own reading.
    """
    image = cut_out(pad.image, quarters, [])
    if pad.mode == session.LETTER:
        letter = pad.reader.read_letter(image)
        text = letter.label or ""
        return {"text": text, "confidence": float(letter.confidence), "mode": pad.mode}
    reading = pad.reader.read(image)
    mode = session.NUMBER if len(reading.digits) > 1 else pad.mode
    return {"text": reading.text, "confidence": float(reading.confidence), "mode": mode}

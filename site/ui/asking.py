"""Asks the worker what a drawing or a picture says."""

from ui import words
from ui.language import say
from ui.picture import Picture


class RefusedError(Exception):
    """What was to be read cannot be opened; `sentence` says why, in the page's language."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


async def ask(bridge, content, pad, mode):
    """A reading of what is, or is to be, on the pad, as a digit or a number as the mode wants it;
    None if a newer question has overtaken it. Raises RefusedError and WorkerError."""
    if isinstance(content, Picture):
        question = await _question(content)
    else:
        question = ("read_canvas", pad.pixels())
    reading = await bridge.read(*(question + (mode.is_number,)))
    if reading is not None and hasattr(reading, "error"):
        raise RefusedError(words.refusal(reading.error))
    return reading


async def _question(picture):
    try:
        return await picture.question()
    except Exception:  # the file has gone, or may not be read
        sentence = "{name} could not be opened; choose it again, or another file."
        raise RefusedError(say(sentence, name=picture.name)) from None

"""Get at the parts of a reading, as the worker sends it, of a digit or of a number.

A field that would be None is missing. Nothing here needs a browser, so CPython can test it.
"""


def digits_of(reading) -> list:
    """Return all digits of a reading of a number, or the one of a reading of a digit."""
    return list(reading.digits) if is_number(reading) else [reading]


def has_ink(digit) -> bool:
    """Return whether there was ink to read: only then a digit has a box."""
    return hasattr(digit, "box")


def left_out_of(reading) -> list:
    """Return the boxes of ink that may be writing but is in no digit, in picture pixels."""
    return list(reading.left_out) if hasattr(reading, "left_out") else []


def obstacle_of(reading):
    """Return what is in the way of a refused picture, a key of REMEDIES, or None."""
    return str(reading.obstacle) if hasattr(reading, "obstacle") else None


def ranking(shares: list) -> list:
    """Return the digits, or the places of letters, the likeliest first."""
    return sorted(range(len(shares)), key=lambda digit: -shares[digit])


def runner_up(shares: list):
    """Return the second likeliest digit; None where the reject class is likelier than that.

    shares: the digits' ten probabilities, or the letters' 26; what they lack of 1 is the reject
    class's.
    """
    second = ranking(shares)[1]
    return None if 1 - sum(shares) > shares[second] else second


def just_written(strokes: tuple, boxes: list) -> int:
    """Return the index of the box in which the last stroke ends; 0 if there is none."""
    if strokes:
        x, y = strokes[-1].points[-1][:2]
        for index, (left, top, right, bottom) in enumerate(boxes):
            if left <= x <= right and top <= y <= bottom:
                return index
    return 0


def is_number(reading) -> bool:
    """Return whether the content was read as a number."""
    return hasattr(reading, "digits")


def is_letter(reading) -> bool:
    """Return whether a reading, or a part of one, is of a letter: these have alternatives."""
    return hasattr(reading, "alternatives")


def kind_of(reading) -> str:
    """Return the mode in which a reading was made: "digit", "number" or "letter"."""
    return "number" if is_number(reading) else "letter" if is_letter(reading) else "digit"


def name_of(place: int, count: int) -> str:
    """Return the name of one of `count` probabilities: a digit, or of 26 a letter."""
    return chr(ord("A") + place) if count > 10 else str(place)


def text_of(reading) -> str:
    """Return what was read as plain text; "" if nothing was."""
    if is_number(reading):
        return str(reading.text)
    return str(reading.label) if hasattr(reading, "label") else ""

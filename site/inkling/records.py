"""A reading as a line of text, as values for JSON, and as the cells of a table."""

from .readings import Digit, Reading

COLUMNS = ("file", "text", "confidence", "digits", "problem")
NO_DIGIT_SIGN, UNSURE_SIGN = "–", "?"  # in place of a digit that was not given
FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes what so begins for a formula


def said(reading: Reading) -> str:
    """What was read, and how surely, or why nothing was; all lines in one."""
    if not reading.text:
        return str(problem(reading))
    told = f"{reading.text.replace(chr(10), ' ')} ({reading.confidence:.1%})"
    signs = sum(digit.label is None for digit in reading.digits)
    return f"{told}, {signs} mark{'s' * (signs > 1)} left out" if signs else told


def problem(reading: Reading) -> str | None:
    """Why there is no text; None if there is one."""
    if reading.text:
        return None
    return reading.digits[0].reason if len(reading.digits) == 1 else reading.reason


def record(reading: Reading) -> dict:
    """A reading as JSON can hold it; that of a single digit has the digit's own values, too."""
    digits = [digit_record(digit) for digit in reading.digits]
    alone = digits[0] if len(digits) == 1 else {"digit": None}
    return {
        **alone,
        "text": reading.text,
        "confidence": round(reading.confidence, 4),
        "reason": problem(reading),
        "digits": digits,
    }


def digit_record(digit: Digit) -> dict:
    """A digit as JSON can hold it."""
    return {
        "digit": digit.label,
        "confidence": round(digit.confidence, 4),
        "probabilities": [round(float(p), 4) for p in digit.probabilities],
        "box": digit.box,
        "reason": digit.reason,
    }


def cells(name: str, reading: Reading | None, failure: str | None) -> list[str]:
    """A row of a table with COLUMNS; the reading or why there is none."""
    name = "'" + name if name.startswith(FORMULAS) and name != "-" else name
    if reading is None:
        return [name, "", "", "", str(failure)]
    digits = " ".join(f"{_sign(digit)} ({digit.confidence:.4f})" for digit in reading.digits)
    confidence = f"{reading.confidence:.4f}" if reading.text else ""
    return [name, reading.text, confidence, digits, problem(reading) or ""]


def _sign(digit: Digit) -> str:
    if digit.label is not None:
        return str(digit.label)
    return NO_DIGIT_SIGN if digit.reason == "not a digit" else UNSURE_SIGN

"""The texts that lines are composed of: numbers as people write them, with their signs."""

from collections.abc import Callable

import numpy as np

DIGITS = "0123456789"
SIGNS = ".,:/+-=×÷%()$€"
REJECT = "?"  # stands for one character that is neither digit nor sign
ALPHABET = DIGITS + SIGNS + REJECT  # in the order of the network's classes after blank
MAX_LENGTH = 18  # characters

Random = np.random.Generator


def random_text(random: Random) -> str:
    """Return one text of a random pattern, 1 to MAX_LENGTH characters of DIGITS and SIGNS."""
    weights = np.array([weight for weight, _ in PATTERNS])
    make = PATTERNS[random.choice(len(PATTERNS), p=weights / weights.sum())][1]
    return make(random)[:MAX_LENGTH]


def integer(random: Random) -> str:
    """Return 1 to 10 digits; short numbers and runs of one digit are frequent."""
    count = int(
        random.choice(
            [1, 2, 3, 4, 5, 6, 7, 8, 10], p=[0.1, 0.2, 0.18, 0.16, 0.13, 0.1, 0.06, 0.04, 0.03]
        )
    )
    if random.random() < 0.15:
        return _digits(random, 1) + DIGITS[random.integers(10)] * (count - 1)
    return _digits(random, count)


def decimal(random: Random) -> str:
    """Return a number with a decimal mark."""
    sign = "-" if random.random() < 0.25 else ""
    mark = ".,"[random.integers(2)]
    return (
        sign
        + _digits(random, random.integers(1, 5))
        + mark
        + _digits(random, random.integers(1, 4))
    )


def thousands(random: Random) -> str:
    """Return a number with marks between thousands."""
    mark = ",."[random.integers(2)]
    groups = [_digits(random, 3) for _ in range(random.integers(1, 3))]
    tail = {",": ".", ".": ","}[mark] + _digits(random, 2) if random.random() < 0.5 else ""
    return mark.join([_digits(random, random.integers(1, 4)), *groups]) + tail


def date(random: Random) -> str:
    """Return a date, or another row of short numbers with one sign between them."""
    mark = "/.-"[random.choice(3, p=[0.5, 0.25, 0.25])]
    year = _digits(random, 4 if random.random() < 0.4 else 2)
    return mark.join(
        [_digits(random, random.integers(1, 3)), _digits(random, random.integers(1, 3)), year]
    )


def time(random: Random) -> str:
    """Return a time of day."""
    parts = [_digits(random, random.integers(1, 3)), _digits(random, 2)]
    return ":".join(parts + ([_digits(random, 2)] if random.random() < 0.2 else []))


def phone(random: Random) -> str:
    """Return groups of digits with dashes, perhaps an area code in brackets."""
    groups = [_digits(random, random.integers(2, 6)) for _ in range(random.integers(1, 4))]
    area = f"({_digits(random, 3)})" if random.random() < 0.35 else ""
    return area + "-".join(groups)


def amount(random: Random) -> str:
    """Return an amount of money."""
    number = (integer, decimal, thousands)[random.integers(3)](random).lstrip("-")
    symbol = "$€"[random.integers(2)]
    tail = "-" if random.random() < 0.1 else ""
    return symbol + number + tail if random.random() < 0.65 else number + symbol


def cheque(random: Random) -> str:
    """Return an amount as it stands on a cheque: points between thousands, and a closing mark."""
    number = _digits(random, random.integers(1, 4))
    mark = "." if random.random() < 0.7 else ""
    zeros = random.random() < 0.4
    for _ in range(random.integers(0, 3)):
        number += mark + ("000" if zeros else _digits(random, 3))
    return number + ["", ".", "-", ".-", "=", ".=", ","][random.integers(7)]


def percentage(random: Random) -> str:
    """Return a percentage."""
    return (integer, decimal)[random.integers(2)](random)[:6] + "%"


def fraction(random: Random) -> str:
    """Return a fraction."""
    return _digits(random, random.integers(1, 4)) + "/" + _digits(random, random.integers(1, 4))


def calculation(random: Random) -> str:
    """Return a sum, difference, product or quotient, with or without its result."""
    parts = [_digits(random, random.integers(1, 4)) for _ in range(random.integers(2, 4))]
    if random.random() < 0.2:
        return f"{parts[0]}/{parts[1]}={decimal(random).lstrip('-')[:6]}%"
    text = parts[0] + "".join("+-×÷/"[random.integers(5)] + part for part in parts[1:])
    return text + ("=" + _digits(random, random.integers(1, 5)) if random.random() < 0.7 else "")


def negative(random: Random) -> str:
    """Return a number with a sign before or after it, or in brackets."""
    number = integer(random)[:6]
    kind = random.random()
    if kind < 0.6:
        return "-" + number
    if kind < 0.75:
        return "+" + number
    return f"({number})" if kind < 0.88 else number + "-="[random.integers(2)]


PATTERNS: list[tuple[float, Callable[[Random], str]]] = [
    (0.31, integer),
    (0.1, decimal),
    (0.06, thousands),
    (0.12, date),
    (0.05, time),
    (0.06, phone),
    (0.06, amount),
    (0.08, cheque),
    (0.03, percentage),
    (0.04, fraction),
    (0.08, calculation),
    (0.04, negative),
]


def _digits(random: Random, count: int) -> str:
    return "".join(DIGITS[i] for i in random.integers(0, 10, count))

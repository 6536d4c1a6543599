"""The text of a reading -> the value that it stands for, where only one is possible.

A reading is never changed. A text with several meanings has no value, and the note says why.
"1,234" may be a whole number or a decimal; "03/04/2024" is read day first or month first.
"""

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

MAX_CHARACTERS = 100  # of a text: no number is longer, and nested brackets stay shallow
DECIMAL_OR_THOUSANDS = "a decimal mark or a mark between thousands"
CODE_OR_NUMBER = "starts with 0: a number or a code"
DAY_OR_MONTH = "day first or month first"
FRACTION_OR_DATE = "a fraction or a date"
NO_CENTURY = "a year without its century"

NUMBER = r"[0-9]+(?:[.,][0-9]+)*|[.,][0-9]+"
AMOUNT = re.compile(rf"(-?)(?:[$€]({NUMBER})|({NUMBER})[$€])")
PERCENTAGE = re.compile(rf"([+-]?)({NUMBER})%")
SIGNED = re.compile(rf"([+-]?)({NUMBER})")
DATE = re.compile(r"([0-9]{1,4})([/.-])([0-9]{1,2})\2([0-9]{1,4})")
TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
PAIR = re.compile(r"[0-9]{1,2}/[0-9]{1,2}")
TOKEN = re.compile(rf"({NUMBER})|([-+×÷/%()])")


class Comparison(NamedTuple):
    """A calculation with the result that stands beside it, as "5+7=12"."""

    left: Fraction  # what the left side comes to
    right: Fraction  # what the right side comes to

    @property
    def holds(self) -> bool:
        """Whether both sides are equal, exactly."""
        return self.left == self.right


Value = int | Decimal | date | time | Comparison


class Meaning(NamedTuple):
    """What a text stands for."""

    value: Value | None = None
    note: str | None = None  # why a text with several meanings has no value


class AmbiguousError(ValueError):
    """A text has several meanings; the message names them."""


def meaning(text: str) -> Meaning:
    """Return the value of a text, or why it has none.

    A percentage is a share: "50%" is Decimal("0.50"). Amounts lose their currency. A text that is
    neither a number, a date, a time nor a calculation has neither value nor note.
    """
    text = re.sub(r"[ \t]", "", text).replace("−", "-")
    if not text or len(text) > MAX_CHARACTERS:
        return Meaning()
    for pattern, parse in PARSERS:
        if match := pattern.fullmatch(text):
            try:
                return Meaning(parse(match))
            except AmbiguousError as error:
                return Meaning(note=str(error))
            except (ValueError, ZeroDivisionError):  # no such day, no such time, 1 / 0
                return Meaning()
    return Meaning()


def number(text: str, money: bool = False) -> int | Decimal:
    """Return the value of digits with marks among them. Raises AmbiguousError or ValueError.

    money: dollars and euros have two decimals, so three digits after a mark are thousands.
    """
    marks = [character for character in text if character in ".,"]
    whole, *groups = re.split("[.,]", text)
    if not marks:
        if len(text) > 1 and text[0] == "0":
            raise AmbiguousError(CODE_OR_NUMBER)
        return int(text)
    if len(marks) == 1:
        if _is_grouped(whole, groups):
            if not money:
                raise AmbiguousError(DECIMAL_OR_THOUSANDS)
            return int(whole + groups[0])
        return Decimal(f"{whole}.{groups[0]}")
    if len(set(marks)) == 1 and _is_grouped(whole, groups):
        return int(whole + "".join(groups))
    if len(set(marks[:-1])) == 1 and marks[-1] != marks[0] and _is_grouped(whole, groups[:-1]):
        return Decimal(f"{whole}{''.join(groups[:-1])}.{groups[-1]}")
    raise ValueError(f"{text} has marks where no number has them")


def _is_grouped(whole: str, groups: list[str]) -> bool:
    """Return whether marks stand where they part thousands."""
    leads = 1 <= len(whole) <= 3 and whole[0] != "0"
    return leads and all(len(group) == 3 for group in groups)


def _signed(match: re.Match[str]) -> int | Decimal:
    value = number(match[2])
    return -value if match[1] == "-" else value


def _amount(match: re.Match[str]) -> int | Decimal:
    value = number(match[2] or match[3], money=True)
    return -value if match[1] else value


def _percentage(match: re.Match[str]) -> Decimal:
    return Decimal(_signed(match)).scaleb(-2)


def _time(match: re.Match[str]) -> time:
    return time(int(match[1]), int(match[2]), int(match[3] or 0))


def _pair(match: re.Match[str]) -> None:
    raise AmbiguousError(FRACTION_OR_DATE)


def _date(match: re.Match[str]) -> date:
    """Return the only date that the parts can be. Raises AmbiguousError or ValueError.

    Dots put the day first. With slashes and dashes both orders are in use.
    """
    first, mark, second, last = match[1], match[2], int(match[3]), match[4]
    if len(first) == 4 and len(last) <= 2:
        return date(int(first), second, int(last))
    if len(first) > 2 or len(last) not in (2, 4):
        raise ValueError("no date")
    if len(last) == 2:
        raise AmbiguousError(NO_CENTURY)
    orders = [(second, int(first)), (int(first), second)][: 1 if mark == "." else 2]
    dates = {found for month, day in orders if (found := _day(int(last), month, day))}
    if not dates:
        raise ValueError("no date")
    if len(dates) > 1:
        raise AmbiguousError(DAY_OR_MONTH)
    return dates.pop()


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _comparison(match: re.Match[str]) -> Comparison:
    left, right = (_calculated(side) for side in match[0].split("="))
    return Comparison(left, right)


def _calculated(text: str) -> Fraction:
    """Return what a calculation comes to; products go before sums. Raises ValueError."""
    tokens = [match[0] for match in TOKEN.finditer(text)]
    if "".join(tokens) != text:
        raise ValueError(f"{text} is no calculation")
    value = _sum(tokens)
    if tokens:
        raise ValueError(f"{text} has {tokens[0]} where it cannot stand")
    return value


def _sum(tokens: list[str]) -> Fraction:
    """Take a sum or difference from the front of the tokens."""
    value = _product(tokens)
    while tokens and tokens[0] in "+-":
        value += _product(tokens) if tokens.pop(0) == "+" else -_product(tokens)
    return value


def _product(tokens: list[str]) -> Fraction:
    """Take a product or quotient from the front of the tokens."""
    value = _factor(tokens)
    while tokens and tokens[0] in "×÷/":
        value = value * _factor(tokens) if tokens.pop(0) == "×" else value / _factor(tokens)
    return value


def _factor(tokens: list[str]) -> Fraction:
    """Take a number or a bracket, with its signs, from the front of the tokens."""
    token = tokens.pop(0) if tokens else ""
    if token and token in "+-":
        return _factor(tokens) if token == "+" else -_factor(tokens)
    if token == "(":
        value = _sum(tokens)
        if not tokens or tokens.pop(0) != ")":
            raise ValueError("a bracket is not closed")
    else:
        value = Fraction(number(token))
    while tokens and tokens[0] == "%":
        tokens.pop(0)
        value /= 100
    return value


# In order: a text is what the first pattern that it fits says.
PARSERS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Value | None]]] = [
    (DATE, _date),  # before numbers: 12.05.2024
    (SIGNED, _signed),
    (AMOUNT, _amount),
    (PERCENTAGE, _percentage),
    (TIME, _time),
    (PAIR, _pair),
    (re.compile("[^=\n]+=[^=\n]+"), _comparison),
]
